import type { SplitPolicy } from "./split.ts";

/** What a person asked, after parsing and before inference. null = not given. Kept in the dossier, so that a run can be resumed. */
export interface Request {
  /** The data as given: a path, a pattern or a URL, see `core/place.ts`. */
  readonly data: string;
  readonly target: string;
  /** The same of a given test set. */
  readonly test: string | null;
  /** false: lines under the header are rows, whatever they say; absent: those that say what the columns are are none. */
  readonly secondHeader?: false;
  readonly time: string | null;
  readonly group: readonly string[];
  readonly ids: readonly string[];
  readonly weight: string | null;
  readonly ignore: readonly string[];
  readonly positive: string | null;
  readonly task: "binary" | "multiclass" | "regression" | null;
  readonly metric: string | null;
  readonly split: SplitPolicy["policy"] | null;
  /** Answers of `--known-at`, by column or finding id: "before", "after" or one of the question's own choices. */
  readonly answers: Readonly<Record<string, string>>;
  /** Review file with corrected labels; "none" undoes earlier ones; null = as the dossier holds them. */
  readonly labels: string | null;
  readonly seed: number;
  readonly budgetMs: number | null;
  readonly threads: number;
  readonly memoryBytes: number;
  readonly load: Load;
  /** Time within which 99 of 100 answers to a single row must come. */
  readonly latencyBudgetMs: number;
}

/** The traffic that the cost is computed for. */
export interface Load {
  readonly predictionsPerMonth: number;
  /** Peak rate / mean rate. */
  readonly peakFactor: number;
  readonly retrainingsPerMonth: number;
}
