import type { CostOption } from "../../core/plan.ts";
import { countText, percentText } from "../numbers.ts";
import { usdText } from "../units.ts";

/** The same instance in the list of tripled load. */
export function tripledOf(option: CostOption, tripled: readonly CostOption[]): CostOption | null {
  return (
    tripled.find(({ cloud, instance, region }) => cloud === option.cloud && instance === option.instance && region === option.region) ??
    null
  );
}

/** Options that are shown, in the chart and in the tables alike. */
export const MOST_OPTIONS = 12;

/** "2 AWS t4g.small". */
export function machinesText({ replicas, cloud, instance }: CostOption): string {
  return `${replicas === 1 ? "" : `${replicas} `}${cloud} ${instance}`;
}

/** What an option costs when the users triple; where its machines suffice, that, and how busy they are then at the peak. null when not known. */
export function tripledText(option: CostOption, tripled: readonly CostOption[]): string | null {
  const later = tripledOf(option, tripled);
  if (later === null) return null;
  if (later.replicas !== option.replicas)
    return `${usdText(later.usdPerMonth)} when the users triple (${countText(later.replicas, "machine")})`;
  return `which ${option.replicas === 1 ? "suffices" : "suffice"} when the users triple (then ${busyText(later.utilisation)} busy)`;
}

function busyText(share: number): string {
  return share > 0 && share < 0.01 ? "under 1 %" : percentText(share);
}
