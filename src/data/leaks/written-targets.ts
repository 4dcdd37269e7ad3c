import type { AuditContext } from "../check.ts";
import { textAt } from "../columns/column-facts.ts";
import { levelFeatures } from "../columns/features.ts";

/** A column of texts in which the target stands as a number, and the share of its rows that say so. */
export interface WrittenTarget {
  readonly column: string;
  readonly share: number;
  readonly rows: number;
}

const SHARE = 0.95;
const LEAST_ROWS = 30;
/** Of fewer different numbers they may be the names of its classes. */
const LEAST_VALUES = 10;
/** One number, with a sign before it or a unit behind it: "<0.006", "12 mg", "~3". */
const ONE_NUMBER = /^[^\d.+-]*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)[^\d]*$/;

/** Texts that hold the target itself, as a laboratory writes it ("<0.006" beside 0.006): what makes them text is not in the target. */
export function writtenTargets(context: AuditContext): readonly WrittenTarget[] {
  if (context.task.kind !== "regression") return [];
  return levelFeatures(context).flatMap((column) => {
    const numbers = new Map<string, number>();
    const values = new Set<number>();
    let [rows, same] = [0, 0];
    for (let row = 0; row < context.frame.rows; row++) {
      const target = context.target[row] ?? Number.NaN;
      const text = textAt(column, row);
      if (text === null || Number.isNaN(target)) continue;
      const number = numbers.get(text) ?? Number(ONE_NUMBER.exec(text.trim())?.[1] ?? Number.NaN);
      numbers.set(text, number);
      rows++;
      if (number !== target) continue;
      same++;
      values.add(number);
    }
    const share = same / rows;
    return rows >= LEAST_ROWS && share >= SHARE && values.size >= LEAST_VALUES ? [{ column: column.name, share, rows }] : [];
  });
}
