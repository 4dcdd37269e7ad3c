import type { LearningCurve } from "../../core/plan.ts";

/** "rows" or "groups": what there would be more of. */
export function curveUnits({ units }: Pick<LearningCurve, "units">): string {
  return units.startsWith("groups of ") ? "groups" : units;
}

/** A sentence without its stop: would more of it help whom? */
export function curveAnswer({ verdict, of: { label, isShipped } }: Pick<LearningCurve, "verdict" | "of">): string {
  if (isShipped)
    return { "more-data-helps": "They would help", "more-data-does-not-help": "They would hardly help", unknown: "Not known" }[verdict];
  const without = `no model ships, this is about ${label}`;
  return {
    "more-data-helps": `They would make a better model (${without})`,
    "more-data-does-not-help": `They would hardly make a better model (${without}); judging it may still need more`,
    unknown: `Not known (${without})`,
  }[verdict];
}
