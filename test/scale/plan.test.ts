import { describe, expect, test } from "vitest";
import { type Frame, takeRows } from "../../src/core/column.ts";
import type { Scorer } from "../../src/core/scorer.ts";
import { createOnnxGraph } from "../../src/engine/onnx/graph.ts";
import type { OnnxTensors } from "../../src/engine/onnx/session.ts";
import { openOnnxSession } from "../../src/engine/onnx/session.ts";
import { createLab, inProcessExecutor, memoryLedger } from "../../src/lab/index.ts";
import { metricNamed } from "../../src/metrics/index.ts";

import { makePlan } from "../../src/scale/index.ts";
import { experimentsOn, runFold, table } from "../model/runner.ts";

const task = { kind: "binary", classes: ["no", "yes"] } as const;

/** y' = x0, as a scorer and as a graph. */
function scorerOf(frame: Frame): Scorer {
  const inputs = frame.columns
    .slice(0, 1)
    .map(({ name }) => ({ name, type: "number" as const, levels: null, min: null, max: null, missingShare: 0, example: null }));
  return {
    name: "first column",
    version: "1",
    task,
    inputs,
    columns: [],
    threshold: 0.5,
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

describe("makePlan", () => {
  test("measures curve, speed and cost of a real model", async () => {
    const data = table(task, 1200, 3, (x, level, noise) => x[0]! + x[1]! * x[2]! + level / 2 + noise);
    const lab = createLab({
      executor: inProcessExecutor(runFold),
      store: memoryLedger(),
      seed: 1,
      budgetMs: 20_000,
      signal: null,
      onProgress: () => undefined,
    });
    lab.addFrame("table", data.frame);
    const make = experimentsOn(data, "auc", { policy: "stratified", folds: 5, repeats: 1 });
    const experiment = make({ estimator: "boosting", params: { rounds: 30 } } as never);
    const notes: string[] = [];
    const plan = await makePlan({
      lab,
      experimentAt: (trainRows) => ({ ...experiment, trainRows }),
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
    });
    expect(plan.curve.points.map(({ trainRows }) => trainRows)).toEqual([85, 120, 170, 240, 339, 480, 679, 960]);
  });
});
