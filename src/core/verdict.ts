import type { Comparison } from "./comparison.ts";
import type { FindingsFile } from "./finding.ts";
import type { StepLine } from "./mended-data.ts";
import type { Plan } from "./plan.ts";
import type { Proof } from "./proof.ts";

/** go: 0. no-go: 1. unknown: 3, the budget ended before an answer. */
export interface Verdict {
  readonly decision: "go" | "no-go" | "unknown";
  /** One sentence for a manager. */
  readonly headline: string;
  /** What speaks for it and against it, most important first. */
  readonly reasons: readonly string[];
  /** What to do next, most important first. */
  readonly next: readonly string[];
}

export interface StageTime {
  readonly stage: "data" | "model" | "scale" | "production";
  readonly tookMs: number;
  readonly experiments: number;
  readonly reused: number;
}

/** What the shipped model was trained on. */
export interface Training {
  /** Rows with a label that it learned from. */
  readonly rows: number;
  /** Rows of the data that were loaded for it; rows without a label and those of a given test set are among them. */
  readonly loadedRows: number;
  /** Rows of the whole data. */
  readonly of: number;
  /** Why not all of them were loaded, one plain phrase; null when they were. */
  readonly why: string | null;
  /** Of texts whose words it reads; absent without any. */
  readonly words?: readonly WordsOfText[];
}

/** Words, and pairs of words, of a text that speak for more or less of what is predicted, the weightiest first; each stands in five texts at least. */
export interface WordsOfText {
  readonly column: string;
  /** The class that is spoken for; null: the number. */
  readonly of: string | null;
  readonly more: readonly string[];
  readonly less: readonly string[];
}

/** "Words of review that speak for great: delicious, best; against: bad". */
export function wordsSentence({ column, of, more, less }: WordsOfText): string {
  const [up, down] = of === null ? ["a higher answer", "for a lower one"] : [of, "against it"];
  const said = [more.length === 0 ? "" : ` for ${up}: ${more.join(", ")}`, less.length === 0 ? "" : ` ${down}: ${less.join(", ")}`];
  return `Words of ${column} that speak${said.filter((one) => one !== "").join(";")}`;
}

/** What one run of the journey found: plain JSON, and all that the report needs. */
export interface JourneyResult {
  readonly schema: "oldhand/run/1";
  readonly version: string;
  readonly created: string;
  readonly command: string;
  readonly dataset: {
    readonly name: string;
    readonly version: string;
    readonly rows: number;
    readonly columns: number;
    readonly notes: readonly string[];
    /** Uniform sample that findings, scores and gates are of, and why not all rows, one plain phrase; null when all. `looked`: rows that findings are of where they are more. */
    readonly sample: { readonly rows: number; readonly why: string; readonly looked?: number } | null;
  };
  readonly kind: string;
  readonly seed: number;
  readonly threads: number;
  readonly budgetMs: number | null;
  /** Option -> why it was inferred. */
  readonly inferred: Readonly<Record<string, string>>;
  readonly findings: FindingsFile;
  readonly recipe: readonly StepLine[];
  readonly comparison: Comparison | null;
  /** Why no model was judged, one plain sentence; null when one was. */
  readonly whyNoModel: string | null;
  /** null when no model was made. */
  readonly training: Training | null;
  readonly plan: Plan | null;
  readonly proof: Proof | null;
  readonly verdict: Verdict;
  readonly times: readonly StageTime[];
  /** id -> one line for the ledger section of the report. */
  readonly ledger: Readonly<Record<string, string>>;
}
