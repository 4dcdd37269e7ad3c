import { describe, expect, test } from "vitest";
import { type Frame, takeRows } from "../../src/core/column.ts";
import type { Scorer } from "../../src/core/scorer.ts";
import { createOnnxGraph } from "../../src/engine/onnx/graph.ts";
import type { OnnxTensors } from "../../src/engine/onnx/session.ts";
import { openOnnxSession } from "../../src/engine/onnx/session.ts";
import { createLab, inProcessExecutor, memoryLedger } from "../../src/lab/index.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import { portfolio } from "../../src/model/index.ts";

import { makePlan, type PlanInput } from "../../src/scale/index.ts";
import { experimentsOn, runFold, table } from "../model/runner.ts";

const task = { kind: "binary", classes: ["no", "yes"] } as const;

/** y' = x0, as a scorer and as a graph. */
function scorerOf(frame: Frame): Scorer {
  const inputs = frame.columns
    .slice(0, 1)
    .map(({ name }) => ({ name, type: "number" as const, levels: null, min: null, max: null, missingShare: 0, example: null }));
  return {
    name: "first column",
    label: "first column",
    version: "1",
    task,
    inputs,
    columns: [],
    others: [],
    threshold: 0.5,
    thresholdWhy: null,
    score: ({ columns }) => (columns[0] !== undefined && "values" in columns[0] ? columns[0].values : new Float64Array(0)),
    frameOf: (records) => ({
      rows: records.length,
      columns: [{ name: "x0", type: "number", values: Float64Array.from(records, (record) => Number(record.x0)) }],
      rowNumbers: null,
    }),
  };
}

function graphBytes(): Uint8Array {
  const graph = createOnnxGraph("identity");
  graph.output("prediction", graph.input("x0", "double", ["rows", 1]), "double", ["rows", 1]);
  return graph.toBytes();
}

function feedsOf(frame: Frame): (rows: Int32Array) => OnnxTensors {
  return (rows) => {
    const [column] = takeRows(frame, rows).columns;
    return new Map([
      ["x0", { values: column !== undefined && "values" in column ? column.values : new Float64Array(0), shape: [rows.length, 1] }],
    ]);
  };
}

function planInput(budgetMs: number | null): PlanInput & { readonly notes: string[] } {
  const data = table(task, 1200, 3, (x, level, noise) => x[0]! + x[1]! * x[2]! + level / 2 + noise);
  const executor = inProcessExecutor(runFold);
  const lab = createLab({ executor, store: memoryLedger(), seed: 1, budgetMs, signal: null, onProgress: () => undefined });
  lab.addFrame("table", data.frame);
  const [plan] = portfolio(task, 1200, 5, 60_000).filter(({ estimator }) => estimator === "linear");
  const experiment = experimentsOn(data, "auc", { policy: "stratified", folds: 5, repeats: 1 })(plan!);
  const notes: string[] = [];
  return {
    lab,
    experimentAt: (trainRows) => ({ ...experiment, trainRows }),
    of: { label: "ridge", isShipped: true as const },
    optimism: 0,
    metric: metricNamed("auc"),
    fullTrainRows: 960,
    scorer: scorerOf(data.frame),
    frame: data.frame,
    onnx: graphBytes(),
    onnxFeeds: feedsOf(data.frame),
    modelBytes: 1000,
    fitMs: 50,
    load: { predictionsPerMonth: 1e6, peakFactor: 5, retrainingsPerMonth: 4 },
    dataBytes: 1e6,
    seed: 1,
    today: new Date("2026-11-23"),
    progress: (note) => notes.push(note),
    openSession: openOnnxSession,
    notes,
  };
}

describe("makePlan", () => {
  test("measures curve, speed and cost of a real model; the plan survives JSON", async () => {
    const { notes, ...input } = planInput(20_000);
    const plan = await makePlan(input);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    expect(plan.schema).toBe("oldhand/plan/1");
    expect(plan.curve.points.length).toBeGreaterThanOrEqual(4);
    expect(plan.curve.points.at(-1)!.trainRows).toBe(960);
    expect(plan.curve.forecast?.map(({ factor }) => factor)).toEqual([2, 4]);
    for (const { score } of [...plan.curve.points, ...plan.curve.forecast!]) {
      expect(score.low).toBeLessThanOrEqual(score.value);
      expect(score.high).toBeGreaterThanOrEqual(score.value);
      expect(score.experiments.length).toBeGreaterThan(0);
    }
    expect(plan.throughput.map(({ runtime, modelBytes }) => [runtime, modelBytes])).toEqual([
      ["native", 1000],
      ["onnx", input.onnx.byteLength],
    ]);
    for (const { rowsPerSecond, singleRow, batchRows } of plan.throughput) {
      expect(batchRows).toBe(1200);
      expect(rowsPerSecond.low).toBeGreaterThan(0);
      expect(rowsPerSecond.high).toBeGreaterThanOrEqual(rowsPerSecond.low);
      expect(singleRow.p99Ms).toBeGreaterThanOrEqual(singleRow.p50Ms);
    }
    expect(plan.cost.load.predictionsPerMonth).toBe(1e6);
    expect(plan.cost.serving.length).toBeGreaterThan(2);
    expect(plan.cost.assumptions.every((sentence) => /^[A-Z0-9].*\.$/s.test(sentence))).toBe(true);
    expect(plan.machine.node).toBe(process.version);
    expect(notes[0]).toContain("speed");
    expect(notes.at(-1)).toContain("679 of 960 training rows");
  });

  test("with the budget over, the speed is still measured and the curve is honestly unknown", async () => {
    const { notes: _, ...input } = planInput(1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const plan = await makePlan(input);
    expect(plan.curve).toMatchObject({ points: [], forecast: null, verdict: "unknown" });
    expect(plan.curve.why).toContain("The budget ended");
    expect(plan.throughput).toHaveLength(2);
    expect(plan.cost.serving[0]!.usdPerMonth).toBeGreaterThan(0);
  });
});
