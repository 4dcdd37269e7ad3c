import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { counted, percent } from "../findings/phrase.ts";
import { elapsedColumns, elapsedError } from "./elapsed-columns.ts";

/** Share of the rows in which the number is the time between two dates. */
const HOLDS = 0.95;
/** Off by more than it may be, and by so many units more. */
const BEYOND = 0.5;
const LEAST_BROKEN = 3;
const SURE = 0.75;
const DAY_MS = 86_400_000;

/** Ages, lengths of stay: numbers that two dates of the row give in nearly all rows, and contradict in a few. */
export function brokenElapsed(context: AuditContext, numbers: readonly NumberColumn[]): readonly Suspicion[] {
  const { frame, roles } = context;
  const dates = frame.columns.flatMap((column): NumberColumn[] =>
    column.type === "date" && (roles.features.includes(column.name) || column.name === roles.time)
      ? [{ ...column, type: "number", values: column.values.map((ms) => ms / DAY_MS) }]
      : [],
  );
  return elapsedColumns(dates, numbers, HOLDS).flatMap(({ number, from, to, unit, compared, held, days, whole }): Suspicion[] => {
    const isBroken = (row: number) => {
      const { error, allowed } = elapsedError(number, from, to, days, whole, row);
      return error > allowed + BEYOND;
    };
    const rows = affectedRows(context, isBroken);
    if (rows.count < LEAST_BROKEN) return [];
    return [
      {
        trap: "impossible-value",
        columns: [number.name, from.name, to.name],
        rows,
        severity: "costly",
        confidence: SURE,
        evidence: { kind: "elapsed", unit, comparedRows: compared, heldRows: held },
        fix: {
          action: "advice",
          text: `Look at these rows: \`${number.name}\` or one of the dates is wrong; correct it at its source, or leave it empty.`,
        },
        counterfactual: null,
        unmeasured: "Which of the three is wrong the cells do not say.",
        question: null,
        why: `\`${number.name}\` is the time from \`${from.name}\` to \`${to.name}\` in ${unit} in ${percent(held / compared)} of the rows, and in ${counted(rows.count, "row")} it is not, by more than rounding.`,
      },
    ];
  });
}
