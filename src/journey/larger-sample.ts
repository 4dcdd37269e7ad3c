import { type LedgerStore, readEntry } from "../lab/index.ts";
import type { AnyKind, DataStage, ModelStage, Workspace } from "../problems/index.ts";
import { isAnswered } from "./earlier.ts";
import { fittingRows, MOST_ROWS, sampleLimit, sampleVersion } from "./sample-size.ts";
import type { StageRunner } from "./stage.ts";
import { stageEnd } from "./stage-budget.ts";
import { loadSample, testRowsOf, type Workplace, writeQuestion } from "./workplace.ts";

/** Less than this share of the budget is gone: only then is it worth beginning again. */
const HALF = 0.5;

/** Share of what is left of the model stage that a larger sample may be expected to take. */
const ROOM_SHARE = 0.9;

/** In steps, so that small differences in speed change nothing. One narrows intervals by a sixth; less is not worth beginning again. */
const STEP = Math.SQRT2;

export interface Spent {
  readonly budgetMs: number;
  /** Since the start of the journey. */
  readonly elapsedMs: number;
  /** What looking at the data and comparing the planned candidates took, whether now or in the run that this one resumes. */
  readonly workMs: number;
}

/**
 * Rows of a second, larger sample, when the estimates were too careful; null when it would not be a step larger. Measured time decides, never a score.
 */
export function largerSample({ dataset, frame, request }: Pick<Workplace, "dataset" | "frame" | "request">, spent: Spent): number | null {
  const { budgetMs, elapsedMs, workMs } = spent;
  const { memoryBytes } = request;
  if (frame.rows >= dataset.rows || sampleLimit(dataset, frame.rows, memoryBytes) !== "time" || elapsedMs > HALF * budgetMs) return null;
  const times = (ROOM_SHARE * (stageEnd("model", budgetMs) - elapsedMs)) / Math.max(1, workMs);
  if (times < STEP) return null;
  const wanted = Math.round(frame.rows * STEP ** Math.floor(Math.log(times) / Math.log(STEP)));
  const rows = Math.min(wanted, dataset.rows, MOST_ROWS, fittingRows(dataset.columns.length, memoryBytes));
  // The whole table is worth having even if it is less than a step.
  return rows >= Math.round(STEP * frame.rows) || rows === dataset.rows ? rows : null;
}

/** A workplace, what stage 1 said of it, and what runs the later stages on it. */
export interface Audited {
  readonly workplace: Workplace;
  readonly data: DataStage<unknown>;
  readonly stage: StageRunner;
  /** When the journey started, as `performance.now()`. */
  readonly startedAt: number;
}

interface Bench {
  readonly kind: AnyKind;
  readonly ledger: LedgerStore;
  readonly threads: number;
  /** Stages on another sample; the clock goes on. */
  stageOn(workplace: Workplace): StageRunner;
}

/**
 * Compares the planned candidates; when that took so little of the budget that a larger sample fits, audit and comparison are made again on
 * it. What was given stands when the larger one ends without an answer. The comparison itself is kept by the ledger.
 */
export async function withLargerSample(first: Audited, bench: Bench): Promise<Audited> {
  const { workplace, startedAt } = first;
  const { budgetMs } = workplace.request;
  if (budgetMs === null || workplace.sampledRows !== null) return first;
  const compare = ({ stage, data }: Audited): Promise<ModelStage<unknown> | null> =>
    stage("model", (space: Workspace) => bench.kind.choose(space, data), { plannedOnly: true });
  if (sampleLimit(workplace.dataset, workplace.frame.rows, workplace.request.memoryBytes) !== "time") return first;
  if (workplace.frame.rows >= workplace.dataset.rows || !isAnswered((await compare(first))?.comparison ?? null)) return first;
  const elapsedMs = performance.now() - startedAt;
  const workMs = Math.max(elapsedMs - workplace.openMs, trainingMs(first, bench));
  const rows = largerSample(workplace, { budgetMs, elapsedMs, workMs });
  if (rows === null) return first;
  const larger = await resampled(workplace, rows, startedAt);
  const stage = bench.stageOn(larger);
  const share = stageEnd("data", budgetMs) / stageEnd("model", budgetMs);
  const untilMs = elapsedMs + share * (stageEnd("model", budgetMs) - elapsedMs);
  const data = await stage("data", (space) => bench.kind.audit(space), { untilMs });
  if (data === null) return first;
  const second = { workplace: larger, data, stage, startedAt };
  if (!isAnswered((await compare(second))?.comparison ?? null)) return first;
  writeQuestion(larger);
  return second;
}

async function resampled(workplace: Workplace, rows: number, startedAt: number): Promise<Workplace> {
  const { dossier, request, dataset, testSetRows } = workplace;
  const frame = await loadSample(dossier, request, dataset, rows);
  return {
    ...workplace,
    frame,
    testRows: testRowsOf(frame, dataset, testSetRows),
    sampledRows: rows,
    openMs: performance.now() - startedAt,
  };
}

/** Of all experiments on the sample, over the threads: those of a run that is resumed took their time then. */
function trainingMs({ workplace: { dataset, frame } }: Audited, { ledger, threads }: Bench): number {
  const version = sampleVersion(dataset, frame.rows);
  let total = 0;
  for (const line of ledger.entries()) {
    const entry = readEntry(line);
    if (entry?.experiment.dataset === version) for (const { fitMs, predictMs } of entry.folds) total += fitMs + predictMs;
  }
  return total / threads;
}
