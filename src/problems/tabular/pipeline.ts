import { columnOf, type Frame } from "../../core/column.ts";
import type { Experiment } from "../../core/experiment.ts";
import { isTableStep, type Recipe } from "../../core/recipe.ts";
import type { Fold } from "../../core/split.ts";
import { float64From, int32Where } from "../../core/typed-from.ts";
import { estimatorNamed, type FittedModel } from "../../model/index.ts";
import { type FittedRecipe, fitRecipe } from "../../recipe/index.ts";
import { trainWithoutCopies } from "./copies.ts";
import { correctedTarget } from "./corrected-labels.ts";

/** A recipe and a model fitted on the same rows. */
export interface Pipeline {
  readonly recipe: FittedRecipe;
  readonly model: FittedModel;
  /** Rows that both were fitted on. */
  readonly rows: number;
}

/** What can be learned from: target and weight for each row of the frame. */
export interface Labelled {
  readonly features: Frame;
  readonly target: Float64Array;
  readonly weight: Float64Array | null;
}

/**
 * Fits on the training rows of the fold, without copies of judged rows and with corrected labels where the recipe says so; nothing else is looked at. `validation`, a subset of
 * them, is held back for early stopping; null = use them all and do not stop early.
 */
export function fitPipeline(data: Labelled, experiment: Experiment, fold: Fold, validation: Int32Array | null): Pipeline {
  const target = correctedTarget(experiment, data.features, data.target);
  const train = int32Where(trainWithoutCopies(experiment.recipe, data, fold), (row) => !Number.isNaN(target[row]));
  const { task, seed } = experiment;
  const recipe = fitRecipe(recipeSteps(experiment), data.features, train, { values: target, task }, seed);
  const training = {
    task,
    matrix: recipe.transformTraining(),
    target: pick(target, train),
    weight: data.weight === null ? null : pick(data.weight, train),
    validation: validation === null ? null : placesOf(validation, train),
  };
  return { recipe, model: estimatorNamed(experiment.estimator.name, experiment.estimator.params).fit(training, seed), rows: train.length };
}

/** Steps that work on columns; the others choose rows. */
export function recipeSteps({ recipe }: Experiment): Recipe {
  return recipe.filter((step) => !isTableStep(step));
}

export function featureFrame(frame: Frame, features: readonly string[]): Frame {
  if (features.length < 50) return { ...frame, columns: features.map((name) => columnOf(frame, name)) };
  const byName = new Map(frame.columns.map((column) => [column.name, column]));
  return { ...frame, columns: features.flatMap((name) => byName.get(name) ?? []) };
}

export function pick(values: Float64Array, rows: Int32Array): Float64Array {
  return float64From(rows, (row) => values[row] ?? Number.NaN);
}

/** Where the rows `some` stand in the ascending `all`; rows that are not there are left out. */
function placesOf(some: Int32Array, all: Int32Array): Int32Array {
  const place = new Map<number, number>();
  all.forEach((row, index) => {
    place.set(row, index);
  });
  return Int32Array.from([...some].flatMap((row) => place.get(row) ?? []));
}
