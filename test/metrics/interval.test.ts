import { describe, expect, test } from "vitest";
import type { Judged } from "../../src/core/metric.ts";
import { createRandom } from "../../src/core/random.ts";
import { intervalOf, METRICS, metricNamed } from "../../src/metrics/index.ts";
import { normalCdf, wilson } from "../../src/stats/index.ts";

const binary = { kind: "binary", classes: ["no", "yes"] } as const;
const regression = { kind: "regression" } as const;

/** Rows whose score is N(label, 1): the AUC is normalCdf(1 / sqrt 2). */
function scored(rows: number, seed: number): Judged {
  const random = createRandom(seed, "scored");
  const truth = Float64Array.from({ length: rows }, () => (random.next() < 0.4 ? 1 : 0));
  return { task: binary, truth, outputs: truth.map((label) => normalCdf(label + random.normal() - 0.5)), weight: null };
}

/** Entities of six rows with errors that they share. */
function clustered(seed: number, task: Judged["task"]): { judged: Judged; groups: Int32Array } {
  const random = createRandom(seed, "clustered");
  const groups = Int32Array.from({ length: 240 }, (_, row) => Math.floor(row / 6));
  const shift = Array.from({ length: 40 }, () => random.normal());
  const truth = groups.map((group) => (task.kind === "regression" ? 0 : group % 2));
  const outputs = Float64Array.from(groups, (group, row) => {
    const raw = truth[row]! + shift[group]! + 0.2 * random.normal();
    return task.kind === "regression" ? raw : normalCdf(raw - 0.5);
  });
  return { judged: { task, truth: Float64Array.from(truth), outputs, weight: null }, groups };
}

function coverage(samples: number, truth: number, draw: (seed: number) => { low: number; high: number }): number {
  let held = 0;
  for (let seed = 0; seed < samples; seed++) {
    const { low, high } = draw(seed);
    if (low <= truth && truth <= high) held++;
  }
  return held / samples;
}

describe("every metric has an interval around its score", () => {
  const random = createRandom(5, "all");
  const truth = Float64Array.from({ length: 90 }, () => random.integer(3));
  const raw = Array.from({ length: 90 }, (_, row) => [0, 1, 2].map((k) => random.next() + (truth[row] === k ? 0.4 : 0)));
  const three = { kind: "multiclass", classes: ["a", "b", "c"] } as const;
  const values = truth.map((value) => value + 1 + random.next());
  const samples: Judged[] = [
    scored(90, 1),
    {
      task: three,
      truth,
      outputs: Float64Array.from(raw.flatMap((row) => row.map((p) => p / (row[0]! + row[1]! + row[2]!)))),
      weight: null,
    },
    { task: regression, truth: values, outputs: values.map((value) => value + random.normal()), weight: null },
  ];
  const cases = METRICS.flatMap((metric) =>
    samples.filter((s) => metric.tasks.includes(s.task.kind)).map((judged) => ({ metric, judged })),
  );
  const groups = Int32Array.from({ length: 90 }, (_, row) => row >> 1);

  test.each(cases)("$metric.name, $judged.task.kind", ({ metric, judged }) => {
    const options = { level: 0.9, seed: 3, resamples: 200 };
    const weight = judged.truth.map((_, row) => 0.5 + (row % 4));
    const plain = intervalOf(metric, judged, options);
    const found = [plain, intervalOf(metric, { ...judged, weight }, options), intervalOf(metric, judged, { ...options, groups })];
    for (const estimate of found) {
      expect(estimate.low).toBeLessThan(estimate.value);
      expect(estimate.high).toBeGreaterThan(estimate.value);
      expect(estimate).toMatchObject({ level: 0.9, experiments: [] });
      expect(estimate.method).not.toBe("");
    }
    expect(plain.value).toBe(metric.score(judged));
    expect(found[2]!.method).toContain("45 groups");
    expect(intervalOf(metric, judged, options)).toEqual(plain);
    const wider = intervalOf(metric, judged, { ...options, level: 0.99 });
    expect(wider.high - wider.low).toBeGreaterThan(plain.high - plain.low);
  });
});

