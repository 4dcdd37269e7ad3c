import type { Estimate } from "../core/estimate.ts";
import type { Throughput } from "../core/plan.ts";
import { binomialCdf, sortedCopy } from "../stats/index.ts";
import { latencyOf } from "./latency.ts";

/** A model that can be timed. Both functions do the whole work of one call; what they answer is thrown away. */
export interface TimedModel {
  readonly runtime: Throughput["runtime"];
  readonly threads: number;
  readonly modelBytes: number;
  /** Rows of one call of `scoreBatch`. */
  readonly batchRows: number;
  scoreBatch(): unknown;
  /** One row; `turn` counts up, so that rows can take turns. */
  scoreOne(turn: number): unknown;
}

export interface TimingOptions {
  /** Time for the batches, and again for the single rows; without warm-up. */
  readonly seconds: number;
  /** Milliseconds that only grow. */
  readonly now?: () => number;
  readonly residentBytes?: () => number;
  /** Processor time of this process so far, all threads. */
  readonly processorMs?: () => number;
  /** Resident memory before the model was loaded; default: before the first call. */
  readonly residentBefore?: number;
}

const WARM_UP_SHARE = 0.3;
const LEAST_BATCHES = 5;
/** The interval of their median is from the 86th to the 115th. */
const MOST_BATCHES = 200;
/** As many as the latency gate takes: 20 of them are above p99. */
const MOST_SINGLE_ROWS = 2_000;
const LEAST_SINGLE_ROWS = 30;
/** Timers and signals are heard this often. */
const PAUSE_EVERY_MS = 50;

/** Warm-up, repeated batches, then single rows one after the other. Measured on this machine while it does nothing else of ours. */
export async function measureThroughput(model: TimedModel, options: TimingOptions): Promise<Throughput> {
  const { seconds, now = () => performance.now(), residentBytes = () => process.memoryUsage.rss(), processorMs = usedMs } = options;
  const before = options.residentBefore ?? residentBytes();
  const wholeMs = seconds * 1000;
  const clock = { now, wholeMs };
  await timesOf(() => model.scoreBatch(), { ...clock, wholeMs: wholeMs * WARM_UP_SHARE, least: 1, most: MOST_BATCHES });
  const batchMs = await timesOf(() => model.scoreBatch(), { ...clock, least: LEAST_BATCHES, most: MOST_BATCHES });
  const afterBatches = residentBytes();
  await timesOf((turn) => model.scoreOne(turn), { ...clock, wholeMs: wholeMs * WARM_UP_SHARE, least: 5, most: MOST_SINGLE_ROWS });
  const [begun, usedBefore] = [now(), processorMs()];
  const rowMs = await timesOf((turn) => model.scoreOne(turn), { ...clock, least: LEAST_SINGLE_ROWS, most: MOST_SINGLE_ROWS });
  const processorShare = (processorMs() - usedBefore) / Math.max(now() - begun, 1e-6);
  const residentAfter = residentBytes();
  return {
    runtime: model.runtime,
    threads: model.threads,
    rowsPerSecond: medianRate(batchMs, model.batchRows),
    batchRows: model.batchRows,
    singleRow: latencyOf(rowMs),
    processorShare,
    memoryBytes: Math.max(0, Math.max(afterBatches, residentAfter) - before),
    processBytes: residentAfter,
    modelBytes: model.modelBytes,
  };
}

function usedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

interface Repeats {
  readonly now: () => number;
  readonly wholeMs: number;
  readonly least: number;
  readonly most: number;
}

/** Milliseconds of each call, until the time is over; at least `least` calls, but those end at four times the time (one call is always made). */
async function timesOf(call: (turn: number) => unknown, { now, wholeMs, least, most }: Repeats): Promise<number[]> {
  const times: number[] = [];
  const begun = now();
  let paused = begun;
  for (let turn = 0; turn < most; turn++) {
    const started = now();
    const spent = started - begun;
    if (spent >= wholeMs && (times.length >= least || spent >= 4 * wholeMs) && turn > 0) break;
    const answer = call(turn);
    if (answer instanceof Promise) await answer;
    const ended = now();
    times.push(ended - started);
    if (ended - paused >= PAUSE_EVERY_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      paused = now();
    }
  }
  return times;
}

/** Rows per second of the median batch. The interval is from order statistics, so it needs no shape of the distribution. */
export function medianRate(batchMs: readonly number[], batchRows: number): Estimate {
  const rates = sortedCopy(batchMs.map((ms) => (batchRows * 1000) / Math.max(ms, 1e-6)));
  const count = rates.length;
  const middle = ((rates[(count - 1) >> 1] ?? Number.NaN) + (rates[count >> 1] ?? Number.NaN)) / 2;
  const { below, level } = medianRanks(count, 0.95);
  return {
    value: middle,
    low: rates[below] ?? Number.NaN,
    high: rates[count - 1 - below] ?? Number.NaN,
    level,
    method: `median of ${count} batches, interval from order statistics`,
    experiments: [],
  };
}

/**
 * How many order statistics may be left out on each side so that the rest covers the median with at least `wanted`, and the coverage reached:
 * 1 - 2 P(Bin(n, 1/2) <= below). With fewer than 6 values `wanted` = 0.95 cannot be reached: then nothing is left out.
 */
export function medianRanks(count: number, wanted: number): { readonly below: number; readonly level: number } {
  const coverage = (below: number) => Math.max(0, 1 - 2 * binomialCdf(below, count, 0.5));
  let below = 0;
  while (below + 1 < count / 2 && coverage(below + 1) >= wanted) below++;
  return { below, level: Math.min(wanted, coverage(below)) };
}
