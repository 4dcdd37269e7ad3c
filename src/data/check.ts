import type { Frame } from "../core/column.ts";
import type { Dataset } from "../core/dataset.ts";
import type { OutOfFold } from "../core/experiment.ts";
import type { Suspicion } from "../core/finding.ts";
import type { Roles } from "../core/role.ts";
import type { Task } from "../core/task.ts";
import type { TrapId } from "../core/trap.ts";
import type { TestOverlap, WholeCounts } from "../core/whole-counts.ts";

/** Groups of equal rows, counted exactly over the whole table. `rows`: surplus rows, that is copies beyond the first of each group. */
export interface DuplicateCount {
  readonly rows: number;
  readonly groups: number;
  readonly sample: readonly number[];
}

/** Answers to frame rows, each by a model that did not see it. */
export interface JudgedRows extends OutOfFold {
  /** Fold of each frame row in the first repeat, -1 in none: whoever looks at the same rows by another model leaves the same ones out. Absent: folds by chance. */
  readonly foldOf?: Int32Array;
}

/** What checks look at. Everything is read-only; what several checks need is computed once, lazily, in `shared`. */
export interface AuditContext {
  readonly dataset: Dataset;
  /**
   * The table or a uniform sample of its rows (ascending). Checks see training rows only; those whose subject is the given split see the rows of
   * the test set too, as the last ones.
   */
  readonly frame: Frame;
  readonly roles: Roles;
  /** Columns that were declared to name the group together; empty without. */
  readonly groupBy: readonly string[];
  readonly task: Task;
  /** Class index or value for each frame row; NaN without label. */
  readonly target: Float64Array;
  /** Suspicions about the labels themselves: they were looked at before there was a task. */
  readonly labels: readonly Suspicion[];
  /** Frame rows that are totals of the others, and hold nothing here; absent = none. */
  readonly totals?: readonly number[];
  /** Frame rows of the given test set; null where it is not looked at. */
  readonly testRows: Int32Array | null;
  /** Other questions whose models these test rows have judged, as far as the dossier knows; 0 where they are not looked at. */
  readonly testLooks: number;
  /** Where `testRows` are looked at: the training rows alone, as the other checks see them; else null. */
  readonly training: AuditContext | null;
  /** Column -> is its value already written when the prediction is made? Answers given by the user. */
  readonly knownAt: Readonly<Record<string, "before" | "after">>;
  /** Exact duplicates over the whole table, leaving out columns. `unlike`: columns among the others in which few rows are equal, where some are known. */
  duplicates(ignoring: readonly string[], unlike?: readonly string[]): Promise<DuplicateCount>;
  /** Exact counts over the whole table; asked where the frame is a sample of it. */
  readonly whole: WholeCounts;
  /**
   * Rows of the given test set and training rows that are equal in these columns, exactly over both; asked where the frame is a sample. Missing equals missing,
   * but in the columns `present` leaves a row out.
   */
  testOverlap(columns: readonly string[], present: readonly string[]): Promise<TestOverlap>;
  /** Answers of the quick estimator on the honest ground, each by a model that did not see its row; null before there is a ground. */
  readonly outOfFold: JudgedRows | null;
  readonly seed: number;
  /** For long loops: lets signals be heard, and throws when the user has stopped the audit. */
  pause(): Promise<void>;
  /** One value per key and audit: `shared("associations", () => ...)`. */
  shared<T>(key: string, make: () => T): T;
}

/** Looks for one trap. Statistics nominate; harm is measured afterwards by experiments. */
export interface Check {
  readonly trap: TrapId;
  readonly title: string;
  /**
   * given-split: it compares the given test set with the training rows, so it is the only kind of check that sees both. out-of-fold: it looks at what a
   * model on the honest ground answers, so it comes after all others.
   */
  readonly subject?: "given-split" | "out-of-fold";
  /** It counts the columns that a model is given: what it found is counted anew once it is known which are left out. */
  readonly ofModel?: true;
  /** It tells of the target by what goes with it, which a few strange labels hide: it is made a second time without them (`plainTarget`). */
  readonly hiddenByLabels?: true;
  /** It takes long on many rows, and looks at nothing but the frame, the roles and the target: another thread may make it. The larger the number, the longer it takes. */
  readonly apart?: number;
  /** Asks what takes the database long, ahead of all checks: it answers beside them. `inspect` finds it in `shared`. */
  ask?(context: AuditContext): Promise<unknown>;
  inspect(context: AuditContext): readonly Suspicion[] | Promise<readonly Suspicion[]>;
}
