import type { Progress } from "./contracts.ts";

/** Counts folds of experiments, by the experiment's id. */
export interface ProgressMeter {
  /** An experiment that will be asked for. `cost` of one of its folds, in any unit that is the same for all that are announced; `kind`: its estimator. */
  expect(id: string, kind: string, folds: number, cost: number): void;
  /** An experiment begins; nothing is added for one that was announced. */
  plan(id: string, kind: string, folds: number): void;
  done(id: string, tookMs: number): void;
  /** Folds that will not be run after all. */
  drop(id: string, folds: number): void;
}

interface Tally {
  readonly kind: string;
  planned: number;
  done: number;
  tookMs: number;
  /** Of one fold, as announced; null when it was not. */
  readonly cost: number | null;
}

/**
 * Reports after every change. What is left: the folds still to do, over the threads, each by the mean time of a fold of its own experiment; of one that has
 * not begun by its announced cost, at the time that a unit of cost has taken so far with its estimator, else with any; else by the mean of all folds.
 */
export function createProgress(threads: number, report: (progress: Progress) => void): ProgressMeter {
  const tallies = new Map<string, Tally>();
  let note = "";
  const emit = (): void => {
    const all = [...tallies.values()];
    report({
      stage: "experiments",
      done: sum(all, ({ done }) => done),
      planned: sum(all, ({ planned }) => planned),
      note,
      unit: "trainings",
      leftMs: leftMs(all, threads),
    });
  };
  const change = (id: string, by: (tally: Tally) => void): void => {
    const tally = tallies.get(id);
    if (tally === undefined) return;
    by(tally);
    note = tally.kind;
    emit();
  };
  return {
    expect: (id, kind, folds, cost) => {
      if (!tallies.has(id)) tallies.set(id, { kind, planned: folds, done: 0, tookMs: 0, cost });
    },
    plan: (id, kind, folds) => {
      const known = tallies.get(id);
      if (known === undefined) tallies.set(id, { kind, planned: folds, done: 0, tookMs: 0, cost: null });
      change(id, (tally) => {
        // Asked for again after a failure: its folds were dropped.
        tally.planned = Math.max(tally.planned, tally.done + folds);
      });
    },
    done: (id, tookMs) =>
      change(id, (tally) => {
        tally.done += 1;
        tally.tookMs += tookMs;
      }),
    drop: (id, folds) =>
      change(id, (tally) => {
        tally.planned -= folds;
      }),
  };
}

function leftMs(tallies: readonly Tally[], threads: number): number | null {
  const done = sum(tallies, (tally) => tally.done);
  if (done === 0) return null;
  const meanMs = sum(tallies, ({ tookMs }) => tookMs) / done;
  const measured = tallies.filter((tally) => tally.cost !== null && tally.done > 0);
  const rate = (some: readonly Tally[]) => sum(some, ({ tookMs }) => tookMs) / sum(some, (tally) => tally.done * (tally.cost ?? 0));
  const msPerCost = (kind: string): number => {
    const own = rate(measured.filter((tally) => tally.kind === kind));
    return Number.isFinite(own) ? own : rate(measured);
  };
  const foldMs = (tally: Tally): number => {
    if (tally.done > 0) return tally.tookMs / tally.done;
    const byCost = tally.cost === null ? Number.NaN : tally.cost * msPerCost(tally.kind);
    return Number.isFinite(byCost) ? byCost : meanMs;
  };
  return sum(tallies, (tally) => (tally.planned - tally.done) * foldMs(tally)) / threads;
}

function sum(tallies: readonly Tally[], of: (tally: Tally) => number): number {
  return tallies.reduce((total, tally) => total + of(tally), 0);
}
