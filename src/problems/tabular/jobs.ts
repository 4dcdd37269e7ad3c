import type { Frame } from "../../core/column.ts";
import type { Experiment } from "../../core/experiment.ts";
import { contentHash, type Json } from "../../core/json.ts";
import type { Metric } from "../../core/metric.ts";
import type { Fold } from "../../core/split.ts";
import { targetValues } from "../../core/target.ts";
import { int32Where } from "../../core/typed-from.ts";
import { arePeriods, groundOf, type Job, type JobRunner, type Lab, resampleFold } from "../../lab/index.ts";
import { metricNamed } from "../../metrics/index.ts";
import { type DropsOfFold, type PermutationInput, permutationDrops } from "../../model/index.ts";
import { fitRecipe } from "../../recipe/index.ts";
import { stratumOf } from "../../stats/index.ts";
import { type ExportedModel, exportOnnx } from "./onnx.ts";
import { featureFrame, fitPipeline, type Labelled, pick, recipeSteps } from "./pipeline.ts";
import type { NativeModel } from "./scorer.ts";
import { weightValues } from "./weight.ts";

/** Work of this kind beside folds. It runs in the lab's workers, so that the thread that listens to signals and clocks is free. */
export const JOBS = { train, importance, measure } satisfies Readonly<Record<string, JobRunner>>;

type JobName = keyof typeof JOBS;
type InputOf<Name extends JobName> = Parameters<(typeof JOBS)[Name]>[1];
type AnswerOf<Name extends JobName> = ReturnType<(typeof JOBS)[Name]>;

/** Has the lab do a job on its frame `dataset`. @throws BudgetEnded, Cancelled, as Lab.perform. */
export async function perform<Name extends JobName>(
  lab: Lab,
  name: Name,
  dataset: string,
  input: InputOf<Name>,
  withinMs?: number,
): Promise<AnswerOf<Name>> {
  const { estimator, features } = input.experiment;
  const rows = "fold" in input ? input.fold.train.length : input.train.length;
  const job: Job = {
    name,
    dataset,
    input,
    where: `${name} (${estimator.name})`,
    size: `${rows} training rows, ${features.length} columns`,
  };
  return (await lab.perform(job, withinMs)) as AnswerOf<Name>;
}

export interface TrainInput {
  /** Its estimator has the parameters of the last training. */
  readonly experiment: Experiment;
  /** Rows of the frame, ascending; those without a label are passed over. */
  readonly train: Int32Array;
  /** What stands beside recipe and model in the file of the model. */
  readonly shell: Omit<NativeModel, "recipe" | "model">;
  /** hash: only whether it is the same model. */
  readonly want: "model" | "hash";
}

export interface Trained {
  /** Content hash of the native model. */
  readonly hash: string;
  readonly model: { readonly native: NativeModel; readonly exported: ExportedModel } | null;
  /** Rows that it learned from: with a label, and of equal ones one where the recipe says so. */
  readonly rows: number;
  readonly fitMs: number;
}

/** The same frame and input give the same model, to the bit. */
function train(frame: Frame, { experiment, train: offered, shell, want }: TrainInput): Trained {
  const started = performance.now();
  const data = labelled(frame, experiment);
  const rows = int32Where(offered, (row) => !Number.isNaN(data.target[row]));
  const { recipe, model, rows: used } = fitPipeline(data, experiment, { index: 0, train: rows, test: new Int32Array(0) }, null);
  const fitMs = performance.now() - started;
  const read = model.reads === undefined ? recipe : recipe.narrowed(model.reads);
  const native: NativeModel = { ...shell, recipe: read.toJson(), model: model.save() as Json };
  return {
    hash: contentHash(native),
    model: want === "hash" ? null : { native, exported: exportOnnx(native) },
    rows: used,
    fitMs,
  };
}

/** Bytes of the fitted matrix for each of the rows. */
function measure(frame: Frame, { experiment, train: offered }: Pick<TrainInput, "experiment" | "train">): number {
  const data = labelled(frame, experiment);
  const rows = int32Where(offered, (row) => !Number.isNaN(data.target[row]));
  const target = { values: data.target, task: experiment.task };
  const { features } = fitRecipe(recipeSteps(experiment), data.features, rows, target, experiment.seed).transformTraining();
  const bytes = features.reduce((sum, feature) => sum + (feature.kind === "numeric" ? feature.values : feature.codes).byteLength, 0);
  return bytes / Math.max(1, rows.length);
}

export interface ImportanceInput {
  readonly experiment: Experiment;
  readonly fold: Fold;
  /** Columns that are shuffled. */
  readonly columns: readonly string[];
  /** Most held-out rows that are used. */
  readonly mostRows: number;
  readonly repeats: number;
  /** Columns with the largest drops whose spread is wanted. */
  readonly shown: number;
}

/** Permutation importance on the judged rows of one fold. */
function importance(frame: Frame, { experiment, fold, columns, mostRows, repeats, shown }: ImportanceInput): DropsOfFold {
  const data = labelled(frame, experiment);
  const { recipe, model } = fitPipeline(data, experiment, fold, null);
  const metric = metricNamed(experiment.metrics[0] ?? "");
  const rows = evenly(fold.test, mostRows);
  const truth = pick(data.target, rows);
  const used = new Set(recipe.inputs.map(({ name }) => name));
  const weight = data.weight === null ? null : pick(data.weight, rows);
  const drops = permutationDrops({
    predict: (some) => model.predict(recipe.transform(some, null)),
    scoreOf: (outputs) => metric.score({ task: experiment.task, truth, outputs, weight }),
    frame: data.features,
    rows,
    columns: columns.filter((column) => used.has(column)),
    better: metric.better,
    repeats,
    seed: experiment.seed,
    within: spreadWithin(frame, experiment, rows, metric),
    shown,
  });
  return { drops, trainRows: fold.train.length, testRows: rows.length };
}

/** Where folds are periods: the spread of a drop by blocks of the judged rows; null where folds are exchangeable. */
function spreadWithin(frame: Frame, experiment: Experiment, rows: Int32Array, metric: Metric): PermutationInput["within"] {
  if (!arePeriods(experiment.split)) return null;
  const ground = groundOf(frame, experiment);
  const sign = metric.better === "higher" ? 1 : -1;
  return (drop, whole, shuffled) => {
    const fold = resampleFold(experiment, rows, [whole, ...shuffled], metric, ground);
    const [own = new Float64Array(0), ...others] = fold?.replicates ?? [];
    const replicates = own.map(
      (score, i) => sign * (score - others.reduce((sum, other) => sum + (other[i] ?? Number.NaN), 0) / others.length),
    );
    return stratumOf(drop, replicates, fold?.units ?? 0);
  };
}

function labelled(frame: Frame, { features, target, task, weight }: Experiment): Labelled {
  return {
    features: featureFrame(frame, features),
    target: targetValues(frame, target, task),
    weight: weightValues(frame, weight),
  };
}

/** At most `count` of the rows, evenly spaced: a fold's rows ascend, so this keeps their mixture. */
function evenly(rows: Int32Array, count: number): Int32Array {
  if (rows.length <= count) return rows;
  return Int32Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)] ?? 0);
}
