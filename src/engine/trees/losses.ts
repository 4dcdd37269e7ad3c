import { referenceKernels } from "./kernels-reference.ts";
import { weightedQuantile } from "./quantile.ts";

/** What is minimised. Targets: 0/1 for logistic, class index for softmax, not negative for poisson. */
export type LossName =
  | { readonly loss: "logistic" }
  | { readonly loss: "softmax"; readonly classes: number }
  | { readonly loss: "squared" }
  | { readonly loss: "absolute" }
  /** delta: residual beyond which the loss grows linearly; null = the 0.9 quantile of |y - median|. */
  | { readonly loss: "huber"; readonly delta: number | null }
  | { readonly loss: "quantile"; readonly alpha: number }
  | { readonly loss: "poisson" };

/**
 * From raw score to prediction. "share": already a probability, cut to [0, 1]. "logistic" with several outputs: each for itself. "softplus":
 * log(1 + exp(score)); "signedSquare": score |score|, of models that learned the root (both from LightGBM).
 */
export type Link = "identity" | "logistic" | "softmax" | "exp" | "share" | "softplus" | "signedSquare";

export interface Loss {
  /** Raw scores per row. */
  readonly outputs: number;
  readonly link: Link;
  /** Best constant raw score of each output on these rows. */
  base(sample: LossRows): number[];
  /** First and second derivative of the loss by each output's score, times weight, for the first `count` rows. */
  gradients(scores: readonly Float64Array[], sample: LossRows, gradients: readonly Float64Array[], hessians: readonly Float64Array[]): void;
  /** Weighted mean loss of the rows. */
  mean(scores: readonly Float64Array[], sample: LossRows): number;
  /** Where the hessian tells nothing: leaves take this quantile of their residuals (LightGBM's RenewTreeOutput). Else null. */
  readonly leafQuantile: number | null;
}

export interface LossRows {
  readonly target: Float64Array;
  readonly weight: Float64Array | null;
  readonly rows: Int32Array;
  readonly count: number;
}

/** Rates are kept from 0 and 1 by this, so that the score of a class without rows is finite. */
const RATE_FLOOR = 1e-15;
/** LightGBM's poisson_max_delta_step: keeps the first Newton steps of a small rate short. */
const POISSON_STEP = 0.7;

/** @throws RangeError when the target does not suit the loss. */
export function createLoss(name: LossName, sample: LossRows): Loss {
  switch (name.loss) {
    case "logistic":
      requireTargets(sample, (y) => y === 0 || y === 1, "logistic loss needs targets 0 and 1");
      return logistic();
    case "softmax":
      requireTargets(
        sample,
        (y) => Number.isInteger(y) && y >= 0 && y < name.classes,
        `softmax loss needs class indices below ${name.classes}`,
      );
      return softmax(name.classes);
    case "poisson":
      requireTargets(sample, (y) => y >= 0, "poisson loss needs targets that are not negative");
      return poisson();
    case "squared":
      return pointwise({ base: weightedMean, gradient: (r) => r, value: (r) => r * r, leafQuantile: null });
    case "absolute":
      return pointwise({ base: (s) => quantileOf(s, 0.5), gradient: Math.sign, value: Math.abs, leafQuantile: 0.5 });
    case "huber":
      return huber(name.delta ?? huberDelta(sample));
    case "quantile":
      return pinball(name.alpha);
    default:
      return name satisfies never;
  }
}

function requireTargets(sample: LossRows, isFit: (y: number) => boolean, message: string): void {
  for (let i = 0; i < sample.count; i++) {
    const y = sample.target[sample.rows[i]!]!;
    if (!isFit(y)) throw new RangeError(`${message}, got ${y}`);
  }
}

function logistic(): Loss {
  return {
    outputs: 1,
    link: "logistic",
    base: (sample) => {
      const rate = Math.min(Math.max(weightedMean(sample), RATE_FLOOR), 1 - RATE_FLOOR);
      return [Math.log(rate / (1 - rate))];
    },
    gradients: ([scores], { target, weight, rows, count }, [gradient], [hessian]) =>
      referenceKernels.logisticGradients(scores!, target, weight, rows, count, gradient!, hessian!),
    mean: ([scores], sample) =>
      meanOver(sample, (row, y) => {
        const margin = y === 1 ? scores![row]! : -scores![row]!;
        return margin > 0 ? Math.log1p(Math.exp(-margin)) : -margin + Math.log1p(Math.exp(margin));
      }),
    leafQuantile: null,
  };
}

