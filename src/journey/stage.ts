import type { StageTime } from "../core/verdict.ts";
import { BudgetEnded, createLab, type Executor, type LedgerStore, type Progress } from "../lab/index.ts";
import type { Workspace } from "../problems/index.ts";
import { duplicateGroups } from "../store/index.ts";
import { type StageName, stageBudget } from "./stage-budget.ts";
import type { Workplace } from "./workplace.ts";

interface StageOptions {
  readonly workplace: Workplace;
  readonly executor: Executor;
  readonly ledger: LedgerStore;
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal | null;
  /** Filled as stages end. */
  readonly times: StageTime[];
}

/** Runs the work of a stage with a lab that has the stage's share of the budget. null = the budget ended before an answer. */
export type StageRunner = <T>(name: StageName, work: (space: Workspace) => Promise<T>) => Promise<T | null>;

export function stageRunner(options: StageOptions): StageRunner {
  const { workplace, executor, ledger, onProgress, signal, times } = options;
  const { request, dataset, frame, dossier } = workplace;
  const began = performance.now();
  return async (name, work) => {
    const started = performance.now();
    const progress = (update: Progress) => onProgress({ ...update, stage: name });
    const lab = createLab({
      executor,
      store: ledger,
      seed: request.seed,
      budgetMs: stageBudget(name, request.budgetMs, started - began),
      signal,
      onProgress: progress,
    });
    lab.addFrame(dataset.version, frame);
    const space: Workspace = {
      request,
      dataset,
      frame,
      testRows: workplace.testRows,
      lab,
      progress: (note, done = 0, planned = 0) => progress({ stage: name, done, planned, note }),
      duplicates: (ignoring) =>
        duplicateGroups(dataset, [...ignoring], {
          dataFolder: dossier.dataFolder,
          memoryBytes: request.memoryBytes,
          threads: request.threads,
        }),
    };
    try {
      return await work(space);
    } catch (error) {
      if (error instanceof BudgetEnded) return null;
      throw error;
    } finally {
      times.push({
        stage: name,
        tookMs: Math.round(performance.now() - started),
        experiments: lab.counts.computed,
        reused: lab.counts.reused,
      });
    }
  };
}
