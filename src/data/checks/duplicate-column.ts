import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { offeredLevels } from "../columns/features.ts";
import { type ColumnCopies, columnCopies } from "../copies/column-copies.ts";
import { type NearlySameKeys, nearlySameKeys } from "../copies/nearly-same-keys.ts";
import { affectedRows, NO_ROWS } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent, quoted } from "../findings/phrase.ts";

/** Columns that hold the same, value for value or under other names. */
export const duplicateColumn: Check = {
  trap: "duplicate-column",
  title: "Columns hold the same",
  inspect: (context) => [
    ...columnCopies(context).map(suspicion),
    ...nearlySameKeys(offeredLevels(context), context.frame.rows).map((one) => nearlySame(context, one)),
  ],
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

/** A key that was copied into another column, where that has one of its own in the rest, or a slip. */
function nearlySame(context: AuditContext, { first, other, compared, same }: NearlySameKeys): Suspicion {
  const textsAt = (row: number) => [first, other].map(({ levels, codes }) => levels[codes[row] ?? -1]);
  const differs = (row: number) => {
    const [a, b] = textsAt(row);
    return a !== undefined && b !== undefined && a !== b;
  };
  const rows = affectedRows(context, differs);
  const [a = "", b = ""] = textsAt(Array.from({ length: context.frame.rows }, (_, row) => row).find(differs) ?? 0);
  return {
    trap: "duplicate-column",
    columns: [first.name, other.name],
    rows,
    severity: "cosmetic",
    confidence: 0.9,
    evidence: { kind: "mostly the same text", comparedRows: compared, sameRows: same },
    fix: {
      action: "advice",
      text: `Look at the rows in which \`${first.name}\` and \`${other.name}\` differ: if one is a slip, correct it; where both name the thing, keep one.`,
    },
    counterfactual: null,
    unmeasured: "Texts of which each row has its own are no category of a model.",
    question: null,
    why: `\`${first.name}\` and \`${other.name}\` hold the same text in ${amount(same)} of ${counted(compared, "row")} (${percent(same / compared)}), and another one in ${amount(compared - same)} (such as ${quoted(a)} and ${quoted(b)}): one is mostly a copy of the other.`,
  };
}
