import type { AuditContext } from "../check.ts";
import { type StoppedLevels, stoppedLevels } from "../labels/stopped-levels.ts";
import { type ConstantLevel, zeroLevels } from "../labels/zero-levels.ts";
import { associationsOf } from "../signal/associations.ts";
import { NEAR_PERFECT } from "../signal/leak-odds.ts";
import { givenExactly } from "./given-exactly.ts";

/** Levels in which the target is 0 alone. What the target is computed from, and what nearly gives it (target-leak), gives its zeros too, and says nothing of them. */
export function zerosOfKinds(context: AuditContext): readonly ConstantLevel[] {
  return zeroLevels(context).filter(mayHide(context));
}

/** Columns with levels in which the target has one value from a time on, of two that hold the same rows the more surprising one. */
export function stoppedKinds(context: AuditContext): readonly StoppedLevels[] {
  const told = new Set<number>();
  return stoppedLevels(context)
    .filter(mayHide(context))
    .filter(({ rows }) => {
      const known = rows.filter((row) => told.has(row)).length;
      for (const row of rows) told.add(row);
      return 2 * known < rows.length;
    });
}

function mayHide(context: AuditContext): (level: { readonly column: string }) => boolean {
  const given = new Set(givenExactly(context).flatMap(({ columns }) => columns));
  return ({ column }) => !given.has(column) && !((associationsOf(context).get(column)?.score ?? 0) >= NEAR_PERFECT);
}
