import { answerKey, asksOfEach, type Finding } from "../../core/finding.ts";

/** How a finding's question is answered: `answer "after" or "before" under "duration"`; null when nothing is asked. */
export function answerHint({
  id,
  trap,
  columns,
  question,
  choices,
  answer,
}: Pick<Finding, "id" | "trap" | "columns" | "question" | "choices" | "answer">): string | null {
  if (question === null || choices === null || answer !== null) return null;
  return `answer ${choices.map((word) => JSON.stringify(word)).join(" or ")} under ${JSON.stringify(answerKey({ id, trap, columns, choices }))}${asksOfEach({ trap, columns, choices }) ? ", or, where they differ, under the name of each column" : ""}`;
}
