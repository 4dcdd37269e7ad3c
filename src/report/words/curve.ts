import type { LearningCurve } from "../../core/plan.ts";

/** "rows" or "groups": what there would be more of. */
export function curveUnits({ units }: Pick<LearningCurve, "units">): string {
  return units.startsWith("groups of ") ? "groups" : units;
}

/** A sentence without its stop: would more of it help whom? */
export function curveAnswer({ verdict, of }: Pick<LearningCurve, "verdict" | "of">): string {
  if (of.isShipped)
    return { "more-data-helps": "They would help", "more-data-does-not-help": "They would hardly help", unknown: "Not known" }[verdict];
  const without = `what ships is ${of.shipped}; this is about ${of.label}, which does not, and its scores are not corrected for having been picked`;
  return {
    "more-data-helps": `They would make a better model (${without})`,
    "more-data-does-not-help": `They would hardly make a better model (${without}); judging it may still need more`,
    unknown: `Not known (${without})`,
  }[verdict];
}
