import { createLoss, type LossName, type LossRows } from "../../../../src/engine/trees/losses/index.ts";
import { uniformStream } from "../../../../src/engine/trees/random.ts";

/** A loss with random rows that suit it: some left out, some of equal score, queries of 1 to 9 rows. */
export interface LossCase {
  readonly sample: LossRows;
  readonly scores: Float64Array[];
}

export const ALL: readonly LossName[] = [
  { loss: "logistic" },
  { loss: "logistic", positiveWeight: 3.5 },
  { loss: "xentropy" },
  { loss: "softmax", classes: 4 },
  { loss: "squared" },
  { loss: "absolute" },
  { loss: "huber", delta: 0.8 },
  { loss: "huber", delta: null },
  { loss: "quantile", alpha: 0.3 },
  { loss: "quantiles", alphas: [0.1, 0.5, 0.9] },
  { loss: "poisson" },
  { loss: "gamma" },
  { loss: "tweedie", power: 1.3 },
  { loss: "lambdarank", norm: false, truncation: 3 },
];

export function lossCase(name: LossName, seed: number, rows = 60): LossCase {
  const uniform = uniformStream(seed, 31);
  const target = Float64Array.from({ length: rows }, () => targetOf(name, uniform));
  const weight = uniform() < 0.5 ? null : Float64Array.from({ length: rows }, () => 0.1 + 3 * uniform());
  const kept = Int32Array.from({ length: rows }, (_, row) => row).filter(() => uniform() < 0.8);
  let query = 0;
  const queries = Int32Array.from({ length: rows }, () => (uniform() < 0.2 ? ++query : query));
  const sample = { target, weight, rows: kept, count: kept.length, query: queries };
  const scores = Array.from({ length: createLoss(name, sample).outputs }, () =>
    Float64Array.from({ length: rows }, () => 2 * uniform() - 1),
  );
  return { sample, scores };
}

function targetOf({ loss, ...parameters }: LossName, uniform: () => number): number {
  if (loss === "logistic") return uniform() < 0.4 ? 1 : 0;
  if (loss === "xentropy") return Math.min(1, 1.2 * uniform());
  if (loss === "softmax") return Math.floor(uniform() * ("classes" in parameters ? parameters.classes : 2));
  if (loss === "lambdarank") return Math.floor(uniform() * 4);
  if (loss === "poisson") return Math.floor(uniform() * 5);
  if (loss === "tweedie") return uniform() < 0.5 ? 0 : 3 * uniform();
  if (loss === "gamma") return 0.05 + 3 * uniform();
  return 4 * uniform() - 2;
}

/** Sum of the weights of the sample's rows, positives as the loss weighs them. */
export function totalWeight(name: LossName, { target, weight, rows }: LossRows): number {
  const factor = name.loss === "logistic" ? (name.positiveWeight ?? 1) : 1;
  return rows.reduce((sum, row) => sum + (weight === null ? 1 : weight[row]!) * (target[row] === 1 ? factor : 1), 0);
}

export function gradientsOf(name: LossName, { sample, scores }: LossCase): { gradients: Float64Array[]; hessians: Float64Array[] } {
  const gradients = scores.map((score) => new Float64Array(score.length));
  const hessians = scores.map((score) => new Float64Array(score.length));
  createLoss(name, sample).gradients(scores, sample, gradients, hessians);
  return { gradients, hessians };
}
