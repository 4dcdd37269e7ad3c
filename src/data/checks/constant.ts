import type { Column } from "../../core/column.ts";
import { isMissing } from "../../core/column.ts";
import { nullConfidence } from "../../core/null-words.ts";
import type { AuditContext, Check } from "../check.ts";
import { featuresOf, infoOf } from "../columns/features.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { counted, namedColumns } from "../findings/phrase.ts";
import { onlyNullWord } from "../missing/only-null-word.ts";
import { flagSignal } from "../signal/flag-signal.ts";

/** Below this p the gaps of a column do tell something of the target, and it is kept. */
const TELLS = 0.01;

/** One value where there is any, and gaps that tell nothing. */
function isConstant(context: AuditContext, column: Column): boolean {
  const { distinct, missing, unparsed } = infoOf(context, column.name);
  // What was lost on reading is no gap.
  if (unparsed.some(({ value }) => nullConfidence(value, ["1"]) < 0.5)) return false;
  if (distinct !== 1 || onlyNullWord(context, column.name) !== null) return false;
  return (
    missing === 0 ||
    (missing <= MOST_GAPS * context.dataset.rows && (flagSignal(context, (row) => isMissing(column, row))?.p ?? 1) >= TELLS)
  );
}

/** With more gaps the value is a mark: "yes" or nothing. */
const MOST_GAPS = 0.3;

/** Columns with one value in all rows, or in all that are filled. */
export const constant: Check = {
  trap: "constant",
  title: "Columns hold one value only",
  inspect(context) {
    const columns = featuresOf(context)
      .filter((column) => isConstant(context, column))
      .map(({ name }) => name);
    if (columns.length === 0) return [];
    const gaps = columns.some((name) => infoOf(context, name).missing > 0);
    const steps = [{ op: "drop" as const, columns }];
    return [
      {
        trap: "constant",
        columns,
        rows: NO_ROWS,
        severity: "cosmetic",
        confidence: 1,
        evidence: { constantColumns: columns.length, losesNothing: true },
        fix: { action: "steps", steps },
        counterfactual: { change: "steps", steps, flatters: false },
        question: null,
        why: `${counted(columns.length, "column has", "columns have")} the same value in every row${gaps ? " that is filled" : ""} and can tell nothing: ${namedColumns(columns)}.`,
      },
    ];
  },
};
