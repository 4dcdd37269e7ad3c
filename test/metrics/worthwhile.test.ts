import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { METRICS, metricNamed, worthwhileGain } from "../../src/metrics/index.ts";

describe("gain that counts", () => {
  test.each(METRICS)("$name: a model can gain it over any rule that is not perfect, and nothing counts over one that is", (metric) => {
    const { best, worst, better } = metric;
    const farthest = Number.isFinite(worst) ? worst : better === "higher" ? -1e3 : 1e3;
    const score = fc.double({ min: Math.min(best, farthest), max: Math.max(best, farthest), noNaN: true });
    fc.assert(
      fc.property(score, (simple) => {
        const { gain } = worthwhileGain(metric, simple);
        expect(gain).toBeLessThanOrEqual(0.5 * Math.abs(best - simple));
        expect(gain > 0 || Math.abs(best - simple) < 1e-300).toBe(true);
      }),
      { numRuns: 200, seed: 1 },
    );
    expect(worthwhileGain(metric, best).gain).toBe(0);
  });

  test("two points, half of what is left beside a rule near the best value, a twentieth of a loss; it says which", () => {
    const auc = metricNamed("auc");
    expect(worthwhileGain(auc, 0.5)).toEqual({ gain: 0.02, why: "0.02 ROC AUC" });
    const near = worthwhileGain(auc, 0.99);
    expect([near.gain, near.why]).toEqual([expect.closeTo(0.005, 10), "half of what the simple rule leaves to the best ROC AUC (1)"]);
    const loss = worthwhileGain(metricNamed("rmse"), 40);
    expect([loss.gain, loss.why]).toEqual([2, "5 % of the simple rule's RMSE"]);
  });
});
