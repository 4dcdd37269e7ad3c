import type { Comparison } from "../core/comparison.ts";
import type { FindingsFile } from "../core/finding.ts";
import type { Plan } from "../core/plan.ts";
import type { Proof } from "../core/proof.ts";
import type { SampleLimit } from "./sample-size.ts";
import type { StageName } from "./stage-budget.ts";

/** What the stages gave, on which the verdict and the next steps rest. */
export interface StageResults {
  readonly file: FindingsFile;
  readonly comparison: Comparison | null;
  readonly plan: Plan | null;
  readonly proof: Proof | null;
  /** Folder of the dossier, as commands name it. */
  readonly dossier: string;
  /** Last stage that was asked for. */
  readonly until: StageName;
  /** How many labels of the rows that judge were corrected and checked, as a sentence; absent or null when none were. */
  readonly relabelled?: string | null;
  /** Absent or null without a budget. */
  readonly budgetMs?: number | null;
  /** When the stages looked at a sample of the rows; absent or null when at all. */
  readonly sampled?: { readonly rows: number; readonly of: number; readonly limit: SampleLimit } | null;
}
