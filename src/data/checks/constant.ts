import type { Check } from "../check.ts";
import { featuresOf, infoOf } from "../columns/features.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { counted, namedColumns } from "../findings/phrase.ts";
import { onlyNullWord } from "../missing/only-null-word.ts";

/** Columns with one value in all rows. */
export const constant: Check = {
  trap: "constant",
  title: "Columns hold one value only",
  inspect(context) {
    const columns = featuresOf(context)
      .map(({ name }) => infoOf(context, name))
      .filter(({ name, distinct, missing }) => distinct === 1 && missing === 0 && onlyNullWord(context, name) === null)
      .map(({ name }) => name);
    if (columns.length === 0) return [];
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
        why: `${counted(columns.length, "column has", "columns have")} the same value in every row and can tell nothing: ${namedColumns(columns)}.`,
      },
    ];
  },
};
