import { emptied, type Frame, takeRows } from "../../core/column.ts";
import type { Experiment } from "../../core/experiment.ts";
import { createRandom } from "../../core/random.ts";
import type { Fold } from "../../core/split.ts";
import { spoilt } from "../../core/spoil.ts";
import { targetValues } from "../../core/target.ts";
import type { FoldRunner, Runner } from "../../lab/index.ts";
import { metricNamed } from "../../metrics/index.ts";
import { JOBS } from "./jobs.ts";
import { featureFrame, fitPipeline, pick } from "./pipeline.ts";
import { weightValues } from "./weight.ts";

export const jobs: Runner["jobs"] = JOBS;

/** One fold of a tabular experiment: recipe and model see training rows only. The lab's workers import this module. */
export const runFold: FoldRunner = (frame, experiment, fold, validation) => {
  const data = {
    features: featureFrame(frame, experiment.features),
    target: targetValues(frame, experiment.target, experiment.task),
    weight: weightValues(frame, experiment.weight),
  };
  const started = performance.now();
  const { recipe, model } = fitPipeline(data, experiment, fold, validation);
  const fitted = performance.now();
  const outputs = model.predict(recipe.transform(judgedRows(data.features, experiment, fold), null));
  const predicted = performance.now();
  const judged = {
    task: experiment.task,
    truth: pick(data.target, fold.test),
    outputs,
    weight: data.weight === null ? null : pick(data.weight, fold.test),
  };
  return {
    outputs,
    scores: Object.fromEntries(experiment.metrics.map((name) => [name, metricNamed(name).score(judged)])),
    fitMs: fitted - started,
    predictMs: predicted - fitted,
    notes: model.notes,
  };
};

function judgedRows(features: Frame, { absentWhenJudged = [], spoiltWhenJudged, seed }: Experiment, fold: Fold): Frame {
  const whole = takeRows(features, fold.test);
  const frame = spoiltWhenJudged === undefined ? whole : spoilt(whole, spoiltWhenJudged, createRandom(seed, "spoilt", fold.index));
  if (absentWhenJudged.length === 0) return frame;
  return { ...frame, columns: frame.columns.map((column) => (absentWhenJudged.includes(column.name) ? emptied(column) : column)) };
}
