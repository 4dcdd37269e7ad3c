import { bestBaselineOf, headlineOf } from "../../core/comparison.ts";
import { differenceWords, directionOf } from "../../core/score-difference.ts";
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
    if (comparison.verdict !== "model") {
      const best = bestBaselineOf(comparison);
      const than = best === null || best.name === chosen.name ? "" : ` than ${best.label}`;
      return judgedBy(false, `The chosen one is itself a simple rule (${chosen.label}): no model is shown to be better${than}.`);
    }
    const where = comparison.test === null ? "" : ` on ${comparison.test.rows} given test rows`;
    const baseline = bestBaselineOf(comparison)?.label ?? "the simple rule";
    const isPassed = directionOf(gain) === "better";
    const evidence = { chosen: chosen.name, verdict: comparison.verdict, gain: gain.value, low: gain.low, high: gain.high };
    const words = differenceWords(gain, `${baseline}${where}`, comparison.metricLabel);
    const why = `${words.charAt(0).toUpperCase()}${words.slice(1)}, ${gain.method}.`;
    return judgedBy(isPassed, why, { measured: gain, evidence });
  },
};
