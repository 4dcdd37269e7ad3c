import type { Judged } from "./contract.ts";

/** Area under the ROC curve, weighted; equal predictions count half. NaN when a class is absent. */
export function areaUnderCurve({ predictions, target, weight }: Judged): number {
  const order = Uint32Array.from(predictions.keys()).sort((a, b) => predictions[a]! - predictions[b]!);
  let [below, area, positives] = [0, 0, 0];
  for (let begin = 0; begin < order.length; ) {
    let [negativeHere, positiveHere, end] = [0, 0, begin];
    for (; end < order.length && predictions[order[end]!] === predictions[order[begin]!]; end++) {
      const row = order[end]!;
      const w = weight === null ? 1 : weight[row]!;
      if (target[row] === 1) positiveHere += w;
      else negativeHere += w;
    }
    area += positiveHere * (below + negativeHere / 2);
    below += negativeHere;
    positives += positiveHere;
    // A prediction that is not a number equals nothing, not even itself.
    begin = Math.max(end, begin + 1);
  }
  return area / (positives * below);
}
