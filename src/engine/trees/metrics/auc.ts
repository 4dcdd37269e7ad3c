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

/** Of several classes: the mean over classes of each against the rest, all classes alike; those without rows on both sides are left out, NaN when all are. */
export function meanAreaOfClasses({ predictions, outputs, target, weight, query }: Judged): number {
  let [sum, count] = [0, 0];
  for (let k = 0; k < outputs; k++) {
    const area = areaUnderCurve({
      predictions: target.map((_, row) => predictions[row * outputs + k]!),
      outputs: 1,
      target: target.map((y) => (y === k ? 1 : 0)),
      weight,
      query,
    });
    if (Number.isNaN(area)) continue;
    sum += area;
    count++;
  }
  return sum / count;
}

/**
 * Average precision, weighted: the sum over thresholds of the gain in recall times the precision there, without interpolation; equal predictions are one
 * threshold. NaN without a row of class 1.
 */
export function averagePrecision({ predictions, target, weight }: Judged): number {
  const order = Uint32Array.from(predictions.keys()).sort((a, b) => predictions[b]! - predictions[a]!);
  let [positives, total, sum] = [0, 0, 0];
  for (let begin = 0; begin < order.length; ) {
    let [here, end] = [0, begin];
    do {
      const row = order[end++]!;
      const w = weight === null ? 1 : weight[row]!;
      if (target[row] === 1) here += w;
      total += w;
    } while (end < order.length && predictions[order[end]!] === predictions[order[begin]!]);
    positives += here;
    if (here > 0) sum += (here * positives) / total;
    begin = end;
  }
  return sum / positives;
}
