import { type Column, isMissing } from "../../core/column.ts";
import { nullConfidence } from "../../core/null-words.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { infoOf } from "../columns/features.ts";
import { flagSignal } from "../signal/flag-signal.ts";
import { onlyNullWord } from "./only-null-word.ts";

/** Below this p the gaps of a column do tell something of the target, and it is kept. */
const TELLS = 0.01;
/** With more gaps the value is a mark: "yes" or nothing. */
const MOST_GAPS = 0.3;

/** One value where there is any, and gaps that tell nothing. */
export function isConstant(context: AuditContext, column: Column): boolean {
  const { distinct, missing, unparsed } = infoOf(context, column.name);
  // What was lost on reading is no gap.
  if (unparsed.some(({ value }) => nullConfidence(value, ["1"]) < 0.5)) return false;
  if (distinct !== 1 || onlyNullWord(context, column.name) !== null) return false;
  return (
    missing === 0 ||
    (missing <= MOST_GAPS * context.dataset.rows && (flagSignal(context, (row) => isMissing(column, row))?.p ?? 1) >= TELLS)
  );
}

/** Labels below which one value is no wonder, and rows without one that hold others. */
const [LEAST_LABELLED, LEAST_OTHERS] = [40, 10];

/** A column that is filled and of one value in all rows with a label (how many), and of others in rows without one; null: it is not. Of a sample it is not told. */
export function oneOfLabelled(
  { frame, target, testRows }: AuditContext,
  column: Column,
): { readonly name: string; readonly rows: number } | null {
  if (frame.rowNumbers !== null || testRows !== null) return null;
  let [value, rows, others] = [Number.NaN, 0, 0];
  for (let row = 0; row < target.length; row++) {
    if (Number.isNaN(target[row])) continue;
    const own = isMissing(column, row) ? Number.NaN : valueAt(column, row);
    if (rows === 0) value = own;
    if (own !== value) return null;
    rows++;
  }
  if (rows < LEAST_LABELLED) return null;
  for (let row = 0; row < target.length; row++)
    if (Number.isNaN(target[row]) && (isMissing(column, row) || valueAt(column, row) !== value)) others++;
  return others >= LEAST_OTHERS ? { name: column.name, rows } : null;
}
