import type { Column, Frame } from "../../src/core/column.ts";
import type { Experiment } from "../../src/core/experiment.ts";
import { createRandom } from "../../src/core/random.ts";
import type { SplitPolicy } from "../../src/core/split.ts";
import type { Task } from "../../src/core/task.ts";
import type { Executor, FoldRunner, LabOptions, LedgerStore } from "../../src/lab/index.ts";
import { createLab, inProcessExecutor, memoryLedger } from "../../src/lab/index.ts";

export const RUNNER_URL = new URL("./fixtures/mean-runner.js", import.meta.url);
export const { runFold } = (await import(RUNNER_URL.href)) as { runFold: FoldRunner };

export const BINARY: Task = { kind: "binary", classes: ["no", "yes"] };

/** x: numbers; g: 12 groups; t: days with ties; y: number that depends on x and g; label: y above its middle. */
export function table(rows: number, seed = 1): Frame {
  const random = createRandom(seed, "table");
  const x = Float64Array.from({ length: rows }, () => random.normal());
  const g = Int32Array.from({ length: rows }, () => random.integer(12));
  const y = x.map((value, row) => value + (g[row] ?? 0) / 6 + random.normal() / 2);
  const t = x.map((_, row) => Math.floor(row / 3) * 86_400_000);
  const columns: Column[] = [
    { name: "x", type: "number", values: x },
    { name: "g", type: "category", codes: g, levels: Array.from({ length: 12 }, (_, i) => `group ${i}`) },
    { name: "t", type: "date", values: t },
    { name: "y", type: "number", values: y },
    { name: "label", type: "category", codes: Int32Array.from(y, (value) => (value > 1 ? 1 : 0)), levels: ["no", "yes"] },
  ];
  return { rows, columns, rowNumbers: null };
}

export function experiment(changes: Partial<Experiment> = {}): Experiment {
  return {
    kind: "test",
    dataset: "v1",
    target: "y",
    task: { kind: "regression" },
    features: ["x"],
    weight: null,
    recipe: [],
    split: { policy: "stratified", folds: 4, repeats: 1 },
    trainRows: null,
    estimator: { name: "mean", params: {} },
    metrics: ["rmse"],
    seed: 7,
    ...changes,
  };
}

/** An experiment whose runner behaves as told; see fixtures/mean-runner.js. */
export function behaving(behave: string, more: Record<string, number> = {}): Experiment {
  return experiment({ estimator: { name: "mean", params: { behave, ...more } } });
}

export const POLICIES: readonly SplitPolicy[] = [
  { policy: "random", folds: 4, repeats: 2 },
  { policy: "stratified", folds: 4, repeats: 2 },
  { policy: "group", by: ["g"], folds: 4, repeats: 2 },
  { policy: "time", by: "t", folds: 4 },
  { policy: "blocks", by: "t", folds: 4 },
  { policy: "given", testRows: 30 },
];

export function labWith(options: Partial<LabOptions> = {}) {
  const executor: Executor = options.executor ?? inProcessExecutor(runFold);
  const store: LedgerStore = options.store ?? memoryLedger();
  const lab = createLab({ seed: 7, budgetMs: null, signal: null, onProgress: () => undefined, ...options, executor, store });
  lab.addFrame("v1", table(120));
  return lab;
}
