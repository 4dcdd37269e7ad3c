import type { Loss, LossRows } from "./contract.ts";
import { meanOver, RATE_FLOOR, requireParameter, requireTargets } from "./rows.ts";

/**
 * Log loss of K classes, targets 0 .. K-1: g_k = p_k - [y = k], h_k = K/(K-1) p_k (1 - p_k). The factor is there because the K scores are
 * bound by one sum (Friedman 2001; LightGBM).
 * @throws RangeError for other targets.
 */
export function softmax(sample: LossRows, classes: number): Loss {
  requireParameter(Number.isInteger(classes) && classes >= 1, "softmax loss needs a whole number of classes", classes);
  requireTargets(
    sample,
    (y) => Number.isInteger(y) && y >= 0 && y < classes,
    `softmax loss needs the numbers of classes, whole numbers from 0 to ${classes - 1}`,
  );
  const p = new Float64Array(classes);
  const factor = classes / Math.max(1, classes - 1);
  return {
    outputs: classes,
    link: "softmax",
    base: (rows) => Array.from(shares(rows, classes), (share) => Math.log(Math.max(share, RATE_FLOOR))),
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
    mean: (scores, rows) =>
      meanOver(rows, (row, y) => {
        softmaxAt(scores, row, p);
        return -Math.log(Math.max(p[y]!, Number.MIN_VALUE));
      }),
    leafQuantiles: null,
  };
}

function shares({ target, weight, rows, count }: LossRows, classes: number): Float64Array {
  const sums = new Float64Array(classes);
  let total = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    const w = weight === null ? 1 : weight[row]!;
    sums[target[row]!]! += w;
    total += w;
  }
  return sums.map((sum) => sum / total);
}

/** Class probabilities of one row, written into p. */
function softmaxAt(scores: readonly Float64Array[], row: number, p: Float64Array): void {
  let top = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < p.length; k++) top = Math.max(top, scores[k]![row]!);
  let sum = 0;
  for (let k = 0; k < p.length; k++) sum += p[k] = Math.exp(scores[k]![row]! - top);
  for (let k = 0; k < p.length; k++) p[k] = p[k]! / sum;
}
