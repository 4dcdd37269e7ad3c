import type { Column, Frame } from "../core/column.ts";
import { USUAL_THRESHOLD } from "../core/decision-rule.ts";
import type { Scorer } from "../core/scorer.ts";
import type { Task } from "../core/task.ts";

/** What is said about one row. Classes: the one that is called, and P of each by name. Regression: the value. */
export interface Answer {
  readonly prediction: string | number;
  readonly probabilities?: Readonly<Record<string, number>>;
}

type Answering = Pick<Scorer, "task" | "threshold">;

/** Answers in words. outputs: rows x outputsOf(task), row-major. */
export function answersOf({ task, threshold }: Answering, outputs: Float64Array): Answer[] {
  if (task.kind === "regression") return Array.from(outputs, (prediction) => ({ prediction }));
  const decided = decide(task, threshold, outputs);
  const className = (row: number) => task.classes[decided[row] ?? 0] ?? "";
  if (task.kind === "binary") {
    const [negative, positive] = task.classes;
    return Array.from(outputs, (p, row) => ({
      prediction: className(row),
      probabilities: Object.fromEntries([
        [negative ?? "", 1 - p],
        [positive ?? "", p],
      ]),
    }));
  }
  const width = task.classes.length;
  return Array.from(decided, (_, row) => ({
    prediction: className(row),
    probabilities: Object.fromEntries(task.classes.map((name, k) => [name, outputs[row * width + k] ?? Number.NaN])),
  }));
}

/**
 * The columns that scoring a frame writes. Classes: `prediction` (the one that is called), and `probability_CLASS` of the positive one of two (the other's is the
 * rest to 1), or of each of several. Regression: `prediction`.
 */
export function predictionColumns(scorer: Scorer, frame: Frame): readonly Column[] {
  const { task, threshold } = scorer;
  const outputs = scorer.score(frame);
  if (task.kind === "regression") return [{ name: "prediction", type: "number", values: outputs }];
  const prediction: Column = { name: "prediction", type: "category", codes: decide(task, threshold, outputs), levels: task.classes };
  if (task.kind === "binary") return [prediction, { name: probabilityName(task), type: "number", values: outputs }];
  const width = task.classes.length;
  const probabilities = task.classes.map(
    (name, k): Column => ({
      name: `probability_${name}`,
      type: "number",
      values: Float64Array.from({ length: frame.rows }, (_, row) => outputs[row * width + k] ?? Number.NaN),
    }),
  );
  return [prediction, ...probabilities];
}

/** What a probability is called where it stands alone: with the class that it is of. Of several classes they stand together, in the order of the classes. */
export function probabilityName({ kind, classes }: Exclude<Task, { kind: "regression" }>): string {
  return kind === "binary" ? `probability_${classes[1] ?? ""}` : "probability";
}

/** Class index of each row: P(positive) at or above the threshold (the usual one without), or the most probable class (the first of equals). */
function decide(task: Exclude<Task, { kind: "regression" }>, threshold: number | null, outputs: Float64Array): Int32Array {
  if (task.kind === "binary") return Int32Array.from(outputs, (p) => (p >= (threshold ?? USUAL_THRESHOLD) ? 1 : 0));
  const width = task.classes.length;
  return Int32Array.from({ length: outputs.length / width }, (_, row) => {
    const own = outputs.subarray(row * width, (row + 1) * width);
    return own.reduce((best, p, k) => (p > (own[best] ?? Number.NEGATIVE_INFINITY) ? k : best), 0);
  });
}
