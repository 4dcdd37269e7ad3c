import { float64Where } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { valueCounts } from "../columns/counts.ts";
import { type Meaning, meaningOf } from "../meaning/meaning.ts";
import { nameWords } from "../meaning/name-words.ts";
import { isOfFate, type Subject, saysFollowed, saysHowLong, subjectOf } from "../meaning/span-words.ts";

/** What a column's name says beside the names of all others: "duration" in a table of calls is not that of a table of loans. */
export function meaningIn(context: AuditContext, name: string): Meaning {
  const subject = subjectOfTable(context);
  // A number of deaths is no fate of anybody.
  const isUntilFate = subject.fate !== null && context.task.kind !== "regression" && mayLast(context, name);
  return meaningOf(name, isUntilFate ? subject : { ...subject, fate: null });
}

function subjectOfTable(context: AuditContext): Subject {
  return context.shared("subject of the table", () =>
    subjectOf(
      context.frame.columns.map((column) => nameWords(column.name)),
      nameWords(context.roles.target),
    ),
  );
}

/** Whether the column and the target are named as the time that somebody was followed and what was seen at its end, and the values can be lengths. */
export function isTimeOfFate(context: AuditContext, name: string): boolean {
  return (
    context.task.kind !== "regression" &&
    isOfFate(nameWords(name), nameWords(context.roles.target), subjectOfTable(context)) &&
    mayLast(context, name)
  );
}

/** Whether the name says how long and nothing of what, and the values can be lengths. */
export function mayBeFollowed(context: AuditContext, name: string): boolean {
  return context.task.kind !== "regression" && saysHowLong(nameWords(name), nameWords(context.roles.target)) && mayLast(context, name);
}

/** Times on a clock lie between 0 and 24, some of them after noon, and are told to the minute; what lasted until something happened has many lengths, some of them longer or written finer, or all of them short. */
const CLOCK_END = 24;
const NOON = 12;
const FIRST_HOUR = 1;
const MINUTES = 60;
const LEAST_LENGTHS = 20;
/** Years that somebody was followed, by their name. */
const LEAST_FOLLOWED = 5;

/** Whether the values of a column can be lengths of time: what is called "time" may be the hour of the day. */
function mayLast(context: AuditContext, name: string): boolean {
  const column = context.frame.columns.find((one) => one.name === name);
  if (column?.type !== "number") return false;
  const { values } = valueCounts(context, column);
  if ((values[0] ?? -1) < 0) return false;
  if (saysFollowed(nameWords(name)) && values.length >= LEAST_FOLLOWED) return true;
  if (values.length < LEAST_LENGTHS) return false;
  const [least, most] = [values[0] ?? 0, values.at(-1) ?? 0];
  return most > CLOCK_END || (least < FIRST_HOUR && most <= NOON) || 2 * float64Where(values, isFinerThanMinutes).length > values.length;
}

/** Neither a whole minute nor a hundredth of an hour. */
function isFinerThanMinutes(hours: number): boolean {
  return [MINUTES, 100].every((parts) => Math.abs(parts * hours - Math.round(parts * hours)) > 1e-6);
}
