import type { Check } from "../check.ts";
import { featuresOf, infoOf } from "../columns/features.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { counted, namedColumns } from "../findings/phrase.ts";
import { isConstant } from "../missing/one-value.ts";

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
