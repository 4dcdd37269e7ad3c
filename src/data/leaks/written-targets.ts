import type { AuditContext } from "../check.ts";
import { type LevelColumn, mostFrequentPlace, type ValueCounts } from "../columns/counts.ts";
import { levelFeatures, numberFeatures } from "../columns/features.ts";
import { targetCounts } from "../labels/target-values.ts";

/** A column in which the target stands once more, as a number or as a text that holds one, and the share of the rows that say so, of those that hold both and more than the most frequent value. */
export interface WrittenTarget {
  readonly column: string;
  readonly as: "text" | "number";
  readonly share: number;
  readonly rows: number;
}

const SHARE = 0.95;
/** An earlier measurement is the same number in many rows. */
const SHARE_OF_NUMBERS = 0.99;
const LEAST_ROWS = 30;
/** Of fewer different numbers they may be the names of its classes. */
const LEAST_VALUES = 10;
/** One number, with a sign before it or a unit behind it: "<0.006", "12 mg", "~3". */
const ONE_NUMBER = /^[^\d.+-]*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)[^\d]*$/;

/**
 * Numbers that are the target itself, under another name, and texts that hold it, as a laboratory writes it ("<0.006" beside 0.006): what makes them text is not in the target. Once per
 * audit.
 */
export function writtenTargets(context: AuditContext): readonly WrittenTarget[] {
  return context.shared("written targets", () => {
    if (context.task.kind !== "regression") return [];
    const numbers = numberFeatures(context).flatMap(({ name, values }) =>
      writtenIn(context, name, "number", (row) => values[row] ?? Number.NaN),
    );
    return [...numbers, ...levelFeatures(context).flatMap((column) => writtenIn(context, column.name, "text", numbersOf(column)))];
  });
}

/** The number that stands in a row's text, infinite where it is none; NaN where there is no text. */
function numbersOf(column: LevelColumn): (row: number) => number {
  const read = column.levels.map((text) => Number(ONE_NUMBER.exec(text.trim())?.[1] ?? Number.POSITIVE_INFINITY));
  return (row) => read[column.codes[row] ?? -1] ?? Number.NaN;
}

function mostFrequent(target: ValueCounts | null): number {
  if (target === null) return Number.NaN;
  return target.values[mostFrequentPlace(target)] ?? Number.NaN;
}

/** That both are 0 in most rows says nothing: rows in which both have the most frequent value of the target do not count. Those that do are so many of the labelled ones. */
const LEAST_COMPARED = 0.05;

function writtenIn(context: AuditContext, column: string, as: WrittenTarget["as"], numberAt: (row: number) => number): WrittenTarget[] {
  const values = new Set<number>();
  const usual = mostFrequent(targetCounts(context));
  let [rows, same, labelled] = [0, 0, 0];
  for (let row = 0; row < context.frame.rows; row++) {
    const [target, number] = [context.target[row] ?? Number.NaN, numberAt(row)];
    if (!Number.isNaN(target)) labelled++;
    if (Number.isNaN(number) || Number.isNaN(target) || (number === usual && target === usual)) continue;
    rows++;
    if (number !== target) continue;
    same++;
    values.add(number);
  }
  const share = same / rows;
  const isSame = rows >= LEAST_ROWS && share >= (as === "text" ? SHARE : SHARE_OF_NUMBERS) && values.size >= LEAST_VALUES;
  return isSame && rows >= LEAST_COMPARED * labelled ? [{ column, as, share, rows }] : [];
}
