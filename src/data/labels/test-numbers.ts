import { columnOf } from "../../core/column.ts";
import type { ColumnInfo, Dataset } from "../../core/dataset.ts";
import type { Suspicion } from "../../core/finding.ts";
import { nullConfidence } from "../../core/null-words.ts";
import type { Task } from "../../core/task.ts";
import { float64Where } from "../../core/typed-from.ts";
import { affectedOf } from "../findings/affected-rows.ts";
import { percent, quoted } from "../findings/phrase.ts";
import { OTHER_QUESTION, type Rows } from "./label-reading.ts";
import { LIE } from "./test-labels.ts";

/**
 * Labels of the given test set that training rows written in numbers do not know: texts that are no number, which would vanish as if they were missing, and
 * numbers that are none of the classes. `whole`: training and test rows; `training`: the dataset of the former.
 */
export function strangeTestNumbers(whole: Rows, training: Dataset, testRows: Int32Array, target: string, task: Task): Suspicion[] {
  const { dataset, frame } = whole;
  const column = columnOf(frame, target);
  const areNames = "codes" in column || (column.type === "date" && task.kind !== "regression");
  if (areNames || testRows.length === 0) return [];
  const first = frame.rows - testRows.length;
  const read = new Set(task.kind === "regression" ? [] : task.classes.map(Number));
  const unknown = new Set((task.labels?.unknown ?? []).map(Number));
  const isOther = (value: number) => task.kind !== "regression" && !Number.isNaN(value) && !read.has(value) && !unknown.has(value);
  const numbers = [...new Set(float64Where(column.values.subarray(first), isOther))].sort((a, b) => a - b);
  const texts = testTexts(infoOf(dataset, target), infoOf(training, target));
  if (numbers.length + texts.length === 0) return [];
  const textRows = texts.reduce((sum, { count }) => sum + count, 0) / Math.max(1, dataset.rows - training.rows);
  const numberRows = float64Where(column.values.subarray(first), isOther).length / testRows.length;
  const isHit = (value: number) => isOther(value) || (texts.length > 0 && Number.isNaN(value));
  const share = { rows: testRows.length, of: dataset.rows - training.rows };
  const affected = affectedOf(frame, share, (row) => row >= first && isHit(column.values[row] ?? Number.NaN));
  const labels = [...texts.map(({ value }) => value), ...numbers.map(String)];
  return [strange(target, task, labels, textRows + numberRows, affected)];
}

function infoOf({ columns }: Dataset, name: string): ColumnInfo | undefined {
  return columns.find((column) => column.name === name);
}

/** Texts that did not read as a number in the test set alone, but for words of "not known". */
function testTexts(whole: ColumnInfo | undefined, training: ColumnInfo | undefined): { readonly value: string; readonly count: number }[] {
  const known = new Map(training?.unparsed.map(({ value, count }) => [value, count]));
  return (whole?.unparsed ?? [])
    .map(({ value, count }) => ({ value, count: count - (known.get(value) ?? 0) }))
    .filter(({ value, count }) => count > 0 && nullConfidence(value, ["1"]) < 0.5);
}

function strange(target: string, task: Task, labels: readonly string[], share: number, rows: Suspicion["rows"]): Suspicion {
  const shown = labels.slice(0, 3).map(quoted).join(", ");
  const usual = task.kind === "regression" ? "plain numbers" : task.classes.slice(0, 5).map(quoted).join(", ");
  return {
    trap: "label-variant",
    columns: [target],
    rows,
    severity: share >= LIE ? "blocker" : "harmful",
    confidence: 0.95,
    evidence: { unknownLabels: labels, share },
    fix: { action: "advice", text: `Write the labels of the test set as the training rows do: ${usual}.` },
    counterfactual: null,
    unmeasured: OTHER_QUESTION,
    question: null,
    why: `${percent(share)} of the test rows carry a label that no training row has (${shown}; the training rows have ${usual}): ${share >= 1 ? "none of them could be judged" : "the score leaves these rows out"}.`,
  };
}
