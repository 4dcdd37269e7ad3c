import { multiplySparse, multiplySparseTransposed, type SparseRows } from "./rows.ts";

export interface SparseRidgeOptions {
  /** Penalty on the sum of squared weights, against the sum of squared errors. scikit-learn's alpha. */
  readonly l2: number;
  /** Ends when the residual of the normal equations is this part of its first size. Smaller ones move no score of a judged row that counts. */
  readonly tolerance?: number;
  readonly mostSteps?: number;
}

export interface SparseLinear {
  readonly intercept: number;
  readonly weights: Float64Array;
}

/**
 * Ridge regression of `target` on the rows of a sparse matrix, each counted `times` (0 = left out), with an intercept that is not penalised: conjugate
 * gradients on the normal equations of the centred columns, which are never written down. The same input gives the same bits.
 */
export function fitSparseRidge(matrix: SparseRows, target: Float64Array, times: Float64Array, options: SparseRidgeOptions): SparseLinear {
  const { l2, tolerance = 1e-3, mostSteps = 100 } = options;
  const total = sumOf(times);
  const size = matrix.columns;
  const weights = new Float64Array(size);
  if (total === 0) return { intercept: 0, weights };
  const centre = dot(times, target) / total;
  const means = new Float64Array(size);
  multiplySparseTransposed(matrix, times, means);
  for (let j = 0; j < size; j++) means[j]! /= total;
  const residual = new Float64Array(size);
  multiplySparseTransposed(
    matrix,
    target.map((value, row) => times[row]! * (value - centre)),
    residual,
  );
  const atRows = new Float64Array(matrix.rows);
  const curvature = new Float64Array(size);
  const curve = (direction: Float64Array) => {
    multiplySparse(matrix, direction, atRows);
    const mean = dot(means, direction);
    for (let row = 0; row < matrix.rows; row++) atRows[row] = times[row]! * (atRows[row]! - mean);
    multiplySparseTransposed(matrix, atRows, curvature);
    for (let j = 0; j < size; j++) curvature[j]! += l2 * direction[j]!;
  };
  const direction = residual.slice();
  let squared = dot(residual, residual);
  const enough = squared * tolerance ** 2;
  for (let step = 0; step < mostSteps && squared > enough; step++) {
    curve(direction);
    const length = squared / dot(direction, curvature);
    for (let j = 0; j < size; j++) {
      weights[j]! += length * direction[j]!;
      residual[j]! -= length * curvature[j]!;
    }
    const next = dot(residual, residual);
    const share = next / squared;
    for (let j = 0; j < size; j++) direction[j] = residual[j]! + share * direction[j]!;
    squared = next;
  }
  return { intercept: centre - dot(means, weights), weights };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
