import type { Metric } from "../core/metric.ts";

/** Least gain that counts: points of the metric, or a share of the loss that the simple rule leaves. */
type Declared = { readonly points: number } | { readonly share: number };

/** Where higher is better, two points of a hundred; where lower is better, a twentieth of the simple rule's loss. Conventions, not measurements. */
const POINTS: Declared = { points: 0.02 };
export const WORTHWHILE_LOSS = 0.05;
const SHARE: Declared = { share: WORTHWHILE_LOSS };

export interface Worthwhile {
  /** In units of the metric, positive. */
  readonly gain: number;
  readonly why: string;
}

/** What a model must gain over a simple rule of this score to be worth having (docs/model.md). */
export function worthwhileGain({ better, label }: Pick<Metric, "better" | "label">, simpleScore: number): Worthwhile {
  const declared = better === "higher" ? POINTS : SHARE;
  if ("points" in declared) return { gain: declared.points, why: `${declared.points} ${label}` };
  return { gain: declared.share * Math.abs(simpleScore), why: `${100 * declared.share} % of the simple rule's ${label}` };
}
