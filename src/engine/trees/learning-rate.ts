import type { LossName } from "./losses/contract.ts";

/** rate = exp(size ln(rows) + start) (rounds / 1000)^rounds */
interface Coefficients {
  readonly size: number;
  readonly start: number;
  readonly rounds: number;
}

/**
 * CatBoost's fits for the CPU (catboost/libs/train_lib/options_helper.cpp). First with rounds chosen on validation rows, then without; each
 * from the best constant, then from 0. For several classes CatBoost has fits from 0 only.
 */
const FITS: Partial<Record<LossName["loss"], readonly [Coefficients, Coefficients, Coefficients, Coefficients]>> = {
  logistic: [line(0.246, -5.127, -0.451), line(0.247, -5.158, -0.435), line(0.408, -7.299, -0.928), line(0.427, -7.525, -0.917)],
  softmax: [line(0.02, -2.364, -0.382), line(0.02, -2.364, -0.382), line(0.051, -2.889, -0.845), line(0.051, -2.889, -0.845)],
  squared: [line(0.157, -4.062, -0.61), line(0.189, -4.383, -0.623), line(0.158, -4.287, -0.813), line(0.178, -4.473, -0.76)],
};

const HIGHEST = 0.5;
/** For losses that CatBoost has no fit for: the default. */
const OTHERWISE = 0.1;

function line(size: number, start: number, rounds: number): Coefficients {
  return { size, start, rounds };
}

export interface LearningRateCase {
  readonly loss: LossName["loss"];
  /** Rows that are learned from. */
  readonly rows: number;
  /** Rounds at most. */
  readonly rounds: number;
  /** Whether the number of rounds is chosen on validation rows. */
  readonly stopsEarly: boolean;
  /** Whether boosting starts from the best constant. */
  readonly fromAverage: boolean;
}

/**
 * Learning rate by the number of rows and rounds, log-linear in both, as CatBoost chooses it; at most 0.5. Its trees are symmetric and of depth 6;
 * that the rule suits leaf-wise trees is an assumption. Losses other than logistic, softmax and squared: 0.1.
 */
export function automaticLearningRate({ loss, rows, rounds, stopsEarly, fromAverage }: LearningRateCase): number {
  const found = FITS[loss]?.[(stopsEarly ? 0 : 2) + (fromAverage ? 0 : 1)];
  if (found === undefined || rounds === 0) return OTHERWISE;
  const rate = Math.exp(found.size * Math.log(rows) + found.start) * (rounds / 1000) ** found.rounds;
  return Math.round(Math.min(rate, HIGHEST) * 1e6) / 1e6;
}
