import type { Suspicion } from "../../core/finding.ts";
import { type RegularReading, regularReading } from "../../core/regular-reading.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted } from "../findings/phrase.ts";

const DAY_MS = 86_400_000;

/** The rhythm of dates as they were read and with day and month the other way round; null where neither is much more regular. In a sample of the rows every step is a gap. */
function rhythmOfDates(context: AuditContext, column: NumberColumn): RegularReading | null {
  const { values } = valueCounts(context, column);
  return context.frame.rowNumbers === null ? regularReading(values, values.map(withDayAsMonth)) : null;
}

/** Dates with a rhythm either way: which is theirs only a person can tell. */
export function haveTwoRhythms(context: AuditContext, column: NumberColumn): boolean {
  return rhythmOfDates(context, column)?.otherIsRegular === true;
}

function withDayAsMonth(ms: number): number {
  const moment = new Date(ms);
  return Date.UTC(moment.getUTCFullYear(), moment.getUTCDate() - 1, moment.getUTCMonth() + 1) + (ms - Math.floor(ms / DAY_MS) * DAY_MS);
}

/** No cell tells, but the steps between them do: read the other way round, the rhythm breaks wherever a day ends. open: cells that the other order (format `other`) reads as another day. null: they do not tell either. */
export function byRhythm(
  context: AuditContext,
  {
    column,
    dateFormat,
    other,
    open,
  }: { readonly column: NumberColumn; readonly dateFormat: string; readonly other: string; readonly open: number },
): Suspicion | null {
  const found = rhythmOfDates(context, column);
  if (found === null || !found.isFirst || found.otherIsRegular) return null;
  const { step, breaks, otherBreaks } = found;
  return {
    trap: "text-date",
    columns: [column.name],
    rows: affectedRows(context, (row) => isOpen(column, row)),
    severity: "cosmetic",
    confidence: 0.9,
    evidence: { format: dateFormat, otherFormat: other, onlyThisWay: 0, eitherWay: open, stepMs: step, breaks, otherBreaks },
    fix: { action: "advice", text: `Write \`${column.name}\` at its source with the year first (2024-03-31).` },
    counterfactual: null,
    unmeasured: "The dates are read rightly here: nothing is lost that could be won back.",
    question: null,
    why: `Every date in \`${column.name}\` can be read as ${dateFormat} and as ${other} (${counted(open, "cell")} with another result); it was read as ${dateFormat} because the times then go on in steps of one length, with ${breaks === 0 ? "no break" : counted(breaks, "break")}: read the other way round they would break ${amount(otherBreaks)} times.`,
  };
}

export function isOpen({ values }: NumberColumn, row: number): boolean {
  const moment = new Date(values[row] ?? Number.NaN);
  return moment.getUTCDate() <= 12 && moment.getUTCDate() !== moment.getUTCMonth() + 1;
}
