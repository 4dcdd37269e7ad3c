import { describe, expect, test } from "vitest";
import { type Frame, takeRows } from "../../../src/core/column.ts";
import type { Experiment } from "../../../src/core/experiment.ts";
import { contentHash } from "../../../src/core/json.ts";
import { createRandom } from "../../../src/core/random.ts";
import { createLab, inProcessExecutor, memoryLedger } from "../../../src/lab/index.ts";
import { repeatTraining, trainForRelease } from "../../../src/problems/tabular/last-training.ts";
import { jobs, runFold } from "../../../src/problems/tabular/runner.ts";

const ROWS = 1200;
const SAMPLED = 300;

/** y follows x; every tenth row has no label. */
function table(): Frame {
  const random = createRandom(5, "last-training");
  const x = Float64Array.from({ length: ROWS }, () => random.normal());
  const y = x.map((value, row) => (row % 10 === 0 ? Number.NaN : 2 * value + random.normal()));
  return {
    rows: ROWS,
    columns: [
      { name: "x", type: "number", values: x },
      { name: "y", type: "number", values: y },
    ],
    rowNumbers: null,
  };
}

type Space = Parameters<typeof trainForRelease>[0];
type Question = Parameters<typeof trainForRelease>[1];
type Stage = Parameters<typeof trainForRelease>[2];

async function world(memoryBytes: number) {
  const whole = table();
  const frame = takeRows(
    whole,
    Int32Array.from({ length: SAMPLED }, (_, i) => i * (ROWS / SAMPLED)),
  );
  const executor = inProcessExecutor(runFold, jobs);
  const lab = createLab({ executor, store: memoryLedger(), seed: 1, budgetMs: null, signal: null, onProgress: () => undefined });
  lab.addFrame("v.300", frame);
  const experiment: Experiment = {
    kind: "tabular",
    dataset: "v.300",
    target: "y",
    task: { kind: "regression" },
    features: ["x"],
    weight: null,
    recipe: [],
    split: { policy: "random", folds: 3, repeats: 1 },
    trainRows: null,
    estimator: { name: "linear", params: {} },
    metrics: ["rmse"],
    seed: 1,
  };
  const asked: number[] = [];
  const columns = whole.columns.map(({ name, type }) => ({ name, type, distinct: ROWS, missing: 0 }));
  const space = {
    request: { memoryBytes, budgetMs: null },
    dataset: { version: "v.300", rows: ROWS, columns, source: { dialect: null } },
    frame,
    testRows: 0,
    lab,
    progress: () => undefined,
    loadRows: async (rows: number) => {
      asked.push(rows);
      const loaded =
        rows === ROWS
          ? whole
          : takeRows(
              whole,
              Int32Array.from({ length: rows }, (_, row) => row),
            );
      return { version: rows === ROWS ? "v" : `v.${rows}`, frame: loaded, testRows: 0 };
    },
  } as unknown as Space;
  const question = { features: ["x"], target: "y", task: experiment.task, weight: null } as unknown as Question;
  const choice = { outcome: await lab.run(experiment), calibrator: { method: "none", curves: [] } };
  const stage = { comparison: { chosen: "linear", candidates: [], threshold: null }, choice } as unknown as Stage;
  return { space, question, stage, asked };
}

describe("the last training of a model that was judged on a sample", () => {
  test("sees every labelled row, and twice gives the same model", async () => {
    const { space, question, stage } = await world(1e9);
    const { model, training, fitMs } = await trainForRelease(space, question, stage);
    expect(training).toEqual({ rows: 0.9 * ROWS, loadedRows: ROWS, of: ROWS, why: null });
    expect(model.native.dataset).toBe("v");
    const hash = contentHash(model.native);
    const again = await repeatTraining(space, question, stage, { native: model.native, hash, training, fitMs });
    expect(again).toEqual({ first: hash, again: hash, on: `the same ${0.9 * ROWS} rows` });
  });

  test("sees as many as memory holds, and says why not all", async () => {
    const { space, question, stage, asked } = await world(1);
    const small = await trainForRelease(space, question, stage);
    expect(small.training).toMatchObject({ loadedRows: SAMPLED, of: ROWS, why: expect.stringContaining("--memory") });
    expect(asked).toEqual([]);
    // 16 bytes a row in the frame, 8 in the matrix: 2 x 16 + 3 x 8 = 56 bytes, of half the memory.
    const some = await world(600 * 56 * 2);
    const { training, model } = await trainForRelease(some.space, some.question, some.stage);
    expect(training).toMatchObject({ loadedRows: 600, of: ROWS, why: expect.stringContaining("at 56 bytes a row") });
    expect(model.native.dataset).toBe("v.600");
  });

  test("that takes too long is repeated on the sample, which is said", async () => {
    const { space, question, stage } = await world(1e9);
    const { model, training } = await trainForRelease(space, question, stage);
    const hash = contentHash(model.native);
    const { first, again, on } = await repeatTraining(space, question, stage, { native: model.native, hash, training, fitMs: 1e6 });
    expect(again).toBe(first);
    expect(first).not.toBe(hash);
    expect(on).toContain(`a sample of ${SAMPLED} rows`);
  });
});
