import type { Task } from "../../core/task.ts";
import type { Association } from "./associations.ts";

/** "puts 82.1 % of pairs of rows in the right order (AUC 0.821)", in the words of the task. */
export function scoreWords(association: Association, task: Task): string {
  const share = association.score.toFixed(3);
  if (task.kind === "binary") return `alone it reaches AUC ${share}`;
  if (task.kind === "multiclass") return `alone it reaches AUC ${share} (one class against the rest, mean by class size)`;
  return `alone it puts a share of ${share} of all pairs of rows in the right order`;
}

/** The numbers behind, for `evidence`. */
export function scoreEvidence(association: Association): Readonly<Record<string, number | string>> {
  return {
    score: association.score,
    z: association.z,
    way: association.way,
    direction: association.direction,
    coverage: association.coverage,
    rows: association.rows,
    missingScore: association.missingScore,
  };
}
