import { columnOf } from "../../src/core/column.ts";
import type { Experiment } from "../../src/core/experiment.ts";
import type { Suspicion } from "../../src/core/finding.ts";
import type { RecipeStep } from "../../src/core/recipe.ts";
import type { Check } from "../../src/data/check.ts";
import { valueAt } from "../../src/data/columns/column-facts.ts";
import type { AuditContext, ExperimentFor } from "../../src/data/index.ts";
import { createLab, type FoldRunner, inProcessExecutor, type Lab, memoryLedger } from "../../src/lab/index.ts";
import { metricNamed } from "../../src/metrics/index.ts";

/**
 * A runner for tests: the mean label of the seven nearest training rows, features by z score, missing at the mean, names as different or equal.
 * It knows one recipe step: null-out of numbers.
 */
const nearestRows: FoldRunner = (frame, experiment, fold) => {
  const labels = columnOf(frame, experiment.target);
  const classes = experiment.task.kind === "regression" ? [] : experiment.task.classes;
  const truthOf = (row: number) => {
    const value = valueAt(labels, row);
    return classes.length === 0 ? value : classes.indexOf("values" in labels ? String(value) : (labels.levels[value] ?? ""));
  };
  const points = experiment.features.map((name) => scaled(frame, name, experiment.recipe, fold.train));
  const outputs = Float64Array.from(fold.test, (row) => {
    const near = Array.from(fold.train, (other) => ({ other, apart: points.reduce((sum, point) => sum + point(row, other), 0) }))
      .sort((a, b) => a.apart - b.apart)
      .slice(0, 7);
    return near.reduce((sum, { other }) => sum + truthOf(other), 0) / near.length;
  });
  const judged = { task: experiment.task, truth: Float64Array.from(fold.test, truthOf), outputs, weight: null };
  const scores = Object.fromEntries(experiment.metrics.map((name) => [name, metricNamed(name).score(judged)]));
  return { outputs, scores, fitMs: 0, predictMs: 0, notes: {} };
};

function scaled(
  frame: Parameters<FoldRunner>[0],
  name: string,
  recipe: readonly RecipeStep[],
  train: Int32Array,
): (a: number, b: number) => number {
  const column = columnOf(frame, name);
  if (!("values" in column)) return (a, b) => Number(column.codes[a] !== column.codes[b]);
  const nulls = new Set(recipe.flatMap((step) => (step.op === "null-out" && step.column === name ? step.values : [])));
  const read = (row: number) => (nulls.has(column.values[row]!) ? Number.NaN : column.values[row]!);
  const known = Array.from(train, read).filter((value) => !Number.isNaN(value));
  const middle = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const spread = Math.sqrt(known.reduce((sum, value) => sum + (value - middle) ** 2, 0) / Math.max(1, known.length)) || 1;
  const at = (row: number) => (Number.isNaN(read(row)) ? 0 : (read(row) - middle) / spread);
  return (a, b) => (at(a) - at(b)) ** 2;
}

export interface TinyLab {
  readonly lab: Lab;
  readonly experimentFor: ExperimentFor;
}

export function tinyLab(context: AuditContext, metric: string, budgetMs: number | null = null, runner: FoldRunner = nearestRows): TinyLab {
  const store = memoryLedger();
  const lab = createLab({ executor: inProcessExecutor(runner), store, seed: 1, budgetMs, signal: null, onProgress: () => {} });
  lab.addFrame(context.dataset.version, context.frame);
  const experimentFor: ExperimentFor = ({ features, recipe, split, trainRows, estimator }): Experiment => ({
    kind: "test",
    dataset: context.dataset.version,
    target: context.roles.target,
    task: context.task,
    features,
    weight: null,
    recipe,
    split,
    trainRows: trainRows ?? null,
    estimator,
    metrics: [metric],
    seed: 1,
  });
  return { lab, experimentFor };
}

/** A check that always says the same; a blocker without columns or counterfactual where nothing else is given. */
export function checkSaying(trap: Check["trap"], ...found: readonly Partial<Suspicion>[]): Check {
  const said = found.map(
    (one): Suspicion => ({
      trap,
      columns: [],
      rows: { count: 0, sample: [] },
      severity: "blocker",
      confidence: 0.9,
      evidence: {},
      fix: { action: "advice", text: "" },
      counterfactual: null,
      question: null,
      why: "made",
      ...one,
    }),
  );
  return { trap, title: "made", inspect: () => said };
}
