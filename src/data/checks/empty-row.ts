import type { Check } from "../check.ts";
import { affectedRows, countInFrame } from "../findings/affected-rows.ts";
import { counted } from "../findings/phrase.ts";
import { emptyRowNumbers } from "../missing/empty-rows.ts";

/** Rows without any value: they have no label either, and go with the unlabelled rows. */
export const emptyRow: Check = {
  trap: "empty-row",
  title: "Rows hold nothing",
  inspect(context) {
    const empty = new Set(emptyRowNumbers(context));
    if (empty.size === 0) return [];
    const rows = affectedRows(context, (row) => empty.has(row));
    return [
      {
        trap: "empty-row",
        columns: [],
        rows,
        severity: "cosmetic",
        confidence: 1,
        evidence: { emptyRows: rows.count },
        fix: { action: "steps", steps: [{ op: "drop-unlabelled-rows", target: context.roles.target }] },
        counterfactual: null,
        question: null,
        why: `${counted(countInFrame(rows), "row has", "rows have")} no value in any column.`,
      },
    ];
  },
};
