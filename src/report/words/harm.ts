import type { Finding, Harm } from "../../core/finding.ts";
import { holdsZero } from "../numbers.ts";
import { listText } from "../plain.ts";
import { metricWords } from "./metric.ts";

const CHANCE = 0.05;
const MOST_NAMED = 3;

/** What is said of a harm that was not shown: no difference, or one that nobody has ruled out. */
export function unshownText({ severity }: Pick<Finding, "severity">): string {
  return severity === "cosmetic" ? "no difference" : "undecided";
}

/** flatters: the score with the trap is too good to be true. damages: mending it makes the score better. none: no difference was shown. */
export function harmDirection(harm: Harm): "flatters" | "damages" | "none" {
  const isShown = !holdsZero(harm) && !(harm.q > CHANCE);
  if (!isShown) return "none";
  const isLower = harm.delta < 0;
  return isLower === (metricWords(harm.metric).better === "higher") ? "flatters" : "damages";
}

/** "both without x, y": columns of other leaks, which neither score of a harm was given (empty: none). */
export function bothWithoutText({ bothWithout = [] }: Pick<Harm, "bothWithout">): string {
  return bothWithout.length === 0 ? "" : `both without ${listText(bothWithout, MOST_NAMED)}`;
}
