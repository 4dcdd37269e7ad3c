import type { Loss, LossName, LossRows } from "./losses/contract.ts";
import { createMetric, type Judged } from "./metrics/index.ts";
import type { BoostingOptions } from "./options.ts";
import { applyLink } from "./predict/link.ts";

/** Follows a score over rounds, which come in order from 0. */
export interface Stopper {
  /** Some score was a finite number. */
  isJudged(): boolean;
  /** Round with the best score so far; of equal ones the first. */
  bestRound(): number;
  /** Notes the score of a round. True: stop. */
  add(round: number, score: number): boolean;
}

/** patience: rounds without a better score before it stops; 0 = never. minDelta: only a change by more than this is better. NaN is never better. */
export function createStopper(patience: number, minDelta: number, higherIsBetter: boolean): Stopper {
  let [best, bestRound] = [Number.NaN, 0];
  return {
    isJudged: () => Number.isFinite(best),
    bestRound: () => bestRound,
    add: (round, score) => {
      const gain = higherIsBetter ? score - best : best - score;
      if (gain > minDelta || (Number.isNaN(best) && !Number.isNaN(score))) [best, bestRound] = [score, round];
      return patience > 0 && round - bestRound >= patience;
    },
  };
}

/** Scores raw scores, by output and row number, on the rows of a sample. */
export interface Judge {
  /** Of the metric; "loss": the mean of the loss. */
  readonly name: string;
  readonly higherIsBetter: boolean;
  score(scores: readonly Float64Array[], sample: LossRows): number;
}

/** The judge that options ask for: a metric, or the mean of the loss. @throws RangeError for a metric that does not suit the loss. */
export function createJudge({ earlyStoppingMetric }: Pick<BoostingOptions, "earlyStoppingMetric">, name: LossName, loss: Loss): Judge {
  if (earlyStoppingMetric === null) return { name: "loss", higherIsBetter: false, score: (scores, sample) => loss.mean(scores, sample) };
  const metric = createMetric(earlyStoppingMetric, name, loss.outputs);
  return {
    name: metric.name,
    higherIsBetter: metric.higherIsBetter,
    score: (scores, sample) => metric.score(judgedRows(loss, scores, sample)),
  };
}

function judgedRows(
  { link, outputs }: Loss,
  scores: readonly Float64Array[],
  { rows, count, target, weight, query = null }: LossRows,
): Judged {
  const predictions = new Float64Array(count * outputs);
  for (let i = 0; i < count; i++) for (let k = 0; k < outputs; k++) predictions[i * outputs + k] = scores[k]![rows[i]!]!;
  applyLink({ link, outputs }, predictions);
  const used = rows.subarray(0, count);
  return {
    predictions,
    outputs,
    target: Float64Array.from(used, (row) => target[row]!),
    weight: weight === null ? null : Float64Array.from(used, (row) => weight[row]!),
    query: query === null ? null : Int32Array.from(used, (row) => query[row]!),
  };
}
