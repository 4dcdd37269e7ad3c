import type { StageTime } from "../core/verdict.ts";
import { BudgetEnded, createLab, type Executor, type HalfDone, type LedgerStore, type Progress } from "../lab/index.ts";
import type { Workspace } from "../problems/index.ts";
import { duckdbEngine } from "../store/index.ts";
import { sampleVersion } from "./sample-size.ts";
import { checksEnd, type StageName, stageBudget, stageEnd } from "./stage-budget.ts";
import { stageProgress } from "./stage-progress.ts";
import { earlierLooks } from "./test-looks.ts";
import { trainingPart } from "./training-part.ts";
import { loadSample, testRowsOf, type Workplace } from "./workplace.ts";

interface StageOptions {
  readonly workplace: Workplace;
  readonly executor: Executor;
  readonly ledger: LedgerStore;
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal | null;
  /** Filled as stages end. */
  readonly times: StageTime[];
}

export interface StageRunOptions {
  /** What the ledger does not hold counts as not reached by the budget, so that a stage that was answered before gives the same answer again. */
  readonly recall?: boolean;
  /** No stage comes after it: it has all that is left of the budget. */
  readonly isLast?: boolean;
  /** Of the budget, for the stages after it. */
  readonly reserveMs?: number;
  /** Milliseconds from the start of the journey at which it ends instead, under a budget. */
  readonly untilMs?: number | null;
  /** Only what was planned, though time may be left. */
  readonly plannedOnly?: boolean;
}

/** Runs the work of a stage with a lab that has the stage's share of the budget. null = the budget ended before an answer. */
export type StageRunner = <T>(name: StageName, work: (space: Workspace) => Promise<T>, options?: StageRunOptions) => Promise<T | null>;

export function stageRunner(options: StageOptions): StageRunner {
  const { workplace, executor, ledger, onProgress, signal, times } = options;
  const { request, frame } = workplace;
  const dataset = { ...workplace.dataset, version: sampleVersion(workplace.dataset, frame.rows) };
  const loadRows = rowLoader(workplace);
  const training = trainingPart(workplace);
  const began = performance.now() - workplace.openMs;
  const halfDone: HalfDone = new Map();
  return async (name, work, { recall = false, isLast = false, reserveMs = 0, untilMs = null, plannedOnly = false } = {}) => {
    signal?.throwIfAborted();
    const started = performance.now();
    // Of the clock of the lab, which begins below.
    const budgetLeft = (): number => lab.left();
    const progress = stageProgress(name, onProgress, budgetLeft);
    const lab = createLab({
      executor: lent(recall ? recallOnly(executor) : executor),
      store: ledger,
      seed: request.seed,
      budgetMs: recall ? null : stageBudget(isLast ? "production" : name, request.budgetMs, started - began, { reserveMs, untilMs }),
      signal,
      onProgress: progress.ofLab,
      halfDone,
    });
    lab.addFrame(dataset.version, frame);
    if (training.frame !== frame) lab.addFrame(training.dataset.version, training.frame);
    const space: Workspace = {
      request,
      dataset,
      frame,
      testRows: workplace.testRows,
      earlierLooks: earlierLooks(workplace),
      training,
      looked: lookedPart(workplace, training),
      corrections: workplace.corrections,
      lab,
      plannedMs: stageEnd(name, request.budgetMs),
      plannedOnly,
      leftMs: () => (recall ? Number.POSITIVE_INFINITY : checksEnd(request.budgetMs, isLast, untilMs) - (performance.now() - began)),
      signal,
      progress: progress.ofStage,
      loadRows,
      ...countsOf(workplace),
    };
    try {
      progress.ofStage("");
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
      await lab.close();
    }
  };
}

/** What checks look at: the rows of experiments, or more. */
function lookedPart(workplace: Workplace, training: Workspace["training"]): Workspace["looked"] {
  const { looked: frame, dataset, testSetRows } = workplace;
  if (frame === workplace.frame) return { frame, testRows: workplace.testRows, training };
  const testRows = testRowsOf(frame, dataset, testSetRows);
  return { frame, testRows, training: trainingPart({ ...workplace, frame, testRows }) };
}

/** Over the training rows alone, but for `testOverlap`. One engine answers all, one question after the other. */
function countsOf(workplace: Workplace): Pick<Workspace, "duplicates" | "whole" | "testOverlap"> {
  const { dataset, trainingSet, dossier, request } = workplace;
  const { memoryBytes, threads } = request;
  const whole = duckdbEngine(trainingSet, { dataFolder: dossier.dataFolder, memoryBytes, threads });
  return {
    whole,
    duplicates: whole.duplicateGroups,
    testOverlap: (columns, present) => whole.testOverlap(dataset, columns, present),
  };
}

/** The last ones that were loaded are kept: the gates train once more on them. */
function rowLoader({ dossier, request, dataset, testSetRows }: Workplace): Workspace["loadRows"] {
  let last: { readonly key: string; readonly loaded: ReturnType<Workspace["loadRows"]> } | null = null;
  const load: Workspace["loadRows"] = async (rows, columns) => {
    const frame = await loadSample(dossier, request, dataset, rows, columns);
    return { version: sampleVersion(dataset, frame.rows), frame, testRows: testRowsOf(frame, dataset, testSetRows) };
  };
  return (rows, columns) => {
    const key = JSON.stringify([rows, columns]);
    if (last?.key !== key) last = { key, loaded: load(rows, columns) };
    return last.loaded;
  };
}

/** The stages share the threads: a stage's lab ends its clock and what it left running, and closes nothing else. */
function lent(executor: Executor): Executor {
  return { ...executor, close: async () => undefined };
}

/** Computes nothing: as if the budget were over. */
function recallOnly(executor: Executor): Executor {
  return { ...executor, run: () => Promise.reject(new BudgetEnded(0)) };
}
