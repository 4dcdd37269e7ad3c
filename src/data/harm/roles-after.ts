import type { Suspicion } from "../../core/finding.ts";
import type { Roles } from "../../core/role.ts";
import { droppedBy } from "./ground.ts";

/** Roles after the columns of the kept fixes were taken out. */
export function rolesAfter(roles: Roles, kept: readonly Suspicion[]): Roles {
  const reasons = kept.flatMap(({ fix, trap }) =>
    fix.action === "steps" ? [...droppedBy(fix.steps)].map((name): [string, string] => [name, `left out: ${trap}`]) : [],
  );
  const dropped = new Set(reasons.map(([name]) => name));
  const gone = roles.features.filter((name) => dropped.has(name));
  return {
    ...roles,
    features: roles.features.filter((name) => !dropped.has(name)),
    ignored: [...roles.ignored, ...gone],
    why: Object.fromEntries([...Object.entries(roles.why), ...reasons.filter(([name]) => gone.includes(name))]),
  };
}
