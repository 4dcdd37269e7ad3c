import { createRandom } from "../core/random.ts";
import type { Task } from "../core/task.ts";

const FOLDS = 5;

/** Training rows in five parts, drawn by the seed: what is learned from the target gets for each row what the other parts teach, so no row sees its own. */
export function partsOf(rows: number, seed: number, purpose: string): readonly Int32Array[] {
  const order = createRandom(seed, purpose).shuffle(Int32Array.from({ length: rows }, (_, row) => row));
  const folds = Math.min(FOLDS, rows);
  return Array.from({ length: folds }, (_, fold) => order.filter((_, place) => place % folds === fold));
}

/** What is learned of the target: its number, that it is the positive class, or that it is this class. `suffix` of the feature's name. */
export interface TargetOutput {
  readonly classIndex: number | null;
  readonly suffix: string;
}

export function targetOutputs(task: Task): readonly TargetOutput[] {
  if (task.kind === "regression") return [{ classIndex: null, suffix: "" }];
  if (task.kind === "binary") return [{ classIndex: 1, suffix: "" }];
  return task.classes.map((name, classIndex) => ({ classIndex, suffix: `.${name}` }));
}
