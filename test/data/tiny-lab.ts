import { columnOf } from "../../src/core/column.ts";
import type { Experiment } from "../../src/core/experiment.ts";
import type { Suspicion } from "../../src/core/finding.ts";
import type { RecipeStep } from "../../src/core/recipe.ts";
import { float64From } from "../../src/core/typed-from.ts";
import type { Check } from "../../src/data/check.ts";
import { valueAt } from "../../src/data/columns/column-facts.ts";
import type { AuditContext, ExperimentFor } from "../../src/data/index.ts";
import { createLab, type FoldRunner, inProcessExecutor, type Lab, memoryLedger } from "../../src/lab/index.ts";
import { metricNamed } from "../../src/metrics/index.ts";

/**
 * A runner for tests: the mean label of the seven nearest training rows, features by z score, missing at the mean, names as different or equal.
 * It knows one recipe step: null-out of numbers.
 */
export const nearestRows: FoldRunner = (frame, experiment, fold) => {
  const labels = columnOf(frame, experiment.target);
  const classes = experiment.task.kind === "regression" ? [] : experiment.task.classes;
  const truthOf = (row: number) => {
    const value = valueAt(labels, row);
    return classes.length === 0 ? value : classes.indexOf("values" in labels ? String(value) : (labels.levels[value] ?? ""));
  };
  const points = experiment.features.map((name) => pointsOf(frame, name, experiment.recipe, fold.train));
  const labelsOfTrain = float64From(fold.train, truthOf);
  const apart = new Float64Array(fold.train.length);
  const outputs = float64From(fold.test, (row) => {
    apart.fill(0);
    for (const point of points) point.addDistances(row, apart);
    const near = nearest(apart, 7);
    return near.reduce((sum, at) => sum + labelsOfTrain[at]!, 0) / near.length;
  });
  const judged = { task: experiment.task, truth: float64From(fold.test, truthOf), outputs, weight: null };
  const scores = Object.fromEntries(experiment.metrics.map((name) => [name, metricNamed(name).score(judged)]));
  return { outputs, scores, fitMs: 0, predictMs: 0, notes: {} };
};

/** Places of the `count` smallest numbers, the earlier of equals first. */
function nearest(apart: Float64Array, count: number): number[] {
  const near: number[] = [];
  for (let at = 0; at < apart.length; at++) {
    if (near.length === count && !(apart[at]! < apart[near[count - 1]!]!)) continue;
    let place = near.length;
    while (place > 0 && apart[at]! < apart[near[place - 1]!]!) place--;
    near.splice(place, 0, at);
    near.length = Math.min(near.length, count);
  }
  return near;
}

interface Points {
  /** Adds the squared distance of a row to each training row. */
  readonly addDistances: (row: number, apart: Float64Array) => void;
}

function pointsOf(frame: Parameters<FoldRunner>[0], name: string, recipe: readonly RecipeStep[], train: Int32Array): Points {
  const column = columnOf(frame, name);
  if (!("values" in column)) {
    const { codes } = column;
    return {
      addDistances: (row, apart) => {
        for (let at = 0; at < train.length; at++) apart[at]! += Number(codes[row] !== codes[train[at]!]);
      },
    };
  }
  const nulls = new Set(recipe.flatMap((step) => (step.op === "null-out" && step.column === name ? step.values : [])));
  const read = (row: number) => (nulls.has(column.values[row]!) ? Number.NaN : column.values[row]!);
  const known = Array.from(train, read).filter((value) => !Number.isNaN(value));
  const middle = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const spread = Math.sqrt(known.reduce((sum, value) => sum + (value - middle) ** 2, 0) / Math.max(1, known.length)) || 1;
  const point = (row: number) => (Number.isNaN(read(row)) ? 0 : (read(row) - middle) / spread);
  const trained = float64From(train, point);
  return {
    addDistances: (row, apart) => {
      const own = point(row);
      for (let at = 0; at < trained.length; at++) apart[at]! += (own - trained[at]!) ** 2;
    },
  };
}

export interface TinyLab {
  readonly lab: Lab;
  readonly experimentFor: ExperimentFor;
}

export function tinyLab(context: AuditContext, metric: string, budgetMs: number | null = null, runner: FoldRunner = nearestRows): TinyLab {
  const store = memoryLedger();
  const lab = createLab({ executor: inProcessExecutor(runner), store, seed: 1, budgetMs, signal: null, onProgress: () => {} });
  lab.addFrame(context.dataset.version, context.frame);
  const experimentFor: ExperimentFor = ({ features, recipe, split, trainShare, estimator }): Experiment => ({
    kind: "test",
    dataset: context.dataset.version,
    target: context.roles.target,
    task: context.task,
    features,
    weight: null,
    recipe,
    split,
    trainRows: null,
    ...(trainShare === undefined ? {} : { trainShare }),
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
