import type { Training } from "../../core/estimator.ts";
import type { Feature, Matrix } from "../../core/matrix.ts";

/** The given rows of a matrix, in that order. */
export function takeMatrix(matrix: Matrix, rows: Int32Array): Matrix {
  const take = (feature: Feature): Feature =>
    feature.kind === "numeric"
      ? { ...feature, values: Float64Array.from(rows, (row) => feature.values[row] ?? Number.NaN) }
      : { ...feature, codes: Int32Array.from(rows, (row) => feature.codes[row] ?? -1) };
  return { rows: rows.length, features: matrix.features.map(take) };
}

/** The given rows of a training, none held back. */
export function takeTraining({ task, matrix, target, weight }: Training, rows: Int32Array): Training {
  return {
    task,
    matrix: takeMatrix(matrix, rows),
    target: Float64Array.from(rows, (row) => target[row] ?? Number.NaN),
    weight: weight === null ? null : Float64Array.from(rows, (row) => weight[row] ?? 0),
    validation: null,
  };
}
