import type { Metric } from "../core/metric.ts";

/** Of a loss, a twentieth of the simple rule's; where higher is better, two points of a hundred. Conventions, not measurements. */
export const WORTHWHILE_LOSS = 0.05;
const MOST_POINTS = 0.02;

/** Near the best value two points are not left: half of what the simple rule leaves counts however little it is. A smaller share would leave nearly all answers open there. */
const SHARE_LEFT = 0.5;

export interface Worthwhile {
  /** In units of the metric, positive; 0 when the simple rule is perfect. */
  readonly gain: number;
  readonly why: string;
}

/** The largest gain that can be asked for beside such a score: less may count near the best value, more counts everywhere. */
export function largestWorthwhile({ better }: Pick<Metric, "better">, score: number): number {
  return better === "lower" ? WORTHWHILE_LOSS * Math.abs(score) : MOST_POINTS;
}

/** What a model must gain over a simple rule of this score to be worth having (docs/model.md). */
export function worthwhileGain({ better, best, label }: Pick<Metric, "better" | "best" | "label">, simpleScore: number): Worthwhile {
  if (better === "lower")
    return { gain: WORTHWHILE_LOSS * Math.abs(simpleScore), why: `${100 * WORTHWHILE_LOSS} % of the simple rule's ${label}` };
  const left = SHARE_LEFT * Math.abs(best - simpleScore);
  return left < MOST_POINTS
    ? { gain: left, why: `half of what the simple rule leaves to the best ${label} (${best})` }
    : { gain: MOST_POINTS, why: `${MOST_POINTS} ${label}` };
}
