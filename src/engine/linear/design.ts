import type { Matrix } from "../../core/matrix.ts";

/**
 * The columns of a matrix seen as standardised, x' = (x - mean) / scale with weighted mean and standard deviation, without copying them.
 * Solvers converge fast on x'; penalties stay on the raw coefficients w = u / scale. Rows of weight 0 count for nothing.
 */
export interface Design {
  readonly rows: number;
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  /** Places of the columns that are read whole; of the others, such as a level of a category, only what is not 0. */
  readonly dense: Int32Array;
  readonly sparse: readonly SparseColumn[];
  readonly mean: Float64Array;
  /** 1 for a constant column, whose coefficient stays 0. */
  readonly scale: Float64Array;
  readonly isConstant: Uint8Array;
  readonly weight: Float64Array;
  readonly totalWeight: number;
}

interface SparseColumn {
  readonly column: number;
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

/** A column with a smaller share of numbers other than 0 is read faster through their places. */
const SPARSE_SHARE = 0.125;

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
    ...sparsity(columns),
    mean: Float64Array.from(spreads, (spread) => spread.mean),
    scale: Float64Array.from(spreads, (spread) => spread.scale || 1),
    isConstant: Uint8Array.from(spreads, (spread) => (spread.scale === 0 ? 1 : 0)),
    weight: weights,
    totalWeight,
  };
}

function sparsity(columns: readonly Float64Array[]): Pick<Design, "dense" | "sparse"> {
  const dense: number[] = [];
  const sparse: SparseColumn[] = [];
  for (const [column, values] of columns.entries()) {
    let filled = 0;
    for (let row = 0; row < values.length; row++) if (values[row] !== 0) filled++;
    if (filled >= SPARSE_SHARE * values.length) {
      dense.push(column);
      continue;
    }
    const rows = new Int32Array(filled);
    for (let row = 0, at = 0; row < values.length; row++) if (values[row] !== 0) rows[at++] = row;
    sparse.push({ column, rows, values: Float64Array.from(rows, (row) => values[row]!) });
  }
  return { dense: Int32Array.from(dense), sparse };
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
  const { columns, dense, sparse, mean, scale } = design;
  let shift = intercept;
  for (let j = 0; j < columns.length; j++) shift -= (u[j]! * mean[j]!) / scale[j]!;
  out.fill(shift);
  const factor = (j: number) => u[j]! / scale[j]!;
  let at = 0;
  for (; at + 4 <= dense.length; at += 4) {
    const [a, b, c, d] = fourFrom(dense, at);
    addFour(out, columns, [a, b, c, d], factor(a), factor(b), factor(c), factor(d));
  }
  for (; at < dense.length; at++) addScaled(out, columns[dense[at]!]!, factor(dense[at]!));
  for (const one of sparse) addSparse(out, one, factor(one.column));
}

/** out = X'^T r for the columns; returns the sum of r. */
export function multiplyTransposed(design: Design, r: Float64Array, out: Float64Array): number {
  const { columns, dense, sparse, mean, scale, isConstant } = design;
  let total = 0;
  for (let row = 0; row < r.length; row++) total += r[row]!;
  let at = 0;
  for (; at + 4 <= dense.length; at += 4) dotFour(columns, fourFrom(dense, at), r, out);
  for (; at < dense.length; at++) out[dense[at]!] = dot(columns[dense[at]!]!, r);
  for (const one of sparse) out[one.column] = dotSparse(one, r);
  for (let j = 0; j < columns.length; j++) out[j] = isConstant[j] === 1 ? 0 : (out[j]! - mean[j]! * total) / scale[j]!;
  return total;
}

/** X'^T diag(weight) X' of the columns, row-major; one more row and column for an intercept where `intercept` is true. */
export function gram(design: Design, weight: Float64Array, intercept: boolean): Float64Array {
  const { columns, mean, scale, rows } = design;
  const n = columns.length;
  const order = intercept ? n + 1 : n;
  const out = new Float64Array(order * order);
  const weighted = new Float64Array(rows);
  const products = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    const [column, centre, spread] = [columns[j]!, mean[j]!, scale[j]!];
    for (let row = 0; row < rows; row++) weighted[row] = (weight[row]! * (column[row]! - centre)) / spread;
    const total = multiplyTransposed(design, weighted, products);
    out.set(products, j * order);
    if (intercept) out[n * order + j] = out[j * order + n] = total;
  }
  if (intercept) out[n * order + n] = weight.reduce((sum, w) => sum + w, 0);
  return out;
}

type Four = readonly [number, number, number, number];

function fourFrom(places: Int32Array, at: number): Four {
  return [places[at]!, places[at + 1]!, places[at + 2]!, places[at + 3]!];
}

/** Four columns in one pass: `out` is read and written once instead of four times. */
function addFour(out: Float64Array, columns: readonly Float64Array[], at: Four, fa: number, fb: number, fc: number, fd: number): void {
  const a = columns[at[0]]!;
  const b = columns[at[1]]!;
  const c = columns[at[2]]!;
  const d = columns[at[3]]!;
  for (let i = 0; i < out.length; i++) out[i] = out[i]! + fa * a[i]! + fb * b[i]! + fc * c[i]! + fd * d[i]!;
}

/** Four sums in one pass: they do not wait for one another. */
function dotFour(columns: readonly Float64Array[], at: Four, r: Float64Array, out: Float64Array): void {
  const a = columns[at[0]]!;
  const b = columns[at[1]]!;
  const c = columns[at[2]]!;
  const d = columns[at[3]]!;
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
  out[at[0]] = sa;
  out[at[1]] = sb;
  out[at[2]] = sc;
  out[at[3]] = sd;
}

function addSparse(out: Float64Array, { rows, values }: SparseColumn, factor: number): void {
  for (let i = 0; i < rows.length; i++) out[rows[i]!]! += factor * values[i]!;
}

function dotSparse({ rows, values }: SparseColumn, r: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += values[i]! * r[rows[i]!]!;
  return sum;
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
