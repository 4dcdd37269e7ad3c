import type { JourneyResult } from "../../core/verdict.ts";
import { countText, wholeText } from "../numbers.ts";
import { capital, listText } from "../plain.ts";

type Known = Pick<JourneyResult, "dataset" | "comparison" | "training" | "plan" | "proof">;

/** What was judged on how many rows and why, one sentence; null when all rows were. */
export function sampleText({ dataset, comparison, training, plan, proof }: Known): string | null {
  const { rows, sample } = dataset;
  if (sample === null) return null;
  const shipped = training === null ? "" : `; the model that ships was trained on ${wholeText(training.rows)}`;
  const looked = sample.looked ?? sample.rows;
  const parts = [
    ...(looked > sample.rows ? [] : ["findings with their counts"]),
    ...(comparison === null ? (looked > sample.rows ? ["what traps cost and which labels look wrong"] : []) : ["scores"]),
    ...(plan === null ? [] : ["the forecast"]),
    ...(proof === null ? [] : ["the gates"]),
  ];
  const more =
    looked <= sample.rows ? "" : ` Findings with their counts are of ${looked === rows ? "all rows" : `${wholeText(looked)} rows`}.`;
  return `${capital(listText(parts))} are of a uniform sample of ${wholeText(sample.rows)} of the ${countText(rows, "row")}, since ${sample.why}${shipped}.${more}`;
}
