import type { Progress } from "../lab/index.ts";
import type { StageName } from "./stage-budget.ts";

export interface StageProgress {
  /** What the stage says it is doing, with its own count if it has one. */
  readonly ofStage: (note: string, done?: number, planned?: number) => void;
  /** What the lab counts. It is shown under the note of the stage, which says why the lab works. */
  readonly ofLab: (progress: Progress) => void;
}

/**
 * One stream of progress from the two that speak: the stage and its lab. Time left is estimated from the stage's own count where it has one (mean
 * time of what is done, by what is to do), else from the lab's.
 */
export function stageProgress(
  stage: StageName,
  report: (progress: Progress) => void,
  now: () => number = () => performance.now(),
): StageProgress {
  let own: Progress = { stage, note: "", done: 0, planned: 0 };
  let began = now();
  const leftMs = () => (own.done === 0 ? null : ((now() - began) / own.done) * (own.planned - own.done));
  return {
    ofStage: (note, done = 0, planned = 0) => {
      if (planned !== own.planned || done < own.done) began = now();
      own = { stage, note, done, planned };
      report({ ...own, leftMs: leftMs() });
    },
    ofLab: (lab) => report(own.planned > 0 ? { ...own, leftMs: leftMs() } : { ...lab, stage, note: own.note === "" ? lab.note : own.note }),
  };
}
