import type { Json } from "./json.ts";
import type { Matrix } from "./matrix.ts";
import type { Recipe } from "./recipe.ts";
import type { Task } from "./task.ts";

export interface Training {
  readonly task: Task;
  readonly matrix: Matrix;
  /** Class index for classification, value for regression. One per row of the matrix, no NaN. */
  readonly target: Float64Array;
  /** Non-negative; null = all 1. */
  readonly weight: Float64Array | null;
  /** Rows of the matrix held back for early stopping, chosen by the split policy; null = fit on all rows without stopping early. */
  readonly validation: Int32Array | null;
}

/** A fitted predictor. Only `Estimator.fit` and `load` make one, so "not fitted" cannot happen. */
export interface Model {
  /** rows x outputsOf(task), row-major: P(positive) | class probabilities | value. Does not change the matrix. */
  predict(matrix: Matrix): Float64Array;
  /** Everything needed to load the model again, equal to the bit. */
  save(): Json;
}

/** What a recipe must do for an estimator, decided from the columns that are left after repairs. */
export interface PreparationInput {
  readonly name: string;
  readonly type: "number" | "date" | "category" | "text";
  readonly distinct: number;
  readonly missing: number;
}

/** A way to learn. Options are plain and never changed. The same training, seed and options give the same model. */
export interface Estimator {
  readonly name: string;
  /** 0 = simplest. Of the models that beat the best baseline, the simplest that is at most one standard error of the paired difference behind the best wins. */
  readonly complexity: number;
  readonly params: Readonly<Record<string, number | string | boolean | null>>;
  prepare(columns: readonly PreparationInput[], task: Task): Recipe;
  fit(training: Training, seed: number): Model;
}

/** Makes an estimator from its name and parameters in an experiment, and a model from what it saved. */
export interface EstimatorFamily {
  readonly name: string;
  create(params: Readonly<Record<string, number | string | boolean | null>>): Estimator;
  load(saved: Json): Model;
}
