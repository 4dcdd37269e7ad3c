import { type Range, rangeText } from "./digits.ts";

/** better, worse: the whole interval lies on one side of 0. open: it holds 0, or is not known. */
export type Direction = "better" | "worse" | "open";

/** Of a difference that is signed so that positive is better. */
export function directionOf({ low, high }: Pick<Range, "low" | "high">): Direction {
  if (!Number.isFinite(high - low)) return "open";
  return low > 0 ? "better" : high < 0 ? "worse" : "open";
}

/** The same difference seen from the other side. */
export function mirrored<R extends Range>(range: R): R {
  return { ...range, value: -range.value, low: -range.high, high: -range.low };
}

/**
 * What a sentence says of two scores, from their difference signed so that positive is better: the word for the direction, and value and interval without the sign
 * that the word already has. "0.061 [0.040, 0.082] better than the best simple rule", "0.051 [0.030, 0.073] worse than it".
 */
export function differenceWords(difference: Range, than: string, metricLabel = ""): string {
  const direction = directionOf(difference);
  const unit = metricLabel === "" ? "" : ` ${metricLabel}`;
  if (direction === "better") return `${rangeText(difference)}${unit} better than ${than}`;
  if (direction === "worse") return `${rangeText(mirrored(difference))}${unit} worse than ${than}`;
  return `not shown to be better than ${than} (gain ${rangeText(difference)}${unit})`;
}
