import type { Check } from "../check.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { counted, namedColumns } from "../findings/phrase.ts";

/** Columns without any value. */
export const emptyColumn: Check = {
  trap: "empty-column",
  title: "Columns hold nothing",
  inspect(context) {
    const { dataset, roles } = context;
    const columns = dataset.columns
      .filter(({ missing, name }) => missing === dataset.rows && name !== roles.target)
      .map(({ name }) => name);
    if (columns.length === 0 || dataset.rows === 0) return [];
    return [
      {
        trap: "empty-column",
        columns,
        rows: NO_ROWS,
        severity: "cosmetic",
        confidence: 1,
        evidence: { emptyColumns: columns.length, losesNothing: true },
        fix: { action: "steps", steps: [{ op: "drop", columns }] },
        counterfactual: null,
        question: null,
        why: `${counted(columns.length, "column has", "columns have")} no value in any row: ${namedColumns(columns)}.`,
      },
    ];
  },
};
