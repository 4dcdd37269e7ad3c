import type { AuditContext } from "../check.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { askedGroups } from "./asked-groups.ts";
import { judgedGroup } from "./group-or-time.ts";
import { columnsOfKey } from "./profile-key.ts";

/**
 * Columns that name the things by which a model is judged, or of which it is asked whether new ones come, and keys of what these belong
 * to: of a new one a model knows none of their values.
 */
export function columnsOfGroups(context: AuditContext): ReadonlySet<string> {
  return context.shared("columns of groups", () => {
    const judged = judgedGroup(context);
    // Levels that are only alike stay levels.
    const asked = askedGroups(context).filter(({ byLevels }) => byLevels !== true);
    const above = asked.flatMap(({ constant }) => constant).filter((name) => meaningOf(name).keyOf !== null || meaningOf(name).entity);
    const keys = [...(judged === null ? [] : [judged.key]), ...asked.map(({ key }) => key)];
    return new Set([...keys.filter(({ cut }) => cut === null).flatMap(columnsOfKey), ...above]);
  });
}
