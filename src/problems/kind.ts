import type { Frame } from "../core/column.ts";
import type { Comparison } from "../core/comparison.ts";
import type { Dataset } from "../core/dataset.ts";
import type { FindingsFile } from "../core/finding.ts";
import type { Json } from "../core/json.ts";
import type { Plan } from "../core/plan.ts";
import type { Proof } from "../core/proof.ts";
import type { CorrectedLabels, Recipe } from "../core/recipe.ts";
import type { Request } from "../core/request.ts";
import type { Scorer } from "../core/scorer.ts";
import type { SplitPolicy } from "../core/split.ts";
import type { Training } from "../core/verdict.ts";
import type { TestOverlap, WholeCounts } from "../core/whole-counts.ts";
import type { DuplicateCount } from "../data/index.ts";
import type { Lab } from "../lab/index.ts";
import type { Autopsy, BlameSoFar } from "../production/index.ts";

/** What every stage is given. */
export interface Workspace {
  readonly request: Request;
  readonly dataset: Dataset;
  readonly frame: Frame;
  /** Rows of the given test set at the end of the dataset; 0 without one. */
  readonly testRows: number;
  /** Other questions of this dossier whose models the given test set has judged; 0 without one. */
  readonly earlierLooks: number;
  /** The rows before the given test set, as a table of their own that the lab knows; the whole without one. */
  readonly training: { readonly dataset: Dataset; readonly frame: Frame };
  /** The same of the rows that checks look at: those above, or more, which no experiment is made on. */
  readonly looked: Pick<Workspace, "frame" | "testRows" | "training">;
  /** Corrections of labels of the training rows that nobody has checked; row numbers of the dataset. */
  readonly corrections: readonly CorrectedLabels[];
  readonly lab: Lab;
  /** The most time that the journey so far and this stage were planned to take; Infinity without a budget. The same on every run. */
  readonly plannedMs: number;
  /** Nothing beyond the plan is done, though time may be left: it may be planned anew. */
  readonly plannedOnly: boolean;
  /** Milliseconds left for checks that train nothing: until the model stage should be done. Infinity without a budget, with one of 0 and where no stage comes after. */
  readonly leftMs: () => number;
  /** Aborted with Cancelled when the user stops the journey. */
  readonly signal: AbortSignal | null;
  /** What is done now; with a count where its total is known. `isLast`: the stage is over after what is counted. */
  readonly progress: (
    note: string,
    count?: { readonly done: number; readonly planned: number; readonly unit: string; readonly isLast?: boolean },
  ) => void;
  /**
   * These columns of more rows than `frame` holds, for the last training: all, or a uniform sample by the seed. `version` names them; `testRows` of them,
   * the last ones, are of the given test set.
   */
  readonly loadRows: (
    rows: number,
    columns: readonly string[],
  ) => Promise<{ readonly version: string; readonly frame: Frame; readonly testRows: number }>;
  /** Equal rows among the training rows, counted over all of them. */
  readonly duplicates: (ignoring: readonly string[]) => Promise<DuplicateCount>;
  /** Other counts over all training rows. */
  readonly whole: WholeCounts;
  /** Equal rows among all training rows and all rows of the given test set: see `AuditContext`. */
  readonly testOverlap: (columns: readonly string[], present: readonly string[]) => Promise<TestOverlap>;
}

/** Result of stage 1. `question` is what the kind needs for the later stages; the journey does not look inside. */
export interface DataStage<Question> {
  readonly file: FindingsFile;
  /** Rows that checks looked at. */
  readonly lookedRows: number;
  readonly recipe: Recipe;
  readonly inferred: Readonly<Record<string, string>>;
  /** The split that is used without thinking. */
  readonly naive: SplitPolicy;
  readonly question: Question;
  /** `review.csv`: labels that a person should look at; null without any. */
  readonly review: string | null;
  /** Why the given test set can judge no model, the rest of a sentence; what a finding says is a blocker. null: it can, or there is none. */
  readonly unjudgeable: string | null;
}

/** Result of stage 2. */
export interface ModelStage<Choice> {
  readonly comparison: Comparison;
  /** Milliseconds of training that the gates are foreseen to need. */
  readonly proveMs: number;
  readonly choice: Choice;
}

/** The model as it is shipped. */
export interface Release {
  readonly scorer: Scorer;
  /** `model/model.json`: everything to load the scorer again. */
  readonly native: Json;
  readonly onnx: Uint8Array;
  /** Column order and types of the ONNX inputs and outputs, and hashes. */
  readonly manifest: Json;
  /** `model/card.md`; with the proof it holds the scores on parts of the rows. `made`: the ISO date of the model. */
  readonly card: (proof: Proof | null, made: string) => string;
  readonly training: Training;
  /** Time of the last training, on all rows. */
  readonly fitMs: number;
  /**
   * For comparison with what is served later: honest answers on rows of the frame, rows x outputs; the standard deviation of the truth per output; what
   * each row is judged with, a group or a block of time, negative = it stands alone, empty = all do.
   */
  readonly reference: { readonly outputs: Float64Array; readonly spread: Float64Array; readonly clusters: Int32Array };
}

/** Why a project would have failed. */
export interface FailureReport {
  /** For people. */
  readonly metric: string;
  /** Score that a project with all omissions would have promised, and what production would have given: means over the draws of the game; NaN when the budget ended before. */
  readonly promised: number;
  readonly realised: number;
  /** The game over the gap between the two; null when the budget ended before it was played once. */
  readonly game: Autopsy | null;
  /** When the budget ended first: what one draw says of each omission, and how many combinations of how many were tried, over all draws. */
  readonly ended: { readonly tried: number; readonly of: number; readonly blames: readonly BlameSoFar[] } | null;
}

/** A kind of problem fills the four stages. Shared rooms know no kind. */
export interface ProblemKind<Question, Choice> {
  readonly name: string;
  /** Module that exports `runFold`; the lab's workers import it. */
  readonly runnerUrl: URL;
  audit(space: Workspace): Promise<DataStage<Question>>;
  choose(space: Workspace, data: DataStage<Question>): Promise<ModelStage<Choice>>;
  release(space: Workspace, data: DataStage<Question>, model: ModelStage<Choice>): Promise<Release>;
  plan(space: Workspace, data: DataStage<Question>, model: ModelStage<Choice>, release: Release): Promise<Plan>;
  /** `plan` is null when its budget ended first. */
  prove(space: Workspace, data: DataStage<Question>, model: ModelStage<Choice>, release: Release, plan: Plan | null): Promise<Proof>;
  /** null when the audit mended nothing that a project could have left out. */
  autopsy(space: Workspace, data: DataStage<Question>): Promise<FailureReport | null>;
  load(native: Json): Scorer;
}
