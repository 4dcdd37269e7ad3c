import { columnOf, type Frame } from "../../src/core/column.ts";
import type { Experiment } from "../../src/core/experiment.ts";
import { createRandom } from "../../src/core/random.ts";
import type { Task } from "../../src/core/task.ts";
import type { FoldRunner } from "../../src/lab/index.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import { type CandidatePlan, estimatorNamed } from "../../src/model/index.ts";
import { fitRecipe } from "../../src/recipe/index.ts";

/** Class index or value of the column "y". */
export function targetOf(frame: Frame): Float64Array {
  const target = columnOf(frame, "y");
  return "values" in target ? target.values : Float64Array.from(target.codes);
}

/** Trains one fold of an experiment on a frame whose target is the column "y". */
export const runFold: FoldRunner = (frame, experiment, fold, validation) => {
  const target = targetOf(frame);
  const features = { ...frame, columns: frame.columns.filter(({ name }) => experiment.features.includes(name)) };
  const recipe = fitRecipe(experiment.recipe, features, fold.train, { values: target, task: experiment.task }, experiment.seed);
  const place = new Map(Array.from(fold.train, (row, i) => [row, i]));
  const model = estimatorNamed(experiment.estimator.name, experiment.estimator.params).fit(
    {
      task: experiment.task,
      matrix: recipe.transformTraining(),
      target: Float64Array.from(fold.train, (row) => target[row]!),
      weight: null,
      validation: Int32Array.from(validation, (row) => place.get(row)!),
    },
    experiment.seed,
  );
  const outputs = model.predict(recipe.transform(features, fold.test));
  const judged = { task: experiment.task, truth: Float64Array.from(fold.test, (row) => target[row]!), outputs, weight: null };
  const scores = Object.fromEntries(experiment.metrics.map((name) => [name, metricNamed(name).score(judged)]));
  return { outputs, scores, fitMs: 1, predictMs: 1, notes: model.notes };
};

export interface Table {
  readonly frame: Frame;
  readonly task: Task;
}

/** Numbers x0, x1, ... and a category c; y = signal of them, with noise. */
export function table(
  task: Task,
  rows: number,
  seed: number,
  signal: (x: readonly number[], level: number, noise: number) => number,
): Table {
  const random = createRandom(seed, "table");
  const x = Array.from({ length: 4 }, () => Float64Array.from({ length: rows }, () => random.normal()));
  const codes = Int32Array.from({ length: rows }, () => random.integer(3));
  const y = Float64Array.from({ length: rows }, (_, row) =>
    signal(
      x.map((column) => column[row]!),
      codes[row]!,
      random.normal(),
    ),
  );
  return {
    task,
    frame: {
      rows,
      rowNumbers: null,
      columns: [
        ...x.map((values, i) => ({ name: `x${i}`, type: "number" as const, values })),
        { name: "c", type: "category", codes, levels: ["a", "b", "c"] },
        task.kind === "regression"
          ? { name: "y", type: "number", values: y }
          : { name: "y", type: "category", codes: Int32Array.from(y, (value) => (value > 0 ? 1 : 0)), levels: task.classes },
      ],
    },
  };
}

export function experimentsOn({ frame, task }: Table, metric: string, split: Experiment["split"]): (plan: CandidatePlan) => Experiment {
  const features = frame.columns.filter(({ name }) => name !== "y");
  const inputs = features.map(({ name, type }) => ({ name, type, distinct: 3, missing: 0 }));
  return ({ estimator: name, params }) => {
    const estimator = estimatorNamed(name, params);
    return {
      kind: "test",
      dataset: "table",
      target: "y",
      task,
      features: features.map((column) => column.name),
      weight: null,
      recipe: estimator.prepare(inputs, task),
      split,
      trainRows: null,
      estimator: { name, params: estimator.params },
      metrics: [metric],
      seed: 1,
    };
  };
}
