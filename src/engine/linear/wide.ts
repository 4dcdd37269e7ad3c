import { addScaled, createDesign, dot, type LinearTraining } from "./design.ts";
import type { LinearModel } from "./model.ts";

/**
 * The same problem in as many numbers as there are rows, at most. With a penalty on the squared coefficients w = A^T a holds at the minimum (A: the centred
 * rows), so only the scores A w count: with A A^T = L L^T they are L v, and |w| = |v| (Hastie & Tibshirani 2004, Efficient quadratic regularization for
 * expression arrays). L is of the rank of A.
 */
export interface Narrowed {
  readonly training: LinearTraining;
  /** A model of the narrow training as one of the wide. */
  widen(model: LinearModel): LinearModel;
  /** The other way round; what of it the rows do not see is lost. */
  narrow(model: LinearModel): LinearModel;
}

/** Made once for a matrix and its weights: one training meets many penalties. */
const known = new WeakMap<LinearTraining["matrix"], { readonly weight: LinearTraining["weight"]; readonly narrowed: Narrowed }>();

/** Products of rows with rows, and their factor, cost the square and the cube of the rows; a step on the wide problem costs rows x features. */
const MOST_ROWS = 256;
const LEAST_RATIO = 4;

/** null when the table is not much wider than long. @throws as createDesign. */
export function narrowed(training: LinearTraining): Narrowed | null {
  const { matrix, weight } = training;
  if (matrix.rows > MOST_ROWS || matrix.features.length < LEAST_RATIO * matrix.rows) return null;
  const found = known.get(matrix);
  const made = found !== undefined && found.weight === weight ? found.narrowed : narrow(training);
  known.set(matrix, { weight, narrowed: made });
  return { ...made, training: { ...made.training, target: training.target } };
}

function narrow(training: LinearTraining): Narrowed {
  const { columns, mean, isConstant, names, rows } = createDesign(training);
  const used = Array.from(columns.keys()).filter((j) => isConstant[j] === 0);
  const centred = used.map((j) => columns[j]!.map((value) => value - mean[j]!));
  const { factor, pivots } = pivotedCholesky(gramOf(centred, rows), rows);
  const features = factor.map((values, i) => ({ name: `v${i}`, kind: "numeric" as const, values }));
  const narrowNames = features.map(({ name }) => name);
  const each = (model: LinearModel, width: number, one: (from: Float64Array, to: Float64Array) => number): LinearModel => {
    const from = model.coefficients.length / model.outputs;
    const coefficients = new Float64Array(model.outputs * width);
    const intercepts = model.intercepts.map(
      (intercept, k) =>
        intercept + one(model.coefficients.subarray(k * from, (k + 1) * from), coefficients.subarray(k * width, (k + 1) * width)),
    );
    return { ...model, features: width === names.length ? names : narrowNames, coefficients, intercepts };
  };
  return {
    training: { ...training, matrix: { rows, features } },
    widen: (model) =>
      each(model, names.length, (v, w) => {
        const a = new Float64Array(rows);
        for (const [i, value] of solveUpper(factor, pivots, v).entries()) a[pivots[i]!] = value;
        for (const [place, j] of used.entries()) w[j] = dot(centred[place]!, a);
        return -used.reduce((sum, j) => sum + w[j]! * mean[j]!, 0);
      }),
    narrow: (model) =>
      each(model, pivots.length, (w, v) => {
        const score = new Float64Array(rows);
        for (const [place, j] of used.entries()) addScaled(score, centred[place]!, w[j]!);
        v.set(solveLower(factor, pivots, score));
        return used.reduce((sum, j) => sum + w[j]! * mean[j]!, 0);
      }),
  };
}

/** A A^T, row-major, of columns of A; four of them in one pass over the products. */
function gramOf(columns: readonly Float64Array[], rows: number): Float64Array {
  const gram = new Float64Array(rows * rows);
  const none = new Float64Array(rows);
  for (let j = 0; j < columns.length; j += 4) {
    const [a, b, c, d] = [columns[j]!, columns[j + 1] ?? none, columns[j + 2] ?? none, columns[j + 3] ?? none];
    for (let row = 0; row < rows; row++) {
      const [fa, fb, fc, fd] = [a[row]!, b[row]!, c[row]!, d[row]!];
      const line = row * rows;
      for (let i = 0; i <= row; i++) gram[line + i] = gram[line + i]! + fa * a[i]! + fb * b[i]! + fc * c[i]! + fd * d[i]!;
    }
  }
  for (let row = 0; row < rows; row++) for (let other = 0; other < row; other++) gram[other * rows + row] = gram[row * rows + other]!;
  return gram;
}

/** What is left of a diagonal entry, as a share of the largest, when the rest is rounding. */
const RANK_TOLERANCE = 1e-12;

/** Columns of L with G = L L^T, the largest pivot first (Higham 2002, Accuracy and Stability, 10.3); L is lower triangular in the order of the pivots. */
function pivotedCholesky(gram: Float64Array, n: number): { readonly factor: Float64Array[]; readonly pivots: number[] } {
  const left = Float64Array.from({ length: n }, (_, i) => gram[i * n + i]!);
  const least = RANK_TOLERANCE * left.reduce((most, value) => Math.max(most, value), 0);
  const factor: Float64Array[] = [];
  const pivots: number[] = [];
  for (;;) {
    let pivot = 0;
    for (let i = 1; i < n; i++) if (left[i]! > left[pivot]!) pivot = i;
    if (!(left[pivot]! > least)) return { factor, pivots };
    const root = Math.sqrt(left[pivot]!);
    const column = gram.slice(pivot * n, pivot * n + n);
    for (const before of factor) addScaled(column, before, -before[pivot]!);
    for (const done of pivots) column[done] = 0;
    for (let i = 0; i < n; i++) {
      column[i] = column[i]! / root;
      left[i] = left[i]! - column[i]! ** 2;
    }
    column[pivot] = root;
    left[pivot] = Number.NEGATIVE_INFINITY;
    factor.push(column);
    pivots.push(pivot);
  }
}

/** x of L^T x = b on the pivots. */
function solveUpper(factor: readonly Float64Array[], pivots: readonly number[], b: Float64Array): Float64Array {
  const x = b.slice();
  for (let i = pivots.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < pivots.length; k++) x[i] = x[i]! - factor[i]![pivots[k]!]! * x[k]!;
    x[i] = x[i]! / factor[i]![pivots[i]!]!;
  }
  return x;
}

/** v of L v = s on the pivots. */
function solveLower(factor: readonly Float64Array[], pivots: readonly number[], s: Float64Array): Float64Array {
  const v = new Float64Array(pivots.length);
  for (let i = 0; i < pivots.length; i++) {
    let sum = s[pivots[i]!]!;
    for (let k = 0; k < i; k++) sum -= factor[k]![pivots[i]!]! * v[k]!;
    v[i] = sum / factor[i]![pivots[i]!]!;
  }
  return v;
}
