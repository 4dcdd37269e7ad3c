import type { CostOption } from "../../core/plan.ts";

/** The same instance in the list of tripled load. */
export function tripledOf(option: CostOption, tripled: readonly CostOption[]): CostOption | null {
  return (
    tripled.find(({ cloud, instance, region }) => cloud === option.cloud && instance === option.instance && region === option.region) ??
    null
  );
}
