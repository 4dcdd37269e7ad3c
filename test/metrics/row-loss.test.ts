import { expect, test } from "vitest";
import type { Judged } from "../../src/core/metric.ts";
import { hasLossPerRow, lossPerRow, METRICS, metricNamed } from "../../src/metrics/index.ts";
import { weightedMean } from "../../src/stats/index.ts";

const binary: Judged = {
  task: { kind: "binary", classes: ["no", "yes"] },
  truth: Float64Array.of(1, 0, 1),
  outputs: Float64Array.of(0.8, 0.4, 0.3),
  weight: Float64Array.of(1, 2, 5),
};
const regression: Judged = { task: { kind: "regression" }, truth: Float64Array.of(1, 2), outputs: Float64Array.of(3, 1), weight: null };

test("losses of a task", () => {
  const losses = lossPerRow(binary.task, binary);
  [0.8, 0.6, 0.3].forEach((p, row) => {
    expect(losses[row]).toBeCloseTo(-Math.log(p), 12);
  });
  expect([...lossPerRow(regression.task, regression)]).toEqual([4, 1]);
});

test("their weighted mean gives the score", () => {
  const fromMean: Record<string, (loss: number) => number> = { rmse: Math.sqrt, accuracy: (loss) => 1 - loss };
  for (const metric of METRICS.filter(hasLossPerRow)) {
    const judged = metric.tasks.includes("binary") ? binary : regression;
    const meanLoss = weightedMean(lossPerRow(metric, judged), judged.weight);
    expect((fromMean[metric.name] ?? ((loss: number) => loss))(meanLoss)).toBeCloseTo(metric.score(judged), 12);
  }
});

test("which metrics are made of row losses", () => {
  const names = METRICS.filter(hasLossPerRow).map((metric) => metric.name);
  expect(names).toEqual(["log-loss", "brier", "accuracy", "rmse", "mae", "mape", "pinball"]);
  expect(() => lossPerRow(metricNamed("auc"), binary)).toThrow(RangeError);
});
