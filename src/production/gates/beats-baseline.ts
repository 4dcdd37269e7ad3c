import { type Candidate, type Comparison, headlineOf } from "../../core/comparison.ts";
import { rangeTexts } from "../../core/digits.ts";
import { type Gate, judgedBy } from "./gate.ts";

/** The chosen model's paired gain over the best simple rule must exclude 0. */
export const beatsBaseline: Gate = {
  gate: "beats-baseline",
  title: "Beats the simple rule",
  rubric: ["M5", "I4"],
  run: async ({ comparison }) => {
    const chosen = comparison.candidates.find(({ name }) => name === comparison.chosen);
    if (chosen === undefined) return judgedBy(false, "No model was chosen.");
    const gain = headlineOf(comparison)?.overBaseline ?? null;
    if (gain === null) return judgedBy(false, `The chosen one is itself a simple rule (${chosen.label}): no model was better.`);
    const gainText = rangeTexts(gain);
    const where = comparison.test === null ? "" : ` on ${comparison.test.rows} given test rows`;
    const words = `${gainText.value} ${comparison.metricLabel} better than ${baselineOf(comparison)?.label ?? "the simple rule"}${where}`;
    const range = `[${gainText.low}, ${gainText.high}], ${gain.method}`;
    const isPassed = gain.low > 0 && comparison.verdict === "model";
    const evidence = { chosen: chosen.name, verdict: comparison.verdict, gain: gain.value, low: gain.low, high: gain.high };
    const why = isPassed ? `${words} ${range}.` : `Not shown to be better: ${words} ${range}.`;
    return judgedBy(isPassed, why, { measured: gain, evidence });
  },
};

/** The best candidate that is no model. */
export function baselineOf({ candidates, better }: Comparison): Candidate | null {
  const sign = better === "higher" ? -1 : 1;
  const baselines = candidates.filter(({ state }) => state === "baseline");
  return [...baselines].sort((a, b) => sign * (a.score.value - b.score.value))[0] ?? null;
}
