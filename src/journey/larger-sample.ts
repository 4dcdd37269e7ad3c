import { isCutShort } from "../core/finding.ts";
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
 * last: after the audit of an audit alone the whole budget is left for a second one.
 */
export function largerSample(
  { dataset, frame, request }: Pick<Workplace, "dataset" | "frame" | "request">,
  spent: Spent,
  last: "data" | "model" = "model",
): number | null {
  const { budgetMs, elapsedMs, workMs } = spent;
  const { memoryBytes } = request;
  if (frame.rows >= dataset.rows || sampleLimit(dataset, frame.rows, memoryBytes) !== "time" || elapsedMs > HALF * budgetMs) return null;
  const endMs = last === "data" ? budgetMs : stageEnd("model", budgetMs);
  const times = (ROOM_SHARE * (endMs - elapsedMs)) / Math.max(1, workMs);
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
  /** Writes what the first audit gave, before a second one is begun: that may be stopped. */
  keep(first: Audited): void;
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
  if (budgetMs === null || !mayGrow(workplace)) return first;
  const compare = ({ stage, data }: Audited): Promise<ModelStage<unknown> | null> =>
    stage("model", (space: Workspace) => bench.kind.choose(space, data), { plannedOnly: true });
  if (!isAnswered((await compare(first))?.comparison ?? null)) return first;
  const spent = spentBy(first, bench, budgetMs);
  const { elapsedMs } = spent;
  const rows = largerSample(workplace, spent);
  if (rows === null) return first;
  bench.keep(first);
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

/**
 * The same for an audit that nothing follows: it is made again on as many rows as the rest of the budget holds, at the pace of the first one. The first stands
 * when the second was cut short.
 */
export async function withLargerAudit(first: Audited, bench: Bench): Promise<Audited> {
  const { workplace, startedAt } = first;
  const { budgetMs } = workplace.request;
  if (!budgetMs || !mayGrow(workplace)) return first;
  const rows = largerSample(workplace, spentBy(first, bench, budgetMs), "data");
  if (rows === null) return first;
  bench.keep(first);
  const larger = await resampled(workplace, rows, startedAt);
  const stage = bench.stageOn(larger);
  // Its checks end with the budget, unlike those of the first: that one is there if they were too long.
  const data = await stage("data", (space) => bench.kind.audit(space), { untilMs: budgetMs });
  if (data === null || isCutShort(data.file)) return first;
  writeQuestion(larger);
  return { workplace: larger, data, stage, startedAt };
}

/** A sample that was kept small for want of time, and not the second one. */
function mayGrow({ dataset, frame, request, sampledRows }: Workplace): boolean {
  return sampledRows === null && frame.rows < dataset.rows && sampleLimit(dataset, frame.rows, request.memoryBytes) === "time";
}

function spentBy(first: Audited, bench: Bench, budgetMs: number): Spent {
  const elapsedMs = performance.now() - first.startedAt;
  return { budgetMs, elapsedMs, workMs: Math.max(elapsedMs - first.workplace.openMs, trainingMs(first, bench)) };
}

async function resampled(workplace: Workplace, rows: number, startedAt: number): Promise<Workplace> {
  const { dossier, request, dataset, testSetRows } = workplace;
  const frame = await loadSample(dossier, request, dataset, rows);
  return {
    ...workplace,
    frame,
    looked: frame.rows < workplace.looked.rows ? workplace.looked : frame,
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
