import { Worker } from "node:worker_threads";
import { type ApartAnswer, type ApartWork, take } from "./apart-messages.ts";
import type { AuditContext, Check } from "./check.ts";

/** Checks that another thread makes. */
export interface Apart {
  readonly checks: readonly Check[];
  /** What each of them found; null of one that was taken from it. @throws what ended the thread. */
  readonly found: Promise<ApartAnswer>;
  /** Takes the check at this place from the thread, unless it has begun it: then false. */
  take(place: number): boolean;
  /** Ends the thread, whatever it does. */
  stop(): Promise<void>;
}

/** Of more cells, what both threads count for themselves would take too much memory. */
const MOST_CELLS = 4e7;

/**
 * A second thread loads, compiles and counts once more what the checks share, which takes a third more processor time; of fewer cells it brings the end no nearer. Of two processors the
 * engine's own compiling keeps one busy meanwhile, so that more cells are needed there.
 */
function leastCells(threads: number): number {
  return threads > 2 ? 5e5 : 1.5e6;
}

/** Threads cannot load TypeScript: from source the built file is used. */
const WORKER = new URL(import.meta.url.endsWith(".ts") ? "../../dist/apart-worker.js" : "./apart-worker.js", import.meta.url);

/** A thread that has loaded the checks and waits for work. It keeps no program from ending. */
let waiting: Worker | null = null;

/** Has a thread load the checks while the table is still being read, where `beginApart` will want one. */
export function expectChecks(rows: number, columns: number, threads: number): void {
  if (waiting !== null || threads < 2 || !isWorthIt(rows * columns, leastCells(threads))) return;
  const worker = startThread();
  waiting = worker;
  worker.unref();
  const forget = () => {
    if (waiting === worker) waiting = null;
  };
  worker.once("error", forget);
  worker.once("exit", forget);
}

function startThread(): Worker {
  return new Worker(WORKER, { execArgv: [] });
}

function takeThread(): Worker {
  const worker = waiting ?? startThread();
  waiting = null;
  worker.ref();
  return worker;
}

function isWorthIt(cells: number, least: number): boolean {
  return cells >= least && cells <= MOST_CELLS;
}

/** Begins those of the checks that may be made apart; null where that would save no time. leftMs: milliseconds until they have to end. */
export function beginApart(
  context: AuditContext,
  checks: readonly Check[],
  { threads, leftMs, least = leastCells(threads) }: { readonly threads: number; readonly leftMs: number; readonly least?: number },
): Apart | null {
  const { rows, columns } = context.frame;
  // What takes long is begun first: near the end one thread would wait for it.
  const own = checks.filter(({ apart }) => apart !== undefined).sort((a, b) => (b.apart ?? 0) - (a.apart ?? 0));
  if (threads < 2 || own.length === 0 || !isWorthIt(rows * columns.length, least)) return null;
  const { duplicates: _rows, whole: _counts, testOverlap: _overlap, pause: _moment, shared: _kept, ...known } = context;
  const taken = new Int32Array(new SharedArrayBuffer(4 * own.length));
  const work: ApartWork = {
    context: known,
    taken,
    traps: own.map(({ trap }) => trap),
    leftMs: Number.isFinite(leftMs) ? leftMs : null,
  };
  const worker = takeThread();
  worker.postMessage(work);
  const found = new Promise<ApartAnswer>((resolve, reject) => {
    worker.once("message", (answer: ApartAnswer) => resolve(answer));
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the thread of the checks ended with ${code}`)));
  });
  // Who stops it does not wait for what it found.
  found.catch(() => undefined);
  return {
    checks: own,
    found,
    take: (place) => take(taken, place),
    stop: async () => {
      await worker.terminate();
    },
  };
}
