import type { Progress } from "./contracts.ts";

/** Counts folds. `kind` is what folds of like cost have in common: the estimator's name. */
export interface ProgressMeter {
  plan(kind: string, folds: number): void;
  done(kind: string, tookMs: number): void;
  /** Folds that will not be run after all. */
  drop(kind: string, folds: number): void;
}

interface Tally {
  planned: number;
  done: number;
  tookMs: number;
}

/** Reports after every change. What is left is the mean time of a fold of the same kind (else of any) by the folds still to do, over the threads. */
export function createProgress(threads: number, report: (progress: Progress) => void): ProgressMeter {
  const tallies = new Map<string, Tally>();
  const tallyOf = (kind: string): Tally => {
    const tally = tallies.get(kind) ?? { planned: 0, done: 0, tookMs: 0 };
    tallies.set(kind, tally);
    return tally;
  };
  const emit = (note: string): void => {
    const all = [...tallies.values()];
    report({
      stage: "experiments",
      done: sum(all, "done"),
      planned: sum(all, "planned"),
      note,
      unit: "trainings",
      leftMs: leftMs(all, threads),
    });
  };
  return {
    plan: (kind, folds) => {
      tallyOf(kind).planned += folds;
      emit(kind);
    },
    done: (kind, tookMs) => {
      const tally = tallyOf(kind);
      tally.done += 1;
      tally.tookMs += tookMs;
      emit(kind);
    },
    drop: (kind, folds) => {
      tallyOf(kind).planned -= folds;
      emit(kind);
    },
  };
}

function leftMs(tallies: readonly Tally[], threads: number): number | null {
  const done = sum(tallies, "done");
  if (done === 0) return null;
  const anyMs = sum(tallies, "tookMs") / done;
  const workMs = tallies.reduce((ms, tally) => ms + (tally.planned - tally.done) * (tally.done > 0 ? tally.tookMs / tally.done : anyMs), 0);
  return workMs / threads;
}

function sum(tallies: readonly Tally[], field: keyof Tally): number {
  return tallies.reduce((total, tally) => total + tally[field], 0);
}
