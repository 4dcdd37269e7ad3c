import type { Estimate } from "../core/estimate.ts";
import type { Outcome } from "../core/experiment.ts";
import type { Fold } from "../core/split.ts";
import { takeJudged } from "../metrics/index.ts";
import { stratumOf } from "../stats/index.ts";
import type { OutcomeDifference } from "./compare.ts";
import { type FoldMean, meanOverFolds } from "./fold-mean.ts";
import { type Judging, type ResampledFold, replicatesOfDifference, resampleJudgings } from "./fold-resamples.ts";
import type { Ground } from "./ground.ts";

export interface JudgingComparison extends OutcomeDifference {
  readonly a: Estimate;
  readonly b: Estimate;
}

/**
 * How much higher b scores than a, two ways to judge the out-of-fold rows of one outcome: other answers, another metric, or rows that do not count
 * (weight 0). Paired by fold; the spread is that of all means over folds (`meanOverFolds`). folds: of the outcome's experiment, as the lab gives them.
 */
export function compareJudgings(
  outcome: Outcome,
  [a, b]: readonly [Judging, Judging],
  folds: readonly Fold[],
  ground: Ground,
  level: number,
): JudgingComparison {
  const resamples = resampleJudgings(outcome, [a, b], ground);
  const places = placesOfFolds(outcome, folds);
  const scores = [a, b].map(({ metric, judged }) => places.map((own) => metric.score(takeJudged(judged, own))));
  const [ofA = [], ofB = []] = scores;
  const mean = (values: readonly number[], replicates: (fold: ResampledFold) => Float64Array): FoldMean => {
    const list = folds.map(({ train, test }, i) => {
      const value = values[i] ?? Number.NaN;
      const fold = resamples?.folds[i];
      const within = fold === undefined ? null : stratumOf(value, replicates(fold), fold.units);
      return { value, trainRows: train.length, testRows: test.length, within };
    });
    return meanOverFolds(list, level, resamples?.method);
  };
  const side = (place: 0 | 1, { metric: { best, worst } }: Judging): Estimate => {
    const { mean: value, low, high, method } = mean(scores[place] ?? [], ({ replicates }) => replicates[place] ?? new Float64Array(0));
    return { ...known, value, low: Math.max(Math.min(best, worst), low), high: Math.min(Math.max(best, worst), high), method };
  };
  const known = { level, experiments: [outcome.id] };
  const differences = ofB.map((score, i) => score - (ofA[i] ?? Number.NaN));
  const { mean: value, low, high, p, df, method } = mean(differences, (fold) => replicatesOfDifference(fold, 1, 0));
  const pairs = resamples === null ? ", paired by fold" : ", paired by row";
  return { difference: { value, low, high, method: `${method}${pairs}`, ...known }, p, df, a: side(0, a), b: side(1, b) };
}

/** Places among the judged rows of each fold: the n-th time that a row is judged belongs to repeat n. */
function placesOfFolds({ outOfFold: { rows, repeats } }: Outcome, folds: readonly Fold[]): Int32Array[] {
  const each = rows.length / repeats;
  const place = new Map(Array.from(rows.subarray(0, each), (row, i) => [row, i]));
  const times = new Map<number, number>();
  return folds.map(({ test }) =>
    Int32Array.from(test, (row) => {
      const repeat = times.get(row) ?? 0;
      times.set(row, repeat + 1);
      return repeat * each + (place.get(row) ?? 0);
    }),
  );
}
