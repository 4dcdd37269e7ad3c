import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, percent } from "../findings/phrase.ts";
import { daysOfYear } from "../meaning/quantity.ts";
import { ASKS } from "./broken-orders.ts";

/** More rows beyond the end of a year count days of something else. */
const MOST_SHARE = 0.5;

/** Days of the year above the last one, in more rows than a few slips, or in the column that orders the rows: they are counted on into the next year, or are wrong. It asks. told: columns of which it is said. */
export function daysBeyondYear(context: AuditContext, told: ReadonlySet<string>): Suspicion[] {
  const { features, time } = context.roles;
  const columns = context.frame.columns.filter(
    (column): column is NumberColumn => column.type === "number" && (column.name === time || features.includes(column.name)),
  );
  return columns.flatMap((column): Suspicion[] => {
    const high = told.has(column.name) ? null : daysOfYear(column.name);
    if (high === null) return [];
    const { values, present } = valueCounts(context, column);
    const rows = affectedRows(context, (row) => (column.values[row] ?? 0) > high);
    if (rows.count === 0 || rows.count > MOST_SHARE * context.dataset.rows) return [];
    const last = values.at(-1) ?? high;
    return [
      {
        trap: "impossible-value",
        columns: [column.name],
        rows,
        severity: "costly",
        confidence: ASKS,
        evidence: { kind: "beyond the year", high, last, rows: rows.count },
        fix: {
          action: "advice",
          text: `Write \`${column.name}\` as dates, or as days from a day that is named: as days of the year, 1 and 366 are neighbours.`,
        },
        counterfactual: null,
        unmeasured: "Whether days of the next year or mistakes stand there the cells do not say.",
        question: `Is it a mistake where \`${column.name}\` is above ${high}?`,
        choices: ["mistake", "true value"],
        why: `\`${column.name}\` is above ${high}, the last day of a year, in ${counted(rows.count, "row")} (${percent(rows.count / present)}), up to ${amount(last)}: its days are counted on into the next year, or are wrong.`,
      },
    ];
  });
}
