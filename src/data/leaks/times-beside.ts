import type { Column } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { meaningOf } from "../meaning/meaning.ts";

const MOST = 3;

/** The first three columns, but for the one of that name, that tell a time by their type, their role or their name. */
export function timesBeside({ frame, roles }: AuditContext, name: string): readonly Column[] {
  const times = frame.columns.filter(
    (one) => one.name !== name && (one.type === "date" || one.name === roles.time || meaningOf(one.name).time),
  );
  return times.slice(0, MOST);
}
