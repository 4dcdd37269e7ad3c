import { type RegularReading, regularReading } from "../../core/regular-reading.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";

const DAY_MS = 86_400_000;

/** The rhythm of dates that the other order of day and month would break; null where there is none, or where that order is as regular. In a sample of the rows every step is a gap. */
export function datesInRhythm(context: AuditContext, column: NumberColumn): RegularReading | null {
  const { values } = valueCounts(context, column);
  const found = context.frame.rowNumbers === null ? regularReading(values, values.map(withDayAsMonth)) : null;
  return found?.isFirst === true ? found : null;
}

function withDayAsMonth(ms: number): number {
  const moment = new Date(ms);
  return Date.UTC(moment.getUTCFullYear(), moment.getUTCDate() - 1, moment.getUTCMonth() + 1) + (ms - Math.floor(ms / DAY_MS) * DAY_MS);
}
