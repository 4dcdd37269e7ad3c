import { expect, test } from "vitest";
import type { Judged } from "../../src/core/metric.ts";
import { createRandom } from "../../src/core/random.ts";
import { f1 } from "../../src/metrics/index.ts";
import { chooseThreshold } from "../../src/model/threshold.ts";

const task = { kind: "binary", classes: ["no", "yes"] } as const;

function rare(rows: number, seed: number): { judged: Judged; parts: Int32Array } {
  const random = createRandom(seed, "rare");
  const outputs = Float64Array.from({ length: rows }, () => random.next() ** 4);
  const truth = outputs.map((p) => (random.next() < p ? 1 : 0));
  return { judged: { task, truth, outputs, weight: null }, parts: Int32Array.from({ length: rows }, (_, row) => row % 5) };
}

test("no other threshold has a better F1 on the same rows", () => {
  const { judged, parts } = rare(600, 1);
  const { value } = chooseThreshold(judged, parts)!;
  const f1At = (threshold: number) => f1.score({ ...judged, outputs: judged.outputs.map((p) => (p >= threshold ? 1 : 0)) });
  const best = Math.max(...judged.outputs.map(f1At));
  expect(f1At(value)).toBeCloseTo(best, 12);
});

test("precision and recall do not profit from the choice: on noise they are those of noise", () => {
  const shares = Array.from({ length: 60 }, (_, seed) => {
    const random = createRandom(seed, "no signal");
    const outputs = Float64Array.from({ length: 100 }, () => random.next());
    const truth = outputs.map(() => (random.next() < 0.3 ? 1 : 0));
    return chooseThreshold(
      { task, truth, outputs, weight: null },
      Int32Array.from({ length: 100 }, (_, row) => row % 5),
    )!.precision;
  });
  expect(Math.abs(shares.reduce((sum, one) => sum + one, 0) / 60 - 0.3)).toBeLessThan(0.02);
});

test("null without two classes and for other tasks", () => {
  const parts = Int32Array.of(0, 1);
  expect(chooseThreshold({ task, truth: Float64Array.of(1, 1), outputs: Float64Array.of(0.2, 0.4), weight: null }, parts)).toBeNull();
  const regression: Judged = { task: { kind: "regression" }, truth: Float64Array.of(1, 2), outputs: Float64Array.of(1, 2), weight: null };
  expect(chooseThreshold(regression, parts)).toBeNull();
});
