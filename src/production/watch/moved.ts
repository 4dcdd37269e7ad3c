import { digits } from "../../core/digits.ts";
import { UNIT_RATIOS } from "../../core/unit-ratios.ts";
import { mean, quantiles } from "../../stats/index.ts";

const QUARTILES = [0.25, 0.5, 0.75];
/** How far the quartiles may be from the ratio: the rows have drifted a little besides. */
const NEAR = 1.15;
/** A smaller ratio is a plain drift as often as another unit. */
const LEAST_RATIO = 10;

/** "mean 27.4, now 1,640: about 60 times, another unit (sixtieths (minutes, seconds))?" for the values of training and of the window. */
export function movedText(reference: Float64Array, current: Float64Array): string {
  const means = `mean ${digits(mean(reference))}, now ${digits(mean(current))}`;
  const [before, now] = [quantiles(reference, QUARTILES), quantiles(current, QUARTILES)];
  const ratios = Array.from(before, (value, i) => (now[i] ?? Number.NaN) / value);
  const isNear = (of: readonly number[], ratio: number) => of.every((one) => one / ratio < NEAR && ratio / one < NEAR && one > 0);
  for (const [words, ratio] of UNIT_RATIOS) {
    if (ratio < LEAST_RATIO) continue;
    if (isNear(ratios, ratio)) return `${means}: about ${digits(ratio)} times, another unit (${words})?`;
    if (isNear(ratios, 1 / ratio)) return `${means}: about 1/${digits(ratio)}, another unit (${words})?`;
  }
  return means;
}
