import type { JourneyResult } from "../../core/verdict.ts";
import { countText, wholeText } from "../numbers.ts";
import { capital, listText } from "../plain.ts";

type Known = Pick<JourneyResult, "dataset" | "comparison" | "training" | "plan" | "proof">;

/** What was judged on how many rows and why, one sentence; null when all rows were. */
export function sampleText({ dataset, comparison, training, plan, proof }: Known): string | null {
  const { rows, sample } = dataset;
  if (sample === null) return null;
  const shipped = training === null ? "" : `; the model that ships was trained on ${wholeText(training.rows)}`;
  const parts = [
    "findings with their counts",
    ...(comparison === null ? [] : ["scores"]),
    ...(plan === null ? [] : ["the forecast"]),
    ...(proof === null ? [] : ["the gates"]),
  ];
  return `${capital(listText(parts))} are of a uniform sample of ${wholeText(sample.rows)} of the ${countText(rows, "row")}, since ${sample.why}${shipped}.`;
}
