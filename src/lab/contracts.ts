import type { Frame } from "../core/column.ts";
import type { Experiment, Outcome } from "../core/experiment.ts";
import type { Json } from "../core/json.ts";
import type { Fold } from "../core/split.ts";

/** What decides the folds of an experiment. */
export type FoldQuestion = Pick<
  Experiment,
  "dataset" | "split" | "target" | "task" | "weight" | "seed" | "trainRows" | "trainShare" | "heldOut"
>;

/** What a runner gives for one fold. outputs: test rows x outputs, row-major. */
export interface FoldResult {
  readonly outputs: Float64Array;
  readonly scores: Readonly<Record<string, number>>;
  readonly fitMs: number;
  readonly predictMs: number;
  readonly notes: Readonly<Record<string, Json>>;
}

/**
 * Trains on fold.train and predicts fold.test. `validation` is a subset of fold.train for early stopping. A kind of problem ships a module that
 * exports `runFold: FoldRunner`; the lab's workers import it by URL, so the lab knows no kind and no estimator.
 */
export type FoldRunner = (frame: Frame, experiment: Experiment, fold: Fold, validation: Int32Array) => FoldResult;

/** Long work beside folds, e.g. the last training. Input and answer are plain data. */
export type JobRunner = (frame: Frame, input: never) => unknown;

/** What a kind's runner module exports. A job names one of `jobs`. */
export interface Runner {
  readonly runFold: FoldRunner;
  readonly jobs?: Readonly<Record<string, JobRunner>>;
}

/** Work as a value: what is done by the kind's runner, with which data. A fold of an experiment is one, too. */
export interface Job {
  readonly name: string;
  /** Dataset version, or a sample of it, whose frame the runner is given. */
  readonly dataset: string;
  /** Plain data: it is sent to another thread. */
  readonly input: unknown;
  /** For messages: which work it is, and its size. */
  readonly where: string;
  readonly size: string;
}

/** Where jobs are done: in this thread, in worker threads, later on many machines. */
export interface Executor {
  readonly threads: number;
  /** Makes a frame known to the workers under its dataset version. */
  share(version: string, frame: Frame): void;
  /** The runner's answer. Rejects with the signal's reason when it is aborted, at once and also in the middle of the work. */
  run(job: Job, signal: AbortSignal | null): Promise<unknown>;
  close(): Promise<void>;
}

/** Where outcomes are kept. Append-only; the last entry of an id wins. */
export interface LedgerStore {
  append(entry: Json): void;
  entries(): Iterable<Json>;
  /** Typed arrays beside the log, by name. */
  writeArray(name: string, values: Float64Array | Int32Array): void;
  readArray(name: string): Float64Array | Int32Array | null;
}

export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly planned: number;
  readonly note: string;
  /** What is counted, e.g. "trainings"; absent when the note says it. */
  readonly unit?: string;
  /** Estimate from measured experiments of the time until `planned` is done; absent or null before the first is measured. */
  readonly leftMs?: number | null;
  /** The work turned out slower than what was said last: the time left has gone up. */
  readonly slower?: boolean;
}

/** The engine of counterfactuals. Equal experiments are computed once, whoever asks. */
export interface Lab {
  readonly seed: number;
  readonly threads: number;
  /** Makes a dataset version's frame known. */
  addFrame(version: string, frame: Frame): void;
  frame(version: string): Frame;
  /**
   * The outcome, from the ledger when it is there. `fresh` computes it anew and keeps nothing: for replays.
   * @throws BudgetEnded when the budget is over before it has an outcome, Cancelled when the signal was aborted.
   */
  run(experiment: Experiment, options?: { readonly fresh?: boolean }): Promise<Outcome>;
  /**
   * Announces experiments that will be asked for, so that totals and the time left are known from the start. `cost` of one fold, in any unit that is the same for
   * all that are announced together.
   */
  expect(announced: readonly { readonly experiment: Experiment; readonly cost: number }[]): void;
  /**
   * Has long work that is no experiment done where folds are, so that this thread stays free for signals and timers. Nothing is kept of it.
   * @param withinMs the most time it may take, of what is left. @throws BudgetEnded after it, Cancelled when the signal was aborted.
   */
  perform(job: Job, withinMs?: number): Promise<unknown>;
  /** Folds of an experiment, as `run` uses them. */
  folds(experiment: FoldQuestion): readonly Fold[];
  /** Milliseconds left, Infinity without a budget. */
  left(): number;
  readonly counts: { readonly computed: number; readonly reused: number };
  close(): Promise<void>;
}
