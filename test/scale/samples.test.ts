import { describe, expect, test } from "vitest";
import type { Column } from "../../src/core/column.ts";
import type { Experiment, Outcome } from "../../src/core/experiment.ts";
import { BudgetEnded, Cancelled, type Lab } from "../../src/lab/index.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import { learningCurve } from "../../src/scale/index.ts";
import { BINARY, experiment } from "../lab/tables.ts";

const ROWS = 1000;

/** A lab whose outcomes follow 0.3 (n / full)^-0.3 exactly; `refuse` may throw instead. */
function labOf(options: {
  readonly leftMs?: number;
  readonly fitMs?: number;
  readonly refuse?: (rows: number) => Error | null;
  readonly rare?: number;
  /** Rows of a group; the split goes by group. */
  readonly groupRows?: number;
}) {
  const asked: number[] = [];
  const { leftMs = Number.POSITIVE_INFINITY, fitMs = 10, refuse = () => null, rare = 300 } = options;
  const column: Column = {
    name: "y",
    type: "category",
    codes: Int32Array.from({ length: ROWS }, (_, i) => (i < rare ? 1 : 0)),
    levels: ["no", "yes"],
  };
  const patient: Column = {
    name: "patient",
    type: "number",
    values: Float64Array.from({ length: ROWS }, (_, row) => Math.floor(row / (options.groupRows ?? 1))),
  };
  const run = async (wanted: Experiment): Promise<Outcome> => {
    const trainRows = wanted.trainRows ?? 800;
    asked.push(trainRows);
    const error = refuse(trainRows);
    if (error !== null) throw error;
    const score = 1 - 0.3 * (trainRows / 800) ** -0.3;
    const folds = [-0.01, -0.005, 0, 0.005, 0.01].map((shift, fold) => ({
      fold,
      trainRows,
      testRows: 200,
      scores: { auc: score + shift },
      fitMs: (fitMs * trainRows) / 800,
      predictMs: 0,
    }));
    return {
      id: `id${trainRows}`,
      experiment: wanted,
      folds,
      scores: { auc: score },
      outOfFold: { rows: new Int32Array(0), outputs: new Float64Array(0), repeats: 1 },
      notes: {},
    };
  };
  const lab: Lab = {
    seed: 1,
    threads: 1,
    expect: () => undefined,
    addFrame: () => undefined,
    frame: () => ({ rows: ROWS, columns: [column, patient], rowNumbers: null }),
    run,
    folds: ({ trainRows }) => [
      { index: 0, train: Int32Array.from({ length: trainRows ?? 800 }, (_, row) => row), test: new Int32Array(0) },
    ],
    perform: () => Promise.reject(new RangeError("no job")),
    left: () => leftMs,
    counts: { computed: 0, reused: 0 },
    close: async () => undefined,
  };
  return { lab, asked };
}

const base = experiment({ target: "y", task: BINARY, metrics: ["auc"] });
const input = (lab: Lab) => ({
  lab,
  experimentAt: (trainRows: number | null) => ({ ...base, trainRows }),
  fullTrainRows: 800,
  metric: metricNamed("auc"),
  of: { label: "forest", isShipped: true as const },
});

