import type { Verdict } from "../../core/verdict.ts";

const BADGES: Readonly<Record<Verdict["decision"], string>> = { go: "Go", "no-go": "No-go", unknown: "No answer yet" };

export function badgeText(decision: Verdict["decision"]): string {
  return BADGES[decision];
}

/** The headline beside its badge: what the badge says already is left out. */
export function headlineText({ decision, headline }: Verdict): string {
  const badge = `${BADGES[decision]}.`;
  return headline.toLowerCase().startsWith(`${badge.toLowerCase()} `) ? headline.slice(badge.length).trimStart() : headline;
}
