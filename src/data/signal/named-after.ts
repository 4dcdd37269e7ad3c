import type { AuditContext } from "../check.ts";
import { valueCounts } from "../columns/counts.ts";
import { type Meaning, meaningOf } from "../meaning/meaning.ts";
import { nameWords } from "../meaning/name-words.ts";
import { subjectOf } from "../meaning/span-words.ts";

/** What a column's name says beside the names of all others: "duration" in a table of calls is not that of a table of loans. */
export function meaningIn(context: AuditContext, name: string): Meaning {
  const subject = context.shared("subject of the table", () =>
    subjectOf(
      context.frame.columns.map((column) => nameWords(column.name)),
      nameWords(context.roles.target),
    ),
  );
  return meaningOf(name, subject.fate === null || mayLast(context, name) ? subject : { ...subject, fate: null });
}

/** Times on a clock lie between 0 and 24; what lasted until something happened has many lengths, some of them longer. */
const CLOCK_END = 24;
const LEAST_LENGTHS = 20;

/** Whether the values of a column can be lengths of time: what is called "time" may be the hour of the day. */
function mayLast(context: AuditContext, name: string): boolean {
  const column = context.frame.columns.find((one) => one.name === name);
  if (column?.type !== "number") return false;
  const { values } = valueCounts(context, column);
  return values.length >= LEAST_LENGTHS && (values[0] ?? -1) >= 0 && (values.at(-1) ?? 0) > CLOCK_END;
}
