import type { AuditContext } from "../check.ts";
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
  return meaningOf(name, subject);
}
