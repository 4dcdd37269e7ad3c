import { expect, test } from "vitest";
import { OldhandError } from "../../src/core/error.ts";
import { createRandom } from "../../src/core/random.ts";
import { defaultMetric, METRICS, metricNamed, metricsFor, takeJudged } from "../../src/metrics/index.ts";

const binary = { kind: "binary", classes: ["no", "yes"] } as const;
const multiclass = { kind: "multiclass", classes: ["a", "b", "c"] } as const;
const regression = { kind: "regression" } as const;

function refused(name: string): OldhandError {
  try {
    metricNamed(name);
  } catch (error) {
    if (error instanceof OldhandError) return error;
  }
  throw new Error(`"${name}" was not refused`);
}

test("names are unique and found", () => {
  for (const metric of METRICS) expect(metricNamed(metric.name)).toBe(metric);
  expect(new Set(METRICS.map((metric) => metric.name)).size).toBe(METRICS.length);
  expect(metricNamed("pinball-0.9").name).toBe("pinball-0.9");
});

test("a misspelt name gets the nearest one", () => {
  expect(refused("logloss")).toMatchObject({ code: "bad-option", parts: { fix: 'Did you mean "log-loss"?' } });
  expect(refused("Average_Precision").parts.fix).toContain('"average-precision"');
  expect(refused("acuracy").message).toContain('Did you mean "accuracy"?');
  for (const name of ["pinball-0", "pinball-1", "pinball-1.5", "pinball-x", "", "__proto__"]) expect(refused(name).code).toBe("bad-option");
});

test("metrics of a task", () => {
  const names = (task: Parameters<typeof metricsFor>[0]) => metricsFor(task).map((metric) => metric.name);
  expect(names(binary)).toEqual(expect.arrayContaining(["auc", "average-precision", "brier", "f1", "precision", "recall"]));
  expect(names(multiclass)).toEqual(expect.arrayContaining(["auc", "log-loss", "macro-f1", "balanced-accuracy", "quadratic-kappa"]));
  expect(names(regression)).toEqual(["rmse", "mae", "r2", "mape", "pinball"]);
});

test("the default says why", () => {
  expect(defaultMetric(binary, [50, 50])).toMatchObject({ name: "auc" });
  expect(defaultMetric(binary, [95, 5])).toMatchObject({ name: "auc", why: expect.stringContaining("5.0 %") });
  expect(defaultMetric(multiclass, [5, 5, 5])).toMatchObject({ name: "log-loss", why: expect.stringContaining("3 classes") });
});

test("RMSE by default, MAE when one row in a hundred would decide it", () => {
  const random = createRandom(11, "tail");
  const draw = (of: () => number) => Float64Array.from({ length: 4000 }, of);
  const heavy = () => Math.exp(2 * random.normal());
  expect(defaultMetric(regression, []).name).toBe("rmse");
  expect(
    defaultMetric(
      regression,
      [],
      draw(() => random.normal()),
    ).name,
  ).toBe("rmse");
  expect(
    defaultMetric(
      regression,
      [],
      draw(() => random.next()),
    ).name,
  ).toBe("rmse");
  expect(defaultMetric(regression, [], new Float64Array(4000)).name).toBe("rmse");
  expect(defaultMetric(regression, [], draw(heavy))).toMatchObject({ name: "mae", why: expect.stringContaining("heavy tail") });
  // Mostly zeros: always saying 0 would win on MAE.
  expect(
    defaultMetric(
      regression,
      [],
      draw(() => (random.next() < 0.6 ? 0 : heavy())),
    ).name,
  ).toBe("rmse");
});

test("metrics of the order compare the answers of one model alone: the mean of each one's, by its pairs or positive rows", () => {
  const answeredBy = Int32Array.of(0, 1, 0, 1, 0, 1, 1, 0, 2);
  const truth = Float64Array.of(1, 0, 0, 1, 0, 1, 0, 1, 0);
  const outputs = Float64Array.of(0.2, 0.9, 0.1, 0.95, 0.3, 0.7, 0.6, 0.25, 0.01);
  const judged = { task: { kind: "binary", classes: ["no", "yes"] }, truth, outputs, weight: null } as const;
  const each = [0, 1].map((model) =>
    takeJudged(
      judged,
      Int32Array.from(answeredBy.keys()).filter((row) => answeredBy[row] === model),
    ),
  );
  for (const metric of [metricNamed("auc"), metricNamed("average-precision")]) {
    const [a, b] = each.map((one) => metric.score(one));
    expect(metric.score({ ...judged, answeredBy })).toBeCloseTo((a! + b!) / 2, 12);
    expect(metric.score(judged)).not.toBeCloseTo((a! + b!) / 2, 2);
  }
});
