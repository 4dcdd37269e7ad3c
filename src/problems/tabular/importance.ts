import type { Frame } from "../../core/column.ts";
import type { Importance } from "../../core/comparison.ts";
import type { Outcome } from "../../core/experiment.ts";
import type { Fold } from "../../core/split.ts";
import { targetValues } from "../../core/target.ts";
import { metricNamed } from "../../metrics/index.ts";
import { type DropsOfFold, finalParams, importanceFrom, permutationDrops } from "../../model/index.ts";
import type { Workspace } from "../kind.ts";
import { featureFrame, fitPipeline, type Labelled, pick } from "./pipeline.ts";
import type { TabularQuestion } from "./question.ts";
import { weightValues } from "./weight.ts";

const FOLDS = 5;
const REPEATS = 2;
/** Held-out rows that are permuted in a fold, and columns shown: enough for the order, cheap for wide and long tables. */
const HELD_OUT_ROWS = 2000;
const SHOWN_COLUMNS = 30;

/**
 * Permutation importance of the chosen model's columns on held-out rows. The first fold picks the columns that the other folds measure. Folds for
 * which the budget has no time are left out; empty when it has none. @throws Cancelled.
 */
export async function measureImportance(space: Workspace, question: TabularQuestion, outcome: Outcome): Promise<Importance[]> {
  const { experiment } = outcome;
  const data: Labelled = {
    features: featureFrame(space.frame, experiment.features),
    target: targetValues(space.frame, experiment.target, experiment.task),
    weight: weightValues(space.frame, experiment.weight),
  };
  const folds = space.lab.folds(experiment).slice(0, FOLDS);
  let columns: readonly string[] = question.features;
  const drops: DropsOfFold[] = [];
  let foldMs = outcome.folds[0]?.fitMs ?? 0;
  for (const fold of folds) {
    // Fitting here blocks the thread: signals and timers get their turn between folds.
    await new Promise((resolve) => setImmediate(resolve));
    space.signal?.throwIfAborted();
    if (space.lab.left() < foldMs) break;
    const started = performance.now();
    const measured = dropsOfFold(data, outcome, fold, columns);
    drops.push(measured);
    columns = strongest(measured.drops, columns);
    foldMs = performance.now() - started;
  }
  if (drops.length === 0) return [];
  const shown = new Set(columns);
  return importanceFrom(
    drops.map((fold) => ({ ...fold, drops: Object.fromEntries(Object.entries(fold.drops).filter(([column]) => shown.has(column))) })),
    [outcome.id],
  );
}

function dropsOfFold(data: Labelled, outcome: Outcome, fold: Fold, columns: readonly string[]): DropsOfFold {
  const { name } = outcome.experiment.estimator;
  const experiment = { ...outcome.experiment, estimator: { name, params: finalParams(outcome) } };
  const { recipe, model } = fitPipeline(data, experiment, fold, null);
  const metric = metricNamed(experiment.metrics[0] ?? "");
  const rows = evenly(fold.test, HELD_OUT_ROWS);
  const truth = pick(data.target, rows);
  const used = new Set(recipe.inputs.map(({ name }) => name));
  const scoreWith = (frame: Frame) =>
    metric.score({
      task: experiment.task,
      truth,
      outputs: model.predict(recipe.transform(frame, null)),
      weight: data.weight === null ? null : pick(data.weight, rows),
    });
  const drops = permutationDrops({
    scoreWith,
    frame: data.features,
    rows,
    columns: columns.filter((column) => used.has(column)),
    better: metric.better,
    repeats: REPEATS,
    seed: experiment.seed,
  });
  return { drops, trainRows: fold.train.length, testRows: rows.length };
}

function strongest(drops: Readonly<Record<string, number>>, columns: readonly string[]): readonly string[] {
  return [...columns].sort((a, b) => (drops[b] ?? 0) - (drops[a] ?? 0)).slice(0, SHOWN_COLUMNS);
}

/** At most `count` of the rows, evenly spaced: a fold's rows ascend, so this keeps their mixture. */
function evenly(rows: Int32Array, count: number): Int32Array {
  if (rows.length <= count) return rows;
  return Int32Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)] ?? 0);
}
