import { wrongValue } from "../../wrong-use.ts";
import type { Loss, LossName, LossRows } from "./contract.ts";
import { isNumber, logOdds, meanOver, requireParameter, requireTargets, weightedMean } from "./rows.ts";

/**
 * Log loss of two classes, targets 0 and 1: g = p - y, h = p (1 - p). positiveWeight multiplies the weight of rows of class 1, in the base
 * score too (LightGBM leaves it out there), so that the base is the best constant.
 * @throws RangeError for other targets or a positiveWeight that is not above 0.
 */
export function logistic(sample: LossRows, positiveWeight: number): Loss {
  requireTargets(
    sample,
    (y) => y === 0 || y === 1,
    "logistic loss needs targets 0 and 1",
    () =>
      hasTwoLabels(sample)
        ? "; number the two classes 0 and 1"
        : "; softmax is for more classes, squared for numbers, xentropy for shares from 0 to 1",
  );
  requireParameter(isNumber(positiveWeight) && positiveWeight > 0, "logistic loss needs a positiveWeight above 0", positiveWeight);
  const classWeight = (y: number) => (y === 1 ? positiveWeight : 1);
  return {
    outputs: 1,
    link: "logistic",
    base: (rows) => [logOdds(weightedMean(rows), positiveWeight)],
    gradients: ([scores], { target, weight, rows, count }, [gradient], [hessian]) => {
      for (let i = 0; i < count; i++) {
        const row = rows[i]!;
        const y = target[row]!;
        const p = 1 / (1 + Math.exp(-scores![row]!));
        const w = (weight === null ? 1 : weight[row]!) * classWeight(y);
        gradient![row] = (p - y) * w;
        hessian![row] = Math.max(p * (1 - p), Number.EPSILON) * w;
      }
    },
    mean: ([scores], rows) => {
      const total = positiveWeight === 1 ? 1 : meanOver(rows, (_row, y) => classWeight(y));
      return meanOver(rows, (row, y) => classWeight(y) * logLoss(scores![row]!, y)) / total;
    },
    leafQuantiles: null,
  };
}

/** Labels such as 1 and 2, or -1 and 1. */
function hasTwoLabels({ target, rows, count }: LossRows): boolean {
  const labels = new Set<number>();
  for (let i = 0; i < count && labels.size < 3; i++) labels.add(target[rows[i]!]!);
  return labels.size === 2 && [...labels].every(Number.isInteger);
}

/** -log p of the true class, without overflow. */
function logLoss(score: number, y: number): number {
  const margin = y === 1 ? score : -score;
  return margin > 0 ? Math.log1p(Math.exp(-margin)) : -margin + Math.log1p(Math.exp(margin));
}

/** Shares of rows by class have no meaning for other targets. @throws RangeError */
export function refuseBaggingByClass(
  { loss }: LossName,
  { posBaggingFraction, negBaggingFraction }: { readonly posBaggingFraction: number; readonly negBaggingFraction: number },
): void {
  if ((posBaggingFraction < 1 || negBaggingFraction < 1) && loss !== "logistic" && loss !== "custom")
    throw wrongValue("bad-loss", `posBaggingFraction and negBaggingFraction are for logistic loss, got ${loss} loss`);
}

/**
 * The loss with the class weight that options ask for: scalePosWeight, or with isUnbalance the weight of class 0 over that of class 1, so
 * that both classes weigh the same. (LightGBM raises the rarer class; the two differ by one factor on all rows.)
 * @throws RangeError when a class weight is asked for with another loss than logistic, or twice.
 */
export function withPositiveWeight(
  name: LossName,
  options: { readonly scalePosWeight: number; readonly isUnbalance: boolean },
  sample: LossRows,
): LossName {
  if (options.scalePosWeight === 1 && !options.isUnbalance) return name;
  const asked = options.isUnbalance ? "isUnbalance" : "scalePosWeight";
  if (name.loss !== "logistic") throw wrongValue("bad-loss", `${asked} is for logistic loss, got ${name.loss} loss`);
  if (name.positiveWeight !== undefined) throw wrongValue("bad-loss", `give either ${asked} or the loss's positiveWeight, not both`);
  if (!options.isUnbalance) return { ...name, positiveWeight: options.scalePosWeight };
  const rate = meanOver(sample, (_row, y) => y);
  return rate > 0 && rate < 1 ? { ...name, positiveWeight: (1 - rate) / rate } : name;
}
