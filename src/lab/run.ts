import { setMaxListeners } from "node:events";
import type { Frame } from "../core/column.ts";
import type { Experiment, Outcome } from "../core/experiment.ts";
import { contentHash } from "../core/json.ts";
import { type Budget, createBudget, LONGEST_TIMER_MS } from "./budget.ts";
import type { Executor, FoldResult, Job, Lab, LedgerStore, Progress } from "./contracts.ts";
import { eitherSignal } from "./either-signal.ts";
import { type FoldPlan, foldPlanner } from "./fold-plan.ts";
import { foldJob } from "./jobs.ts";
import { openLedger } from "./ledger.ts";
import { outcomeOf } from "./outcome.ts";
import { createProgress, type ProgressMeter } from "./progress.ts";
import { BudgetEnded } from "./stop.ts";

export interface LabOptions {
  readonly executor: Executor;
  readonly store: LedgerStore;
  readonly seed: number;
  /** From now; null = no limit. */
  readonly budgetMs: number | null;
  readonly signal: AbortSignal | null;
  readonly onProgress: (progress: Progress) => void;
  /** Folds of experiments that a budget ended, for a later lab of the same executor to go on with. */
  readonly halfDone?: HalfDone;
}

/** By the experiment's id and the fold's place. */
export type HalfDone = Map<string, Map<number, FoldResult>>;

/** What computing one experiment needs. */
interface Bench {
  readonly executor: Executor;
  readonly budget: Budget;
  readonly progress: ProgressMeter;
  readonly halfDone: HalfDone;
}

export function createLab({ executor, store, seed, budgetMs, signal, onProgress, halfDone = new Map() }: LabOptions): Lab {
  const frames = new Map<string, Frame>();
  const running = new Map<string, Promise<Outcome>>();
  const counts = { computed: 0, reused: 0 };
  const ledger = openLedger(store);
  const budget = createBudget(budgetMs, signal);
  const bench: Bench = { executor, budget, progress: createProgress(executor.threads, onProgress), halfDone };
  const frame = (version: string) => knownFrame(frames, version);
  const planOf = foldPlanner(frame);

  const compute = async (id: string, experiment: Experiment, keep: boolean): Promise<Outcome> => {
    bench.budget.check();
    const started = performance.now();
    // Computed afresh, nothing of before is taken.
    const outcome = await computeOutcome(keep ? bench : { ...bench, halfDone: new Map() }, id, experiment, planOf(experiment));
    counts.computed += 1;
    return keep ? ledger.keep(outcome, performance.now() - started) : outcome;
  };

  const reuse = (outcome: Outcome | Promise<Outcome>): Outcome | Promise<Outcome> => {
    counts.reused += 1;
    return outcome;
  };

  return {
    seed,
    threads: executor.threads,
    counts,
    frame,
    addFrame: (version, added) => {
      frames.set(version, added);
      executor.share(version, added);
    },
    run: async (experiment, options) => {
      if (signal?.aborted) bench.budget.signal.throwIfAborted();
      const id = contentHash(experiment);
      if (options?.fresh) return compute(id, experiment, false);
      const known = running.get(id) ?? ledger.find(id);
      if (known !== null) return reuse(known);
      const outcome = compute(id, experiment, true).finally(() => running.delete(id));
      running.set(id, outcome);
      return outcome;
    },
    expect: (announced) => {
      for (const { experiment, cost } of announced) {
        const id = contentHash(experiment);
        if (!ledger.has(id) && !running.has(id))
          bench.progress.expect(id, experiment.estimator.name, planOf(experiment).folds.length, cost);
      }
    },
    perform: (job, withinMs = Number.POSITIVE_INFINITY) => perform(bench, job, withinMs),
    folds: (question) => planOf(question).folds,
    left: bench.budget.left,
    close: async () => {
      bench.budget.close();
      await executor.close();
    },
  };
}

function knownFrame(frames: ReadonlyMap<string, Frame>, version: string): Frame {
  const known = frames.get(version);
  if (known === undefined) throw new RangeError(`dataset version ${version} is not known to the lab`);
  return known;
}

async function perform({ executor, budget }: Bench, job: Job, withinMs: number): Promise<unknown> {
  budget.check();
  if (withinMs >= budget.left()) return executor.run(job, budget.signal);
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(new BudgetEnded(withinMs)), Math.min(withinMs, LONGEST_TIMER_MS));
  const { signal, release } = eitherSignal(budget.signal, own.signal);
  try {
    return await executor.run(job, signal);
  } finally {
    release();
    clearTimeout(timer);
  }
}

/** All folds at once on the executor. The first failure takes the other folds with it. */
async function computeOutcome(bench: Bench, id: string, experiment: Experiment, plan: FoldPlan): Promise<Outcome> {
  const { executor, budget, progress, halfDone } = bench;
  const kind = experiment.estimator.name;
  const failed = new AbortController();
  const { signal, release } = eitherSignal(budget.signal, failed.signal);
  // One listener per fold, each removed when its fold is settled: no leak to warn of.
  setMaxListeners(0, signal);
  let done = 0;
  const known = halfDone.get(id) ?? new Map<number, FoldResult>();
  halfDone.set(id, known);
  const runFold = async (index: number): Promise<FoldResult> => {
    const [fold, validation] = [plan.folds[index], plan.validations[index]];
    if (fold === undefined || validation === undefined) throw new RangeError(`no fold ${index}`);
    const result = known.get(index) ?? ((await executor.run(foldJob(experiment, fold, validation), signal)) as FoldResult);
    known.set(index, result);
    done += 1;
    progress.done(id, result.fitMs + result.predictMs);
    return result;
  };
  progress.plan(id, kind, plan.folds.length);
  try {
    const results = await Promise.all(plan.folds.map((_fold, index) => runFold(index)));
    halfDone.delete(id);
    return outcomeOf(id, experiment, plan.folds, results);
  } catch (error) {
    failed.abort(error);
    progress.drop(id, plan.folds.length - done);
    throw error;
  } finally {
    release();
  }
}
