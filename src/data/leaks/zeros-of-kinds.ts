import type { AuditContext } from "../check.ts";
import { type ConstantLevel, zeroLevels } from "../labels/zero-levels.ts";
import { associationsOf } from "../signal/associations.ts";
import { NEAR_PERFECT } from "../signal/leak-odds.ts";
import { givenExactly } from "./given-exactly.ts";

/** Levels in which the target is 0 alone. What the target is computed from, and what nearly gives it (target-leak), gives its zeros too, and says nothing of them. */
export function zerosOfKinds(context: AuditContext): readonly ConstantLevel[] {
  const given = new Set(givenExactly(context).flatMap(({ columns }) => columns));
  const nearly = (name: string) => (associationsOf(context).get(name)?.score ?? 0) >= NEAR_PERFECT;
  return zeroLevels(context).filter(({ column }) => !given.has(column) && !nearly(column));
}