/** Hessian times K / (K - 1): the K scores are bound by one sum (LightGBM, Friedman 2001). */
function softmax(classes: number): Loss {
  const p = new Float64Array(classes);
  const factor = classes / Math.max(1, classes - 1);
  return {
    outputs: classes,
    link: "softmax",
    base: (sample) => {
      const counts = new Float64Array(classes);
      let total = 0;
      for (let i = 0; i < sample.count; i++) {
        const row = sample.rows[i]!;
        const w = sample.weight === null ? 1 : sample.weight[row]!;
        counts[sample.target[row]!]! += w;
        total += w;
      }
      return Array.from(counts, (count) => Math.log(Math.max(count / total, RATE_FLOOR)));
    },
    gradients: (scores, { target, weight, rows, count }, gradients, hessians) => {
      for (let i = 0; i < count; i++) {
        const row = rows[i]!;
        const w = weight === null ? 1 : weight[row]!;
        softmaxAt(scores, row, p);
        for (let k = 0; k < classes; k++) {
          gradients[k]![row] = (p[k]! - (target[row] === k ? 1 : 0)) * w;
          hessians[k]![row] = Math.max(factor * p[k]! * (1 - p[k]!), Number.EPSILON) * w;
        }
      }
    },
    mean: (scores, sample) =>
      meanOver(sample, (row, y) => {
        softmaxAt(scores, row, p);
        return -Math.log(Math.max(p[y]!, Number.MIN_VALUE));
      }),
    leafQuantile: null,
  };
}

function softmaxAt(scores: readonly Float64Array[], row: number, p: Float64Array): void {
  let top = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < p.length; k++) top = Math.max(top, scores[k]![row]!);
  let sum = 0;
  for (let k = 0; k < p.length; k++) sum += p[k] = Math.exp(scores[k]![row]! - top);
  for (let k = 0; k < p.length; k++) p[k] = p[k]! / sum;
}

function poisson(): Loss {
  return {
    outputs: 1,
    link: "exp",
    base: (sample) => [Math.log(Math.max(weightedMean(sample), RATE_FLOOR))],
    gradients: ([scores], { target, weight, rows, count }, [gradient], [hessian]) => {
      for (let i = 0; i < count; i++) {
        const row = rows[i]!;
        const w = weight === null ? 1 : weight[row]!;
        const rate = Math.exp(scores![row]!);
        gradient![row] = (rate - target[row]!) * w;
        hessian![row] = rate * Math.exp(POISSON_STEP) * w;
      }
    },
    mean: ([scores], sample) => meanOver(sample, (row, y) => Math.exp(scores![row]!) - y * scores![row]!),
    leafQuantile: null,
  };
}

interface Pointwise {
  readonly base: (sample: LossRows) => number;
  /** Of the residual score - y. */
  readonly gradient: (residual: number) => number;
  readonly value: (residual: number) => number;
  readonly leafQuantile: number | null;
}

/** Losses of the residual with hessian 1. */
function pointwise(shape: Pointwise): Loss {
  return {
    outputs: 1,
    link: "identity",
    base: (sample) => [shape.base(sample)],
    gradients: ([scores], { target, weight, rows, count }, [gradient], [hessian]) => {
      for (let i = 0; i < count; i++) {
        const row = rows[i]!;
        const w = weight === null ? 1 : weight[row]!;
        gradient![row] = shape.gradient(scores![row]! - target[row]!) * w;
        hessian![row] = w;
      }
    },
    mean: ([scores], sample) => meanOver(sample, (row, y) => shape.value(scores![row]! - y)),
    leafQuantile: shape.leafQuantile,
  };
}

function huber(delta: number): Loss {
  return pointwise({
    base: (sample) => quantileOf(sample, 0.5),
    gradient: (r) => Math.max(-delta, Math.min(delta, r)),
    value: (r) => (Math.abs(r) <= delta ? (r * r) / 2 : delta * (Math.abs(r) - delta / 2)),
    leafQuantile: null,
  });
}

function huberDelta(sample: LossRows): number {
  const median = quantileOf(sample, 0.5);
  const distance = sample.target.map((y) => Math.abs(y - median));
  return quantileOf({ ...sample, target: distance }, 0.9) || 1;
}

function pinball(alpha: number): Loss {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`quantile loss needs alpha between 0 and 1, got ${alpha}`);
  return pointwise({
    base: (sample) => quantileOf(sample, alpha),
    gradient: (r) => (r >= 0 ? 1 - alpha : -alpha),
    value: (r) => (r >= 0 ? (1 - alpha) * r : -alpha * r),
    leafQuantile: alpha,
  });
}

function meanOver(sample: LossRows, value: (row: number, y: number) => number): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < sample.count; i++) {
    const row = sample.rows[i]!;
    const w = sample.weight === null ? 1 : sample.weight[row]!;
    sum += w * value(row, sample.target[row]!);
    total += w;
  }
  return sum / total;
}

function weightedMean(sample: LossRows): number {
  return meanOver(sample, (_row, y) => y);
}

function quantileOf(sample: LossRows, share: number): number {
  const { target, weight, rows, count } = sample;
  return weightedQuantile((row) => target[row]!, weight, rows, 0, count, share);
}
