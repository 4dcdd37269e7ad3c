import type { Json } from "./json.ts";
import type { Recipe } from "./recipe.ts";
import type { SplitPolicy } from "./split.ts";
import type { Task } from "./task.ts";

/** The question "what would happen if", as a plain value. Its content hash is its id. */
export interface Experiment {
  /** Kind of problem; names the runner that executes it. */
  readonly kind: string;
  /** Dataset version. */
  readonly dataset: string;
  readonly target: string;
  readonly task: Task;
  /** Columns offered to the recipe. */
  readonly features: readonly string[];
  readonly weight: string | null;
  readonly recipe: Recipe;
  readonly split: SplitPolicy;
  /** Training rows of each fold are cut to this many (by the seed; by time the latest); null = all. For learning curves. */
  readonly trainRows: number | null;
  readonly estimator: { readonly name: string; readonly params: Readonly<Record<string, number | string | boolean | null>> };
  /**
   * Columns that are missing in the judged rows, though the model was trained on them: what is written only after the outcome is not there yet when
   * a prediction is made. Absent = none.
   */
  readonly absentWhenJudged?: readonly string[];
  /** Names of metrics; the first one decides. */
  readonly metrics: readonly string[];
  readonly seed: number;
}

export interface FoldOutcome {
  readonly fold: number;
  readonly trainRows: number;
  readonly testRows: number;
  readonly scores: Readonly<Record<string, number>>;
  readonly fitMs: number;
  readonly predictMs: number;
}

export interface Outcome {
  /** Content hash of the experiment. */
  readonly id: string;
  readonly experiment: Experiment;
  readonly folds: readonly FoldOutcome[];
  /** Mean over folds. */
  readonly scores: Readonly<Record<string, number>>;
  /** Out-of-fold predictions: rows that were judged (ascending) and their outputs, row-major. With repeats: the mean over repeats. */
  readonly outOfFold: { readonly rows: Int32Array; readonly outputs: Float64Array };
  /** What the runner adds, e.g. rounds of boosting. */
  readonly notes: Readonly<Record<string, Json>>;
}
