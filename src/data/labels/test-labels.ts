import type { Answers } from "../../core/answers.ts";
import { columnOf } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { int32Where, placesUpTo } from "../../core/typed-from.ts";
import { amountOf } from "../../core/written-amount.ts";
import { countCodes, type LevelColumn } from "../columns/counts.ts";
import { affectedOf } from "../findings/affected-rows.ts";
import { answerTo, confirmed } from "../findings/answers.ts";
import { percent, quoted, quotedApart } from "../findings/phrase.ts";
import { define, type FoundLabels, MOST_SPELT, matches, OTHER_QUESTION, type Rows, readingOf } from "./label-reading.ts";

/** From this share of the test rows on the score is off by as much, and a lie. */
export const LIE = 0.05;

/**
 * Labels of the given test set that the training rows do not have: mostly because they are written otherwise ("<=50K."). When the test set uses none
 * of the training labels as they are, and each of its own has one counterpart, the two were written by different hands.
 */
export function readTestLabels(rows: Rows, target: string, testRows: Int32Array, training: FoundLabels, answers: Answers): FoundLabels {
  const column = columnOf(rows.frame, target);
  if (!("codes" in column)) return { reading: undefined, suspicions: [] };
  const known = labelsOf(column, placesUpTo(rows.frame.rows - testRows.length));
  const tested = labelsOf(column, testRows);
  const read = new Set([...known, ...(training.reading?.unknown ?? [])]);
  const amount = training.reading?.amount;
  const strange = tested.filter((label) => !read.has(label) && (amount === undefined || amountOf(label, amount) === null));
  if (strange.length === 0) return { reading: undefined, suspicions: [] };
  const classOf = (label: string) =>
    Object.hasOwn(training.reading?.spelt ?? {}, label) ? (training.reading?.spelt[label] ?? label) : label;
  const comparable = amount === undefined && Math.max(strange.length, known.length) <= MOST_SPELT;
  const pairs = (comparable ? strange : []).flatMap((label) =>
    matches(label, known)
      .slice(0, 1)
      .map((found) => ({ label, to: classOf(found.known), same: found.same })),
  );
  const otherHand =
    strange.length === tested.length && pairs.length === strange.length && new Set(pairs.map(({ to }) => to)).size === pairs.length;
  const sure = pairs.filter(({ same }) => same === "sure" || otherHand);
  const likely = pairs.filter((pair) => !sure.includes(pair));
  const fresh = strange.filter((label) => pairs.every((pair) => pair.label !== label));
  const suspicions = [
    ...(sure.length === 0 ? [] : [variant(rows, column, testRows, sure, 0.97)]),
    ...(likely.length === 0 ? [] : [decided(variant(rows, column, testRows, likely, 0.45), answers)]),
    ...(fresh.length === 0 ? [] : [unheard(rows, column, testRows, fresh)]),
  ];
  return { reading: readingOf(suspicions), suspicions };
}

function decided(suspicion: Suspicion, answers: Answers): Suspicion {
  return answerTo(suspicion, answers)?.confirms === true ? confirmed(suspicion) : suspicion;
}

function labelsOf(column: LevelColumn, rows: Int32Array): string[] {
  const counts = countCodes(
    rows.map((row) => column.codes[row] ?? -1),
    column.levels.length,
  );
  return column.levels.filter((_, code) => (counts[code] ?? 0) > 0);
}

function rowsWith(rows: Rows, column: LevelColumn, testRows: Int32Array, labels: readonly string[]) {
  const codes = new Set(labels.map((label) => column.levels.indexOf(label)));
  const first = rows.frame.rows - testRows.length;
  const share = { rows: testRows.length, of: rows.testSetRows ?? testRows.length };
  return affectedOf(rows.frame, share, (row) => row >= first && codes.has(column.codes[row] ?? -1));
}

/** Of the test rows, those with one of these labels. */
function shareWith(column: LevelColumn, testRows: Int32Array, labels: readonly string[]): number {
  const codes = new Set(labels.map((label) => column.levels.indexOf(label)));
  return testRows.length === 0 ? 0 : int32Where(testRows, (row) => codes.has(column.codes[row] ?? -1)).length / testRows.length;
}

interface Pair {
  readonly label: string;
  readonly to: string;
}

function variant(rows: Rows, column: LevelColumn, testRows: Int32Array, pairs: readonly Pair[], confidence: number): Suspicion {
  const spelt: Record<string, string> = {};
  for (const { label, to } of pairs) define(spelt, label, to);
  const labels = pairs.map(({ label }) => label);
  const affected = rowsWith(rows, column, testRows, labels);
  const share = shareWith(column, testRows, labels);
  const shown = pairs.slice(0, 3).map(({ label, to }) => quotedApart([label, to]).join(" for "));
  const sure = confidence > 0.5;
  return {
    trap: "label-variant",
    columns: [column.name],
    rows: affected,
    severity: "blocker",
    confidence,
    evidence: { mapping: spelt, share },
    fix: { action: "steps", steps: [{ op: "read-labels", target: column.name, spelt, unknown: [] }] },
    counterfactual: null,
    unmeasured: OTHER_QUESTION,
    question: sure ? null : `Does the test set mean the same classes: ${shown.join(", ")}?`,
    choices: ["same", "different"],
    why: `The test set writes labels otherwise than the training rows (${shown.join(", ")})${sure ? "" : ", if they are the same"}: as they stand, ${share === 1 ? "none" : percent(share)} of the test rows could ${share === 1 ? "" : "not "}be judged.`,
  };
}

function unheard(rows: Rows, column: LevelColumn, testRows: Int32Array, labels: readonly string[]): Suspicion {
  const affected = rowsWith(rows, column, testRows, labels);
  const share = shareWith(column, testRows, labels);
  const shown = labels.slice(0, 3).map(quoted).join(", ");
  return {
    trap: "label-variant",
    columns: [column.name],
    rows: affected,
    severity: share >= LIE ? "blocker" : "harmful",
    confidence: 0.8,
    evidence: { unknownLabels: labels, share },
    fix: {
      action: "advice",
      text: `Find out what ${shown} ${labels.length === 1 ? "means" : "mean"}; the training rows have no such class.`,
    },
    counterfactual: null,
    unmeasured: OTHER_QUESTION,
    question: null,
    why: `${percent(share)} of the test rows carry a label that no training row has (${shown}): it can never be predicted, and the score leaves these rows out.`,
  };
}
