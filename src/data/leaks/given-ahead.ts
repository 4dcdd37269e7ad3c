import { columnOf } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { DAY_MS, numberFeatures } from "../columns/features.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { answerFor } from "../signal/leak-odds.ts";
import { elapsedColumns } from "../values/elapsed-columns.ts";

/** A name that says so much is that of a length known when it is over: "days_to_close". */
const NAMED_LATE = 0.5;

/** The feature that is the time from `time` to `date` in a unit and is not called late: an arrival is the booking and the days ahead. null: none is. */
export function givenAhead(context: AuditContext, date: string, time: string): string | null {
  const dates = [time, date].flatMap((name) => {
    const column = columnOf(context.frame, name);
    return column.type === "date" ? [{ name, type: "number" as const, values: column.values.map((ms) => ms / DAY_MS) }] : [];
  });
  const known = numberFeatures(context).filter(
    ({ name }) => answerFor(context, name) === "before" || (answerFor(context, name) === null && meaningOf(name).after < NAMED_LATE),
  );
  return elapsedColumns(dates, known)[0]?.number.name ?? null;
}
