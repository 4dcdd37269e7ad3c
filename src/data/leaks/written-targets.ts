import type { AuditContext } from "../check.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { levelFeatures, numberFeatures } from "../columns/features.ts";

/** A column in which the target stands once more, as a number or as a text that holds one, and the share of its rows that say so. */
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

function writtenIn(context: AuditContext, column: string, as: WrittenTarget["as"], numberAt: (row: number) => number): WrittenTarget[] {
  const values = new Set<number>();
  let [rows, same] = [0, 0];
  for (let row = 0; row < context.frame.rows; row++) {
    const [target, number] = [context.target[row] ?? Number.NaN, numberAt(row)];
    if (Number.isNaN(number) || Number.isNaN(target)) continue;
    rows++;
    if (number !== target) continue;
    same++;
    values.add(number);
  }
  const share = same / rows;
  const isSame = rows >= LEAST_ROWS && share >= (as === "text" ? SHARE : SHARE_OF_NUMBERS) && values.size >= LEAST_VALUES;
  return isSame ? [{ column, as, share, rows }] : [];
}
