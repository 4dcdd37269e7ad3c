import { type Column, isMissing } from "../../core/column.ts";
import { nullConfidence } from "../../core/null-words.ts";
import type { AuditContext } from "../check.ts";
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
