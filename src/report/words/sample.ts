import type { JourneyResult } from "../../core/verdict.ts";
import { countText, wholeText } from "../numbers.ts";

/** What was judged on how many rows and why, one sentence; null when all rows were. */
export function sampleText({ dataset: { rows, sample }, training }: Pick<JourneyResult, "dataset" | "training">): string | null {
  if (sample === null) return null;
  const shipped = training === null ? "" : `; the model that ships was trained on ${wholeText(training.rows)}`;
  return `Scores, findings with their counts, the forecast and the gates are of a uniform sample of ${wholeText(sample.rows)} of the ${countText(rows, "row")}, since ${sample.why}${shipped}.`;
}