describe("learningCurve", () => {
  test("asks for the full size first, then for the anchors from small to large, and forecasts", async () => {
    const { lab, asked } = labOf({});
    const curve = await learningCurve(input(lab));
    expect(asked).toEqual([800, 71, 100, 141, 200, 283, 400, 566]);
    expect(curve.points.map(({ trainRows }) => trainRows)).toEqual([71, 100, 141, 200, 283, 400, 566, 800]);
    expect(curve.points.at(-1)!.score.experiments).toEqual(["id800"]);
    expect(curve.verdict).toBe("more-data-helps");
    expect(Math.abs(curve.forecast![0]!.score.value - (1 - 0.3 * 2 ** -0.3))).toBeLessThan(0.01);
  });

  test("all sizes and the forecast are corrected as the score of the chosen model is; falls stay as measured", async () => {
    const optimism = 0.02;
    const plain = await learningCurve(input(labOf({}).lab));
    const curve = await learningCurve({ ...input(labOf({}).lab), optimism });
    expect(curve.optimism).toBe(optimism);
    expect(curve.points.at(-1)!.score.value).toBeCloseTo(0.7 - optimism, 12);
    for (const [i, { score }] of curve.points.entries()) {
      const measured = plain.points[i]!.score;
      expect(score.value).toBeCloseTo(measured.value - optimism, 12);
      expect(score.high - score.low).toBeCloseTo(measured.high - measured.low, 12);
      expect(score.method).toBe(`${measured.method}; corrected for choosing`);
    }
    const gainOf = ({ points, forecast }: typeof curve) => forecast!.map(({ score }) => score.value - points.at(-1)!.score.value);
    for (const [i, gain] of gainOf(curve).entries()) expect(gain).toBeCloseTo(gainOf(plain)[i]!, 2);
    expect(curve.why).toContain("0.6800 -> ");
  });

  test("of a metric that is better low, the correction goes up, and an interval stays where the metric can be", async () => {
    const metric = { ...metricNamed("auc"), better: "lower" as const, best: 0, worst: 1 };
    const [first] = (await learningCurve({ ...input(labOf({}).lab), metric, optimism: 0.02 })).points;
    expect(first!.score.value).toBeCloseTo(1 - 0.3 * (71 / 800) ** -0.3 + 0.02, 12);
    for (const { score } of (await learningCurve({ ...input(labOf({}).lab), metric, optimism: 0.5 })).points)
      expect(score.high).toBeLessThanOrEqual(1);
  });

  test("a rare class sets the smallest anchor: 5 of 20 in 1,000 are 250 rows", async () => {
    const { lab, asked } = labOf({ rare: 20 });
    const curve = await learningCurve(input(lab));
    expect(asked).toEqual([800, 283, 400, 566]);
    expect(curve.forecast).not.toBeNull();
    const rarer = await learningCurve(input(labOf({ rare: 10 }).lab));
    expect(rarer.verdict).toBe("unknown");
    expect(rarer.why).toContain("rarest class needs at least 500");
  });

  test("under a split by group it is groups that are counted, cut and multiplied", async () => {
    const { lab, asked } = labOf({ groupRows: 5, rare: 500 });
    const split = { policy: "group", by: ["patient"], folds: 5, repeats: 1 } as const;
    const curve = await learningCurve({ ...input(lab), experimentAt: (trainRows) => ({ ...base, split, trainRows }) });
    expect(asked).toEqual([800, 70, 100, 140, 200, 285, 400, 565]);
    expect(curve.units).toBe("groups of patient");
    expect(curve.points.map(({ groups }) => groups)).toEqual([14, 20, 28, 40, 57, 80, 113, 160]);
    expect(curve.forecast!.map(({ groups, trainRows }) => [groups, trainRows])).toEqual([
      [320, 1600],
      [640, 3200],
    ]);
    expect(curve.why).toContain("With twice the groups of patient (320 for training)");
  });

  test("many rows of few groups are few: no forecast", async () => {
    const { lab } = labOf({ groupRows: 40, rare: 500 });
    const split = { policy: "group", by: ["patient"], folds: 5, repeats: 1 } as const;
    const curve = await learningCurve({ ...input(lab), experimentAt: (trainRows) => ({ ...base, split, trainRows }) });
    expect(curve).toMatchObject({ verdict: "unknown", forecast: null });
    expect(curve.why).toContain("Only 3 sizes could be measured (10, 14, 20 groups of patient)");
    expect(curve.why).toContain("too few groups of patient");
  });

  test("when the budget ends on the way, the points that exist are used", async () => {
    const { lab } = labOf({ refuse: (rows) => (rows === 283 ? new BudgetEnded(1000) : null) });
    const curve = await learningCurve(input(lab));
    expect(curve.points.map(({ trainRows }) => trainRows)).toEqual([71, 100, 141, 200, 800]);
    expect(curve.forecast).not.toBeNull();
  });

  test("when the budget has ended before, the verdict is unknown", async () => {
    const { lab } = labOf({ refuse: () => new BudgetEnded(1000) });
    expect(await learningCurve(input(lab))).toMatchObject({ points: [], forecast: null, verdict: "unknown" });
  });

  test("what takes too long is not begun", async () => {
    const { lab, asked } = labOf({ fitMs: 1000, leftMs: 4000 });
    await learningCurve(input(lab));
    const spent = asked.slice(1).reduce((sum, rows) => sum + (5 * 1000 * rows) / 800, 0);
    expect(asked.length).toBeGreaterThanOrEqual(4);
    expect(spent).toBeLessThanOrEqual(0.6 * 4000);
  });

  test("being told to stop, and a defect of an estimator, go through", async () => {
    await expect(learningCurve(input(labOf({ refuse: () => new Cancelled() }).lab))).rejects.toThrow(Cancelled);
    await expect(learningCurve(input(labOf({ refuse: (rows) => (rows < 800 ? new RangeError("defect") : null) }).lab))).rejects.toThrow(
      "defect",
    );
  });
});
