import type { Feature, Matrix } from "../../../src/core/matrix.ts";
import type { LossName } from "../../../src/engine/trees/index.ts";
import { uniformStream } from "../../../src/engine/trees/random.ts";
import type { WholeTraining } from "../../../src/engine/trees/training.ts";

export interface DataShape {
  readonly rows: number;
  readonly numeric: number;
  /** Levels of each categorical feature. */
  readonly levels: readonly number[];
  /** Share of missing values and codes. */
  readonly missing: number;
}

/** Random features and a score that depends on the first three numeric ones and the first category. */
export function randomData(seed: number, shape: DataShape): { matrix: Matrix; score: Float64Array } {
  const uniform = uniformStream(seed, 77);
  const { rows, missing } = shape;
  const score = Float64Array.from({ length: rows }, () => uniform() - 0.5);
  const numeric: Feature[] = Array.from({ length: shape.numeric }, (_, j) => {
    const values = Float64Array.from({ length: rows }, () => uniform() * 4 - 2);
    if (j < 3) for (let i = 0; i < rows; i++) score[i]! += j === 0 ? values[i]! : Math.sin((j + 1) * values[i]!);
    return { name: `x${j}`, kind: "numeric", values: values.map((v) => (uniform() < missing ? Number.NaN : v)) };
  });
  const categorical: Feature[] = shape.levels.map((levels, j) => {
    const effect = Array.from({ length: levels }, () => uniform() * 2 - 1);
    const codes = Int32Array.from({ length: rows }, () => Math.floor(uniform() * levels));
    if (j === 0) for (let i = 0; i < rows; i++) score[i]! += effect[codes[i]!]!;
    return { name: `c${j}`, kind: "categorical", levels, codes: codes.map((code) => (uniform() < missing ? -1 : code)) };
  });
  return { matrix: { rows, features: [...numeric, ...categorical] }, score };
}

/** The score as a target that suits the loss. */
export function targetFor(loss: LossName, score: Float64Array): Float64Array {
  if (loss.loss === "logistic") return score.map((s) => (s > 0 ? 1 : 0));
  if (loss.loss === "xentropy") return score.map((s) => 1 / (1 + Math.exp(-s)));
  if (loss.loss === "softmax") return score.map((s) => Math.min(loss.classes - 1, Math.max(0, Math.floor(s + loss.classes / 2))));
  if (loss.loss === "poisson" || loss.loss === "tweedie") return score.map((s) => Math.floor(Math.exp(s / 2) + 0.5));
  if (loss.loss === "gamma") return score.map((s) => Math.exp(s / 2));
  if (loss.loss === "lambdarank") return score.map((s) => Math.min(3, Math.max(0, Math.floor(s + 2))));
  return score;
}

export function trainingOf(
  matrix: Matrix,
  score: Float64Array,
  loss: LossName,
  weight: Float64Array | null = null,
): WholeTraining & { readonly matrix: Matrix } {
  // Queries of ten rows.
  const query = Int32Array.from(score, (_, row) => Math.floor(row / 10));
  return { matrix, target: targetFor(loss, score), weight, validation: null, rows: null, loss, query };
}

export function takeRows(matrix: Matrix, rows: ArrayLike<number>): Matrix {
  const features = matrix.features.map(
    (feature): Feature =>
      feature.kind === "numeric"
        ? { ...feature, values: Float64Array.from(rows, (row) => feature.values[row]!) }
        : { ...feature, codes: Int32Array.from(rows, (row) => feature.codes[row]!) },
  );
  return { rows: rows.length, features };
}

export const LOSSES: readonly LossName[] = [
  { loss: "logistic" },
  { loss: "softmax", classes: 3 },
  { loss: "squared" },
  { loss: "absolute" },
  { loss: "huber", delta: null },
  { loss: "quantile", alpha: 0.8 },
  { loss: "quantiles", alphas: [0.2, 0.5, 0.8] },
  { loss: "poisson" },
  { loss: "gamma" },
  { loss: "tweedie", power: 1.5 },
  { loss: "lambdarank" },
];