// 0.9 nominal; three standard errors of a share seen in 300 samples are 0.052.
describe("coverage of 90 % intervals is about nominal", () => {
  const options = (seed: number) => ({ level: 0.9, seed, resamples: 300 });

  test("AUC by DeLong", () => {
    const found = coverage(300, normalCdf(Math.SQRT1_2), (seed) => {
      const estimate = intervalOf(metricNamed("auc"), scored(80, seed), options(seed));
      expect(estimate.method).toBe("DeLong on the logit scale");
      return estimate;
    });
    expect(found).toBeGreaterThan(0.848);
    expect(found).toBeLessThan(0.952);
  });

  test("one row, or one group, shows no spread: nothing is known", () => {
    const judged: Judged = { task: regression, truth: Float64Array.of(1, 1), outputs: Float64Array.of(3, 2), weight: null };
    const one = { ...judged, truth: judged.truth.subarray(1), outputs: judged.outputs.subarray(1) };
    expect(intervalOf(metricNamed("rmse"), one, options(1))).toMatchObject({ value: 1, low: 0, high: Number.POSITIVE_INFINITY });
    expect(intervalOf(metricNamed("rmse"), judged, { ...options(1), groups: Int32Array.of(4, 4) })).toMatchObject({ low: 0 });
  });

  test("AUC of the answers of five models, each at its own level", () => {
    const found = coverage(300, normalCdf(Math.SQRT1_2), (seed) => {
      const { outputs, ...judged } = scored(80, seed);
      const answeredBy = Int32Array.from(outputs, (_, row) => row % 5);
      const estimate = intervalOf(
        metricNamed("auc"),
        { ...judged, outputs: outputs.map((p, row) => p / (1 + (row % 5))), answeredBy },
        options(seed),
      );
      expect(estimate.method).toBe("DeLong on the logit scale, pairs of one model's rows");
      return estimate;
    });
    expect(found).toBeGreaterThan(0.848);
    expect(found).toBeLessThan(0.952);
  });

  test("balanced accuracy by bootstrap", () => {
    const found = coverage(300, normalCdf(0.5), (seed) => intervalOf(metricNamed("balanced-accuracy"), scored(120, seed), options(seed)));
    expect(found).toBeGreaterThan(0.848);
    expect(found).toBeLessThan(0.952);
  });

  test("MAE by t, RMSE by bootstrap", () => {
    const rows = (seed: number): Judged => {
      const random = createRandom(seed, "errors");
      return {
        task: regression,
        truth: new Float64Array(60),
        outputs: Float64Array.from({ length: 60 }, () => random.normal()),
        weight: null,
      };
    };
    const mae = coverage(300, Math.sqrt(2 / Math.PI), (seed) => intervalOf(metricNamed("mae"), rows(seed), options(seed)));
    const rmse = coverage(300, 1, (seed) => intervalOf(metricNamed("rmse"), rows(seed), options(seed)));
    for (const found of [mae, rmse]) {
      expect(found).toBeGreaterThan(0.848);
      expect(found).toBeLessThan(0.952);
    }
  });

  test("rows of one entity are drawn together; taken as independent they would be far too sure", () => {
    const auc = normalCdf(1 / Math.sqrt(2 * 1.04));
    const meanSquare = Math.sqrt(1.04);
    for (const [name, task, truth] of [
      ["auc", binary, auc],
      ["rmse", regression, meanSquare],
    ] as const) {
      const metric = metricNamed(name);
      const together = coverage(120, truth, (seed) => {
        const { judged, groups } = clustered(seed, task);
        return intervalOf(metric, judged, { ...options(seed), groups });
      });
      const alone = coverage(120, truth, (seed) => intervalOf(metric, clustered(seed, task).judged, options(seed)));
      expect(together).toBeGreaterThan(0.81);
      expect(alone).toBeLessThan(0.7);
    }
  });
});

