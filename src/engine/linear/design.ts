import type { Matrix } from "../../core/matrix.ts";

/**
 * The columns of a matrix seen as standardised, x' = (x - mean) / scale with weighted mean and standard deviation, without copying them.
 * Solvers converge fast on x'; penalties stay on the raw coefficients w = u / scale. Rows of weight 0 count for nothing.
 */
export interface Design {
  readonly rows: number;
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  readonly mean: Float64Array;
  /** 1 for a constant column, whose coefficient stays 0. */
  readonly scale: Float64Array;
  readonly isConstant: Uint8Array;
  readonly weight: Float64Array;
  readonly totalWeight: number;
}

export interface LinearTraining {
  readonly matrix: Matrix;
  /** Class index or value; no NaN. */
  readonly target: Float64Array;
  /** Not negative; null = all 1. */
  readonly weight: Float64Array | null;
}

/** @throws RangeError for a categorical feature, a number that is not finite, lengths that differ, or no weight at all. */
export function createDesign({ matrix, target, weight }: LinearTraining): Design {
  const { rows } = matrix;
  if (target.length !== rows) throw new RangeError(`target has ${target.length} rows, the matrix ${rows}`);
  if (weight !== null && weight.length !== rows) throw new RangeError(`weight has ${weight.length} rows, the matrix ${rows}`);
  requireFinite("target", target);
  const weights = weight ?? new Float64Array(rows).fill(1);
  requireFinite("weight", weights);
  if (weights.some((w) => w < 0)) throw new RangeError("a weight is negative");
  const totalWeight = weights.reduce((sum, w) => sum + w, 0);
  if (!(totalWeight > 0)) throw new RangeError("no row to learn from");
  const columns = numericColumns(matrix);
  const spreads = columns.map((column) => spreadOf(column, weights, totalWeight));
  return {
    rows,
    names: matrix.features.map((feature) => feature.name),
    columns,
    mean: Float64Array.from(spreads, (spread) => spread.mean),
    scale: Float64Array.from(spreads, (spread) => spread.scale || 1),
    isConstant: Uint8Array.from(spreads, (spread) => (spread.scale === 0 ? 1 : 0)),
    weight: weights,
    totalWeight,
  };
}

/** @throws RangeError for a categorical feature or a number that is not finite. */
export function numericColumns(matrix: Matrix): Float64Array[] {
  return matrix.features.map((feature) => {
    if (feature.kind !== "numeric") throw new RangeError(`feature "${feature.name}" is categorical; a linear model needs numbers`);
    if (feature.values.length !== matrix.rows)
      throw new RangeError(`feature "${feature.name}" has ${feature.values.length} rows, the matrix ${matrix.rows}`);
    requireFinite(`feature "${feature.name}"`, feature.values);
    return feature.values;
  });
}

function requireFinite(what: string, values: Float64Array): void {
  for (let row = 0; row < values.length; row++) {
    if (!Number.isFinite(values[row]!))
      throw new RangeError(`${what} has ${values[row]} in row ${row}; a linear model needs finite numbers`);
  }
}

/** Two passes. A spread within rounding of the mean is no spread. */
function spreadOf(column: Float64Array, weight: Float64Array, total: number): { mean: number; scale: number } {
  let sum = 0;
  let largest = 0;
  for (let row = 0; row < column.length; row++) {
    const value = column[row]!;
    if (weight[row] === 0) continue;
    sum += weight[row]! * value;
    if (Math.abs(value) > largest) largest = Math.abs(value);
  }
  const mean = sum / total;
  let squares = 0;
  for (let row = 0; row < column.length; row++) squares += weight[row]! * (column[row]! - mean) ** 2;
  const scale = Math.sqrt(squares / total);
  return { mean, scale: scale > 1e-13 * largest ? scale : 0 };
}

/** out = intercept + X' u. */
export function multiply(design: Design, u: Float64Array, intercept: number, out: Float64Array): void {
  const { columns, mean, scale } = design;
  let shift = intercept;
  for (let j = 0; j < columns.length; j++) shift -= (u[j]! * mean[j]!) / scale[j]!;
  out.fill(shift);
  const factor = (j: number) => u[j]! / scale[j]!;
  let j = 0;
  for (; j + 4 <= columns.length; j += 4) addFour(out, columns, j, factor(j), factor(j + 1), factor(j + 2), factor(j + 3));
  for (; j < columns.length; j++) addScaled(out, columns[j]!, factor(j));
}

/** out = X'^T r for the columns; returns the sum of r. */
export function multiplyTransposed(design: Design, r: Float64Array, out: Float64Array): number {
  const { columns, mean, scale, isConstant } = design;
  let total = 0;
  for (let row = 0; row < r.length; row++) total += r[row]!;
  let j = 0;
  for (; j + 4 <= columns.length; j += 4) dotFour(columns, j, r, out);
  for (; j < columns.length; j++) out[j] = dot(columns[j]!, r);
  for (j = 0; j < columns.length; j++) out[j] = isConstant[j] === 1 ? 0 : (out[j]! - mean[j]! * total) / scale[j]!;
  return total;
}

/** Four columns in one pass: `out` is read and written once instead of four times. */
function addFour(out: Float64Array, columns: readonly Float64Array[], j: number, fa: number, fb: number, fc: number, fd: number): void {
  const a = columns[j]!;
  const b = columns[j + 1]!;
  const c = columns[j + 2]!;
  const d = columns[j + 3]!;
  for (let i = 0; i < out.length; i++) out[i] = out[i]! + fa * a[i]! + fb * b[i]! + fc * c[i]! + fd * d[i]!;
}

/** Four sums in one pass: they do not wait for one another. */
function dotFour(columns: readonly Float64Array[], j: number, r: Float64Array, out: Float64Array): void {
  const a = columns[j]!;
  const b = columns[j + 1]!;
  const c = columns[j + 2]!;
  const d = columns[j + 3]!;
  let sa = 0;
  let sb = 0;
  let sc = 0;
  let sd = 0;
  for (let i = 0; i < r.length; i++) {
    const value = r[i]!;
    sa += a[i]! * value;
    sb += b[i]! * value;
    sc += c[i]! * value;
    sd += d[i]! * value;
  }
  out[j] = sa;
  out[j + 1] = sb;
  out[j + 2] = sc;
  out[j + 3] = sd;
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** to += factor * from. */
export function addScaled(to: Float64Array, from: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i] = to[i]! + factor * from[i]!;
}
