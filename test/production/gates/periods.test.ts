import { describe, expect, test } from "vitest";
import type { Frame } from "../../../src/core/column.ts";
import type { Experiment } from "../../../src/core/experiment.ts";
import { createRandom } from "../../../src/core/random.ts";
import type { SplitPolicy } from "../../../src/core/split.ts";
import type { Task } from "../../../src/core/task.ts";
import { clustersOf } from "../../../src/lab/index.ts";
import { metricNamed } from "../../../src/metrics/index.ts";
import { calibration } from "../../../src/production/gates/calibration.ts";
import { judgeSlices } from "../../../src/production/slices/judge-slices.ts";
import { autoregressive } from "../../lab/periods.ts";
import { contextOf, REGRESSION, world } from "../world.ts";

const ROWS = 600;
const FOLDS = 5;
const TABLES = 300;
/** Of what is far from rare: P(10 or fewer of 100) is below 0.001 where a quarter is, and P(70 or fewer of 100) where nine tenths are. */
const FEW_TABLES = 100;
const made = world(REGRESSION, 200);

/** What five periods of equal length judged: truth in a column, answers as given. */
function judgedPeriods(
  task: Task,
  truth: Float64Array,
  outputs: Float64Array,
  split: SplitPolicy = { policy: "blocks", by: null, folds: FOLDS },
) {
  const column =
    task.kind === "binary"
      ? { name: "y", type: "category" as const, levels: [...task.classes], codes: Int32Array.from(truth) }
      : { name: "y", type: "number" as const, values: truth };
  const frame: Frame = { rows: ROWS, columns: [column], rowNumbers: null };
  const folds = Array.from({ length: FOLDS }, (_, fold) => ({
    fold,
    trainRows: 1,
    testRows: ROWS / FOLDS,
    scores: {},
    fitMs: 0,
    predictMs: 0,
  }));
  const experiment = { target: "y", task, weight: null, split } as unknown as Experiment;
  const rows = Int32Array.from({ length: ROWS }, (_, row) => row);
  const groups = clustersOf({ experiment, folds, outOfFold: { rows, outputs, repeats: 1 } }, frame);
  return { judged: { task, truth, outputs, weight: null }, groups };
}

/** Residuals without bias, lag-1 autocorrelation 0.7. */
function regressionDraw(seed: number, bias = 0) {
  const random = createRandom(seed, "periods");
  const residuals = autoregressive(random, ROWS, 0.7);
  const outputs = Float64Array.from({ length: ROWS }, () => 100 + 3 * random.normal());
  return judgedPeriods(
    REGRESSION,
    outputs.map((value, row) => value + (residuals[row] ?? 0) + bias),
    outputs,
  );
}

describe("gates on periods whose residuals remember", () => {
  test("a bias is certain no more often than it should be, by rows far too often, and a true one is found", async () => {
    const rate = async (bias: number, byRow: boolean, tables: number) => {
      let certain = 0;
      for (let seed = 0; seed < tables; seed++) {
        const { judged, groups } = regressionDraw(seed, bias);
        const found = await calibration.run(contextOf(made, { judged, groups: byRow ? null : groups }));
        certain += Number(Number(found.evidence.biasP) < 0.01);
      }
      return certain / tables;
    };
    const [byBlock, byRow, power] = [await rate(0, false, TABLES), await rate(0, true, FEW_TABLES), await rate(0.8, false, FEW_TABLES)];
    expect(byBlock).toBeLessThan(0.04);
    expect(byRow).toBeGreaterThan(0.1);
    expect(power).toBeGreaterThan(0.7);
  });

  test("worst slice: a model that is level with the constant is seldom called harmed by chance", () => {
    let [byBlock, byRow] = [0, 0];
    const tables = 150;
    const byRowTables = 60;
    for (let seed = 0; seed < tables; seed++) {
      const random = createRandom(seed, "slices");
      const [wave, other] = [autoregressive(random, ROWS, 0.9), autoregressive(random, ROWS, 0.9)];
      const truth = wave.map((value) => 100 + value);
      // Error 0.9 wave - 0.436 other: its square is 1 in the mean, as that of the constant 100, everywhere.
      const outputs = wave.map((value, row) => 100 + 0.1 * value + Math.sqrt(0.19) * (other[row] ?? 0));
      const { judged, groups } = judgedPeriods(REGRESSION, truth, outputs);
      const slices = [0, 1].map((part) => ({
        name: `${part}`,
        columns: ["t"],
        rows: Int32Array.from({ length: 300 }, (_, row) => 300 * part + row),
      }));
      const hasFault = (of: Int32Array | null) =>
        judgeSlices(slices, { judged, metric: metricNamed("rmse"), groups: of, seed }).faults.length > 0;
      byBlock += Number(hasFault(groups));
      if (seed < byRowTables) byRow += Number(hasFault(null));
    }
    // P(more than 15 of 150 at 5 %) < 1 %.
    expect(byBlock).toBeLessThanOrEqual(15);
    expect(byRow / byRowTables).toBeGreaterThan(0.1);
  });
});

describe("units of judged rows", () => {
  test("blocks lie within a fold, in the order of time; other folds have none", () => {
    const { groups } = regressionDraw(1);
    const blocks = groups ?? new Int32Array(0);
    expect(blocks).toHaveLength(ROWS);
    for (const [row, block] of blocks.entries()) {
      const before = blocks[row - 1] ?? 0;
      expect(block === before || (block === before + 1 && row > 0)).toBe(true);
      if (row > 0 && row % (ROWS / FOLDS) === 0) expect(block).toBe(before + 1);
    }
    const count = new Set(blocks).size;
    expect(count).toBeGreaterThanOrEqual(3 * FOLDS);
    expect(count).toBeLessThanOrEqual(10 * FOLDS);
    const { judged } = regressionDraw(1);
    expect(judgedPeriods(REGRESSION, judged.truth, judged.outputs, { policy: "random", folds: 5, repeats: 1 }).groups).toBeNull();
  });
});