describe("many rows: a share of them is resampled", () => {
  const options = { level: 0.95, seed: 2, resamples: 400 };
  const many = scored(200_000, 3);
  const { rowLosses: _losses, ...accuracyOnly } = metricNamed("accuracy") as ReturnType<typeof metricNamed> & { rowLosses: unknown };
  const width = ({ low, high }: { low: number; high: number }) => high - low;

  test("as wide as Wilson's interval of the same rows", () => {
    const drawn = intervalOf({ ...accuracyOnly, name: "accuracy by bootstrap" }, many, options);
    expect(drawn.method).toContain("10 % of them drawn");
    expect(Math.abs(width(drawn) / width(intervalOf(metricNamed("accuracy"), many, options)) - 1)).toBeLessThan(0.15);
  });

  test("as wide as DeLong's when every group is one row", () => {
    const drawn = intervalOf(metricNamed("auc"), many, { ...options, groups: Int32Array.from(many.truth, (_, row) => row) });
    expect(drawn.method).toContain("% of them drawn");
    expect(Math.abs(width(drawn) / width(intervalOf(metricNamed("auc"), many, options)) - 1)).toBeLessThan(0.15);
  });

  test("not when a class would be lost", () => {
    const rare = { ...many, truth: many.truth.map((_, row) => (row % 1000 === 0 ? 1 : 0)) };
    expect(intervalOf(metricNamed("f1"), rare, { ...options, resamples: 5 }).method).not.toContain("drawn");
  });
});

describe("edges", () => {
  const options = { level: 0.95, seed: 1, resamples: 200 };

  test("undefined on one class", () => {
    const judged: Judged = { task: binary, truth: new Float64Array(5), outputs: new Float64Array(5).fill(0.2), weight: null };
    expect(intervalOf(metricNamed("auc"), judged, options)).toMatchObject({
      value: Number.NaN,
      low: Number.NaN,
      method: "undefined on these rows",
    });
  });

  test("a faultless score is not certain: it knows as much as its smallest class allows", () => {
    const truth = Float64Array.from({ length: 40 }, (_, row) => (row < 10 ? 1 : 0));
    const judged: Judged = { task: binary, truth, outputs: truth, weight: null };
    const allowed = wilson(10, 10, 0.95).low;
    for (const name of ["auc", "f1", "balanced-accuracy", "average-precision"]) {
      const found = intervalOf(metricNamed(name), judged, options);
      expect(found).toMatchObject({ value: 1, high: 1, method: "Wilson, no errors seen" });
      expect(found.low).toBeCloseTo(allowed, 12);
    }
    const upsideDown = { ...judged, outputs: truth.map((label) => 1 - label) };
    expect(intervalOf(metricNamed("auc"), upsideDown, options)).toMatchObject({ value: 0, low: 0 });
    expect(intervalOf(metricNamed("auc"), upsideDown, options).high).toBeCloseTo(1 - allowed, 12);
    const groups = Int32Array.from(truth, (_, row) => row >> 2);
    expect(intervalOf(metricNamed("f1"), judged, { ...options, groups }).low).toBeCloseTo(wilson(3, 3, 0.95).low, 12);
  });

  test("one row of a class, one row in all", () => {
    const one: Judged = { task: binary, truth: Float64Array.of(1, 0, 0), outputs: Float64Array.of(0.5, 0.2, 0.7), weight: null };
    expect(intervalOf(metricNamed("auc"), one, options)).toMatchObject({ low: 0, high: 1 });
    const single: Judged = { task: regression, truth: Float64Array.of(1), outputs: Float64Array.of(3), weight: null };
    expect(intervalOf(metricNamed("mae"), single, options)).toMatchObject({ value: 2, low: 0, high: Number.POSITIVE_INFINITY });
  });

  test("rows without a group stand alone", () => {
    const { judged, groups } = clustered(1, binary);
    const mixed = groups.map((group) => (group < 20 ? group : -1));
    expect(intervalOf(metricNamed("auc"), judged, { ...options, groups: mixed }).method).toContain("140 groups");
  });

  test("any metric of the contract has an interval, also one of others", () => {
    const median = {
      ...metricNamed("mae"),
      name: "half",
      score: (judged: Judged) => judged.outputs.reduce((sum, p, row) => sum + p * (judged.weight?.[row] ?? 1), 0) / judged.truth.length,
    };
    const { rowLosses: _, ...bare } = median as typeof median & { rowLosses: unknown };
    const found = intervalOf(bare, { ...scored(50, 2), task: regression }, options);
    expect(found.low).toBeLessThan(found.value);
    expect(found.method).toContain("bootstrap");
  });
});
