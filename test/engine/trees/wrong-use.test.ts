import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";
import {
  compileRowReader,
  createTreeDataset,
  fitBoosting,
  loadEnsemble,
  predict,
  readLightGbm,
  shapValues,
  treeJson,
} from "../../../src/engine/trees/index.ts";
import { WRONG_USES } from "../../../src/engine/wrong-use.ts";
import { ROOT, sources } from "../../architecture/sources.ts";
import { tableUnder } from "../../docs/tables.ts";

const matrix: Matrix = { rows: 4, features: [{ name: "x", kind: "numeric", values: Float64Array.of(1, 2, 3, 4) }] };
const training = { matrix, target: [1, 2, 3, 4], loss: "squared" } as const;
const trees = fitBoosting(training);
const closed = createTreeDataset(matrix);
closed.close();

/** Full memory cannot be had in a test. */
const WRONG: readonly [string, () => unknown][] = [
  ["bad-option", () => fitBoosting(training, { maxLeafs: 3 } as never)],
  ["bad-option", () => fitBoosting(training, { verbose: 1 } as never)],
  ["bad-option", () => predict(trees, matrix, { numIterations: 1e6 })],
  ["bad-option", () => fitBoosting({ ...training, validation: [0] }, { metric: "rmsee" as never })],
  ["bad-loss", () => fitBoosting({ ...training, loss: "sqared" as never })],
  ["bad-loss", () => fitBoosting({ ...training, loss: "logistic" })],
  ["bad-training", () => fitBoosting({ ...training, target: [1] })],
  ["bad-matrix", () => predict(trees, { rows: 4, features: [] })],
  ["bad-matrix", () => predict(trees, { rows: 4, features: [{}] } as never)],
  ["bad-matrix", () => shapValues(trees, { rows: -1, features: matrix.features })],
  ["bad-loss", () => fitBoosting({ ...training, loss: { loss: "custom", outputs: -1, gradient: () => ({ gradient: [], hessian: [] }) } })],
  ["bad-model", () => compileRowReader(null as never, [])],
  ["bad-option", () => treeJson(trees, Object.create(null))],
  ["bad-dataset", () => fitBoosting({ ...training, matrix: closed })],
  ["bad-model", () => readLightGbm("no model")],
  ["bad-model", () => loadEnsemble({})],
];

test.each(WRONG)("%s", (code, call) => {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    expect((error as { code?: string }).code).toBe(code);
    expect((error as Error).stack).toMatch(/^(Range|Type)Error: /);
    expect((error as Error).stack).not.toContain("wrong-use.ts:");
    return;
  }
  expect.unreachable();
});

test("the page lists the codes", () => {
  const page = readFileSync(join(ROOT, "docs", "engine-programs.md"), "utf8");
  expect(tableUnder(page, "Errors").map(({ code }) => code)).toEqual(WRONG_USES.map((code) => `\`${code}\``));
});

/** What no caller can cause. */
const OWN_DEFECTS = ["engine/trees/frontier.ts", "engine/trees/ordered-target.ts", "engine/trees/predict/program-columns.ts"];

test("no error of the trees goes without a code", () => {
  const plain = sources().filter(({ path, text }) => path.startsWith("engine/trees/") && /new (Range|Type)Error\(/.test(text));
  expect(plain.map(({ path }) => path).sort()).toEqual(OWN_DEFECTS);
});
