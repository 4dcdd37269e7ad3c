import { digits } from "./digits.ts";
import type { Scorer } from "./scorer.ts";

/** P(positive) from which a class is called where no threshold was chosen. */
export const USUAL_THRESHOLD = 0.5;

/** P(positive) from which the positive class is answered; null where there are not two classes. */
export function servedThreshold({ task, threshold }: Pick<Scorer, "task" | "threshold">): number | null {
  return task.kind === "binary" ? (threshold ?? USUAL_THRESHOLD) : null;
}

/**
 * How a class is called from probabilities, one phrase: "\"yes\" is predicted from P(\"yes\") = 0.31 on (threshold chosen for the best F1 on rows the model had not
 * seen)". null for numbers. The same on a terminal, on the card and in what is served.
 */
export function decisionRule({ task, threshold, thresholdWhy }: Pick<Scorer, "task" | "threshold" | "thresholdWhy">): string | null {
  if (task.kind === "regression") return null;
  if (task.kind === "multiclass") return "the most probable class is predicted; there is no threshold";
  const positive = JSON.stringify(task.classes[1] ?? "");
  const why = threshold === null ? "the usual threshold; none was chosen" : `threshold chosen for the ${thresholdWhy ?? "model"}`;
  return `${positive} is predicted from P(${positive}) = ${digits(threshold ?? USUAL_THRESHOLD)} on (${why})`;
}
