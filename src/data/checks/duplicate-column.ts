import type { Suspicion } from "../../core/finding.ts";
import type { Check } from "../check.ts";
import { type ColumnCopies, columnCopies } from "../copies/column-copies.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { counted, namedColumns } from "../findings/phrase.ts";

/** Columns that hold the same, value for value or under other names. */
export const duplicateColumn: Check = {
  trap: "duplicate-column",
  title: "Columns hold the same",
  inspect: (context) => columnCopies(context).map(suspicion),
};

function suspicion({ first, copies, sameCells }: ColumnCopies): Suspicion {
  const columns = [first, ...copies].map(({ name }) => name);
  const steps = [{ op: "drop" as const, columns: columns.slice(1) }];
  return {
    trap: "duplicate-column",
    columns,
    rows: NO_ROWS,
    severity: "cosmetic",
    confidence: sameCells ? 0.99 : 0.95,
    evidence: { copies: copies.length, sameCells, losesNothing: true },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
    question: null,
    why: sameCells
      ? `${namedColumns(columns)} are equal in every row: ${counted(copies.length, "column tells", "columns tell")} nothing new and ${copies.length === 1 ? "shares" : "share"} the importance of the first.`
      : `${namedColumns(columns)} say the same in other words or units: each value of one goes with one value of the other.`,
  };
}
