import type { Progress } from "../lab/index.ts";
import type { StageName } from "./stage-budget.ts";

export interface StageProgress {
  /** What the stage says it is doing, with its own count if it has one. `isLast`: after what is counted the stage is over, so that the count tells the time left. */
  readonly ofStage: (note: string, count?: StageCount) => void;
  /** What the lab counts. It is shown under the note of the stage, which says why the lab works. */
  readonly ofLab: (progress: Progress) => void;
}

export interface StageCount {
  readonly done: number;
  readonly planned: number;
  /** What is counted, e.g. "checks". */
  readonly unit: string;
  readonly isLast?: boolean;
}

/** An estimate that grows by less than this over the countdown is taken for noise. */
const NOISE = 1.25;

/**
 * One stream of progress from the two that speak: the stage and its lab. Time left is that of the whole stage, or none is given: from the stage's own count where
 * that is the last thing it does (mean time of what is done, by what is to do), else from what was announced to the lab. It counts down; when the work turns out
 * slower it goes up, and says so.
 * @param budgetLeft milliseconds that the stage may still take; Infinity without a budget
 */
export function stageProgress(
  stage: StageName,
  report: (progress: Progress) => void,
  budgetLeft: () => number = () => Number.POSITIVE_INFINITY,
  now: () => number = () => performance.now(),
): StageProgress {
  let own: Progress = { stage, note: "", done: 0, planned: 0 };
  let isLast = false;
  let began = now();
  let shown: { readonly leftMs: number; readonly at: number } | null = null;
  const told = (leftMs: number | null): Pick<Progress, "leftMs" | "slower"> => {
    if (leftMs === null) return { leftMs };
    const [at, most] = [now(), budgetLeft()];
    const estimate = Math.min(leftMs, most);
    const countdown = shown === null ? estimate : Math.max(0, shown.leftMs - (at - shown.at));
    const isSlower = shown !== null && estimate > NOISE * countdown + 1000;
    const next = isSlower ? estimate : Math.min(estimate, countdown);
    shown = { leftMs: next, at };
    return { leftMs: next, ...(isSlower ? { slower: true } : {}) };
  };
  const ownLeft = () => (own.done === 0 || !isLast ? null : ((now() - began) / own.done) * (own.planned - own.done));
  return {
    ofStage: (note, count) => {
      const { done, planned, unit } = count ?? { done: 0, planned: 0, unit: "" };
      if (planned !== own.planned || done < own.done) {
        began = now();
        shown = null;
      }
      isLast = count?.isLast === true;
      own = { stage, note, done, planned, ...(unit === "" ? {} : { unit }) };
      report({ ...own, ...told(ownLeft()) });
    },
    ofLab: (lab) =>
      report(
        own.planned > 0
          ? { ...own, ...told(ownLeft()) }
          : { ...lab, stage, note: own.note === "" ? lab.note : own.note, ...told(lab.leftMs ?? null) },
      ),
  };
}
