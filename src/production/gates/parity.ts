import type { Frame } from "../../core/column.ts";
import { digits } from "../../core/digits.ts";
import type { Scorer } from "../../core/scorer.ts";
import { writtenText } from "../../core/written-amount.ts";
import { count } from "../phrase.ts";
import { type PlainRecord, recordOf } from "../records.ts";
import { type Gate, judgedBy } from "./gate.ts";
import { drawRows, inputsOf } from "./sample.ts";
import { largestDifference } from "./valid-outputs.ts";

/**
 * Of the answer, of the mean size of answers or of 1, whichever is largest: exported trees sum in single precision, so an answer near 0 carries the
 * rounding of the large terms that it is the sum of.
 */
const TOLERANCE = 1e-6;
const MOST_RECORDS = 500;

/** Training, batch scoring, the exported model and single JSON records must give the same answers. */
export const parity: Gate = {
  gate: "parity",
  title: "Training, export and serving agree",
  rubric: ["D7"],
  run: async ({ scorer, frame, parity: answersTwice, seed }) => {
    const { native, other, rows } = await answersTwice();
    const exported = rows === 0 ? Number.POSITIVE_INFINITY : largestDifference(native, other, meanSize(native));
    const sample = inputsOf(scorer, frame, drawRows(frame.rows, MOST_RECORDS, seed));
    const records = throughJson(scorer, sample);
    const isPassed = exported <= TOLERANCE && records.difference <= TOLERANCE && records.compared > 0;
    const found = `exported model off by at most ${digits(exported)} on ${count(rows, "row")}, single JSON records by ${digits(records.difference)} on ${records.compared}`;
    const left = records.left === 0 ? "" : `; ${count(records.left, "row")} cannot be written as JSON`;
    const evidence = {
      exported,
      exportedRows: rows,
      records: records.difference,
      recordRows: records.compared,
      notInJson: records.left,
      tolerance: TOLERANCE,
    };
    return judgedBy(isPassed, `${isPassed ? "The same answers" : "Different answers"}: ${found} (allowed ${digits(TOLERANCE)})${left}.`, {
      evidence,
    });
  },
};

function meanSize(answers: Float64Array): number {
  return answers.reduce((sum, value) => sum + Math.abs(value), 0) / Math.max(1, answers.length);
}

function throughJson(scorer: Scorer, frame: Frame): { difference: number; compared: number; left: number } {
  const expected = scorer.score(frame);
  const width = expected.length / frame.rows;
  const usual = meanSize(expected);
  let [difference, compared, left] = [0, 0, 0];
  for (let row = 0; row < frame.rows; row++) {
    const record = recordOf(frame, row);
    if (record === null) {
      left++;
      continue;
    }
    for (const one of [record, ...asTexts(scorer, record)]) {
      const answer = scorer.score(scorer.frameOf([JSON.parse(JSON.stringify(one))]));
      difference = Math.max(difference, largestDifference(expected.subarray(row * width, (row + 1) * width), answer, usual));
    }
    compared++;
  }
  return { difference, compared, left };
}

/** The record with its numbers as the training file writes them, where it writes them as texts. */
function asTexts({ inputs }: Scorer, record: PlainRecord): PlainRecord[] {
  const texts = inputs.flatMap(({ name, amount }): [string, string][] => {
    const value = record[name];
    const text = amount === undefined || typeof value !== "number" ? null : writtenText(value, amount);
    return text === null ? [] : [[name, text]];
  });
  return texts.length === 0 ? [] : [{ ...record, ...Object.fromEntries(texts) }];
}
