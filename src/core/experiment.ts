import type { Json } from "./json.ts";
import type { Recipe } from "./recipe.ts";
import type { SplitPolicy } from "./split.ts";
import type { Spoiling } from "./spoil.ts";
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
  /** The training rows of each fold are cut to this share of its own, the same way; two rows at least. 0..1, absent = all; never beside `trainRows`. */
  readonly trainShare?: number;
  /** The last rows of the dataset, in no fold: a given test set that waits for the last judgement. Absent = none; never with policy `given`. */
  readonly heldOut?: number;
  readonly estimator: { readonly name: string; readonly params: Readonly<Record<string, number | string | boolean | null>> };
  /**
   * Columns that are missing in the judged rows, though the model was trained on them: what is written only after the outcome is not there yet when
   * a prediction is made. Absent = none.
   */
  readonly absentWhenJudged?: readonly string[];
  /** Cells of the judged rows that are spoilt, though the model was trained on whole ones: what comes in production. Absent = none. */
  readonly spoiltWhenJudged?: Spoiling;
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

/** Out-of-fold predictions, each by one model. Repeats of the folds stand one after the other and are as long; none is mixed with another. */
export interface OutOfFold {
  /** Judged rows, ascending within each repeat: repeats x rows. */
  readonly rows: Int32Array;
  /** Of each of `rows`, row-major. */
  readonly outputs: Float64Array;
  readonly repeats: number;
}

export interface Outcome {
  /** Content hash of the experiment. */
  readonly id: string;
  readonly experiment: Experiment;
  readonly folds: readonly FoldOutcome[];
  /** Mean over folds. */
  readonly scores: Readonly<Record<string, number>>;
  readonly outOfFold: OutOfFold;
  /** What the runner adds, e.g. rounds of boosting. */
  readonly notes: Readonly<Record<string, Json>>;
}
