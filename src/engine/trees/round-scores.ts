import { wrongType, wrongValue } from "../wrong-use.ts";
import { createStopper, type Judge } from "./early-stopping.ts";
import type { LossName } from "./losses/contract.ts";
import type { BoostingOptions } from "./options.ts";
import type { TrainingRows } from "./training.ts";

/** How a training went, one number per round: place r is the score after r rounds, place 0 that of the constant, before any tree. */
export interface TrainingHistory {
  /** What was measured: the early-stopping metric under its own name, or "loss", the mean of the training's loss. */
  readonly metric: string;
  readonly higherIsBetter: boolean;
  /** Of the validation rows; null without them. Rounds after the best one are among them. */
  readonly validation: Float64Array | null;
  /** Of the rows that were learned from; null without the option trainingMetric. */
  readonly training: Float64Array | null;
  /** Round with the best validation score, 0 for the constant; null without validation rows. With early stopping the trees end there. */
  readonly bestRound: number | null;
}

type Options = Pick<
  BoostingOptions,
  "earlyStoppingRounds" | "earlyStoppingMinDelta" | "earlyStoppingMetric" | "trainingMetric" | "onRound" | "numIterations"
>;

/** Judges rounds as they come, from 0. */
export interface RoundScores {
  /** True: stop. */
  add(round: number): boolean;
  /** keep: rounds that are kept, null for all. @throws RangeError when no score was a number, so that none could say when to stop. */
  finish(): { readonly keep: number | null; readonly history: TrainingHistory | null };
}

/** scores: raw, by output and row number, as they stand. */
export function createRoundScores(
  options: Options,
  judge: Judge,
  loss: LossName,
  { train, validation }: TrainingRows,
  scores: readonly Float64Array[],
): RoundScores {
  const { earlyStoppingRounds, earlyStoppingMinDelta, trainingMetric, onRound } = options;
  const isStopping = validation !== null && earlyStoppingRounds > 0;
  // A custom loss without a value judges nothing; where nothing has to be judged it is left at that.
  const isMute = loss.loss === "custom" && loss.value === undefined && options.earlyStoppingMetric === null;
  const judged = isMute && !isStopping ? null : validation;
  const stopper = createStopper(earlyStoppingRounds, earlyStoppingMinDelta, judge.higherIsBetter);
  const kept: { readonly validation: number[]; readonly training: number[] } = { validation: [], training: [] };
  return {
    add: (round) => {
      const found = {
        validation: judged === null ? null : judge.score(scores, judged),
        training: trainingMetric ? judge.score(scores, train) : null,
      };
      if (found.validation !== null) kept.validation.push(found.validation);
      if (found.training !== null) kept.training.push(found.training);
      const isOver = found.validation !== null && stopper.add(round, found.validation);
      if (round === 0 || onRound === null) return isOver;
      const answer = onRound({ round, rounds: options.numIterations, metric: judge.name, ...found });
      if (typeof answer === "object" && answer !== null && "then" in answer)
        throw wrongType("bad-option", "onRound gave a promise; it must answer at once, false to end the training");
      return isOver || answer === false;
    },
    finish: () => {
      if (isStopping && !stopper.isJudged())
        throw wrongValue(
          "bad-option",
          "the score of the validation rows is no finite number in any round, so it cannot say when to stop; does the metric suit these targets?",
        );
      const history = {
        metric: judge.name,
        higherIsBetter: judge.higherIsBetter,
        validation: judged === null ? null : Float64Array.from(kept.validation),
        training: trainingMetric ? Float64Array.from(kept.training) : null,
        bestRound: judged === null ? null : stopper.bestRound(),
      };
      return { keep: isStopping ? stopper.bestRound() : null, history: judged === null && !trainingMetric ? null : history };
    },
  };
}
