import { describe, expect, test } from "vitest";
import type { Experiment, Outcome } from "../../src/core/experiment.ts";
import { createRandom } from "../../src/core/random.ts";
import type { SplitPolicy } from "../../src/core/split.ts";
import { compareOutcomes, estimateOf, type Ground, groundOf } from "../../src/lab/index.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import { correctedT } from "../../src/stats/index.ts";
import recorded from "../reference/recorded/lab.json" with { type: "json" };
import { BINARY, experiment, labWith, table } from "./tables.ts";

const NONE = { rows: new Int32Array(0), outputs: new Float64Array(0), repeats: 1 };

/** An outcome with these scores per fold. */
function scored(scores: readonly number[], sizes = { trainRows: 80, testRows: 20 }, changes: Partial<Experiment> = {}): Outcome {
  const split: SplitPolicy = { policy: "random", folds: scores.length, repeats: 1 };
  const folds = scores.map((score, fold) => ({ fold, ...sizes, scores: { auc: score }, fitMs: 0, predictMs: 0 }));
  const asked = experiment({ task: BINARY, metrics: ["auc"], split, ...changes });
  return { id: `${scores.length}-${asked.seed}`, experiment: asked, folds, scores: {}, outOfFold: NONE, notes: {} };
}

describe("same folds", () => {
  const a = scored([0.7, 0.72, 0.69, 0.75, 0.71]);
  const b = scored([0.74, 0.75, 0.7, 0.8, 0.74]);

  test("are paired: b - a per fold under the corrected resampled t", () => {
    const { difference, p, df } = compareOutcomes(a, b, "auc", 0.95);
    const wanted = correctedT([0.04, 0.03, 0.01, 0.05, 0.03], 0.25, 0.95);
    expect(difference.value).toBeCloseTo(0.032, 12);
    expect(difference.low).toBeCloseTo(wanted.low, 10);
    expect(difference.high).toBeCloseTo(wanted.high, 10);
    expect(p).toBeCloseTo(wanted.p, 10);
    expect(df).toBe(4);
    expect(difference.method).toBe("corrected resampled t, paired by fold");
    expect(difference.experiments).toEqual([a.id, b.id]);
  });

  test("turned round the sign turns, and an outcome does not differ from itself", () => {
    const there = compareOutcomes(a, b, "auc", 0.9);
    const back = compareOutcomes(b, a, "auc", 0.9);
    expect(back.difference.value).toBeCloseTo(-there.difference.value, 12);
    expect(back.difference.low).toBeCloseTo(-there.difference.high, 12);
    expect(back.p).toBeCloseTo(there.p, 12);
    expect(compareOutcomes(a, a, "auc", 0.9)).toMatchObject({ p: 1, difference: { value: 0, low: 0, high: 0 } });
  });

  test("a fold where one of them has no score is left out of both", () => {
    const holed = scored([0.74, Number.NaN, 0.7, 0.8, 0.74]);
    const { difference, df } = compareOutcomes(a, holed, "auc", 0.95);
    expect(difference.value).toBeCloseTo((0.04 + 0.01 + 0.05 + 0.03) / 4, 12);
    expect(df).toBe(3);
  });

  test("no score at all: undefined, not zero", () => {
    const none = scored([Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    expect(compareOutcomes(a, none, "auc", 0.95)).toMatchObject({ p: 1, difference: { value: Number.NaN, low: Number.NaN } });
  });

  test("fewer training rows are still the same judging rows, and the wider correction holds", () => {
    const small = scored([0.65, 0.66, 0.6, 0.7, 0.64], { trainRows: 20, testRows: 20 }, { trainRows: 20 });
    const { difference } = compareOutcomes(small, a, "auc", 0.95);
    const wanted = correctedT([0.05, 0.06, 0.09, 0.05, 0.07], 1, 0.95);
    expect(difference.low).toBeCloseTo(wanted.low, 10);
  });
});

describe("different folds", () => {
  test.each(recorded.welch)("without shared rows it is scipy's Welch test ($df)", ({ a, b, df, p, low, high }) => {
    const sizes = { trainRows: 80, testRows: 0 };
    const got = compareOutcomes(scored(a, sizes), scored(b, sizes, { seed: 8 }), "auc", 0.95);
    expect(got.df).toBeCloseTo(df, 8);
    expect(got.p).toBeCloseTo(p, 9);
    expect(got.difference.low).toBeCloseTo(low, 9);
    expect(got.difference.high).toBeCloseTo(high, 9);
    expect(got.difference.method).toContain("unpaired");
  });

  test.each([
    ["another policy", { split: { policy: "group", by: ["g"], folds: 5, repeats: 1 } }],
    ["another seed", { seed: 8 }],
    ["another version of the data", { dataset: "v2" }],
  ] as const)("%s is not paired, and the interval is wider than without the correction", (_name, changes) => {
    const [a, b] = [
      [0.7, 0.72, 0.69, 0.75, 0.71],
      [0.74, 0.75, 0.7, 0.8, 0.74],
    ] as const;
    const corrected = compareOutcomes(scored(a), scored(b, undefined, changes), "auc", 0.95);
    const plain = compareOutcomes(
      scored(a, { trainRows: 80, testRows: 0 }),
      scored(b, { trainRows: 80, testRows: 0 }, changes),
      "auc",
      0.95,
    );
    expect(corrected.difference.method).toContain("unpaired");
    expect(corrected.difference.high - corrected.difference.low).toBeGreaterThan(plain.difference.high - plain.difference.low);
  });

  test("a single fold without ground leaves the spread unknown", () => {
    const { difference, p } = compareOutcomes(scored([0.7]), scored([0.7, 0.8]), "auc", 0.95);
    expect(difference).toMatchObject({ low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
    expect(p).toBe(1);
  });
});

/** One given test set of n rows; the model's score is the class plus noise. */
function single(noise: number, rows = 400): { outcome: Outcome; ground: Ground } {
  const random = createRandom(5, "single");
  const truth = Float64Array.from({ length: rows }, () => (random.next() < 0.4 ? 1 : 0));
  const own = createRandom(6, noise);
  const outputs = truth.map((label) => 1 / (1 + Math.exp(-(label + noise * own.normal()))));
  const places = Int32Array.from({ length: rows }, (_, row) => row);
  const score = metricNamed("auc").score({ task: BINARY, truth, outputs, weight: null });
  const outcome = scored([score], { trainRows: 1000, testRows: rows }, { split: { policy: "given", testRows: rows } });
  return {
    outcome: { ...outcome, id: `noise ${noise}`, outOfFold: { rows: places, outputs, repeats: 1 } },
    ground: { truth, weight: null },
  };
}

describe("a single fold", () => {
  const good = single(0.5);
  const poor = single(2);

  test("its interval comes from the judged rows", () => {
    const { outcome, ground } = good;
    const estimate = estimateOf(outcome, "auc", 0.95, ground);
    expect(estimate.value).toBeCloseTo(outcome.folds[0]!.scores.auc!, 12);
    expect(estimate.low).toBeGreaterThan(estimate.value - 0.1);
    expect(estimate).toMatchObject({ method: "DeLong on the logit scale", experiments: [outcome.id] });
    expect(estimateOf(outcome, "auc", 0.95)).toMatchObject({ low: 0, high: 1, method: "one fold: spread unknown" });
  });

  test("two of them are paired by row", () => {
    const { difference, p } = compareOutcomes(poor.outcome, good.outcome, "auc", 0.95, good.ground);
    expect(difference.value).toBeCloseTo(good.outcome.folds[0]!.scores.auc! - poor.outcome.folds[0]!.scores.auc!, 12);
    expect(difference.low).toBeGreaterThan(0);
    expect(p).toBeLessThan(0.02);
    expect(difference.method).toContain("paired by row");
    expect(compareOutcomes(good.outcome, good.outcome, "auc", 0.95, good.ground)).toMatchObject({ p: 1, difference: { value: 0 } });
  });

  test("against folds of another split it counts with the spread of its rows", () => {
    const { difference } = compareOutcomes(scored([0.6, 0.61, 0.59, 0.6, 0.62]), good.outcome, "auc", 0.95, good.ground);
    expect(difference.method).toContain("unpaired");
    expect(difference.low).toBeGreaterThan(0);
    expect(Number.isFinite(difference.high)).toBe(true);
  });
});

test("an estimate is the mean over folds within the range of the metric", () => {
  const estimate = estimateOf(scored([0.99, 1, 0.9, 1, 0.95]), "auc", 0.95);
  expect(estimate.value).toBeCloseTo(0.968, 12);
  expect(estimate.high).toBe(1);
  expect(estimate.method).toBe("corrected resampled t");
});

test("the ground of an experiment is its target, rows without a weight counting nothing", async () => {
  const frame = table(120);
  const weights = Float64Array.from({ length: 120 }, (_, row) => (row === 3 ? Number.NaN : row));
  const weighted = { ...frame, columns: [...frame.columns, { name: "w", type: "number" as const, values: weights }] };
  const { truth, weight } = groundOf(weighted, experiment({ weight: "w" }));
  expect(weight![3]).toBe(0);
  expect(weight![4]).toBe(4);
  const outcome = await labWith().run(experiment({ split: { policy: "given", testRows: 30 } }));
  const judged = estimateOf(outcome, "rmse", 0.95, { truth, weight: null });
  expect(judged.value).toBeCloseTo(outcome.scores.rmse!, 12);
});
