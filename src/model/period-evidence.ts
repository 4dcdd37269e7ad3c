import type { ResampledFold } from "../lab/index.ts";
import { type StratifiedT, stratifiedT } from "../stats/index.ts";
import type { Evidence, Measured } from "./evidence.ts";

export interface PeriodScores {
  /** candidates x folds. NaN where the metric is undefined on the fold. */
  readonly scores: readonly (readonly number[])[];
  /** Each fold's resamples, by candidate. */
  readonly folds: readonly ResampledFold[];
  /** How they were drawn. */
  readonly method: string;
  readonly better: "higher" | "lower";
  readonly level: number;
}

/**
 * Evidence from folds that are periods. They are not a sample of anything, so the models and the periods are taken as they are, and the spread
 * is that of the judged rows within each fold (`resampleFolds`). Folds on which a score is undefined are left out of what needs it.
 */
export function periodEvidence(periods: PeriodScores): Evidence {
  const { scores, method, better, level } = periods;
  const sign = better === "higher" ? 1 : -1;
  const places = periods.folds.map((_, fold) => fold);
  const score = (candidateOn: (fold: number) => number) => measuredOf(stratifiedT(strataOf(periods, places, candidateOn), level));
  const difference = (candidateOn: (fold: number) => number, against: number) => {
    const [own, other] = [strataOf(periods, places, candidateOn), strataOf(periods, places, () => against)];
    const strata = own.map(({ value, replicates, units }, fold) => ({
      value: sign * (value - (other[fold]?.value ?? Number.NaN)),
      replicates: replicates.map((one, i) => sign * (one - (other[fold]?.replicates[i] ?? Number.NaN))),
      units,
    }));
    return measuredOf(stratifiedT(strata, level));
  };
  return {
    count: scores.length,
    level,
    method,
    score: (candidate) => score(() => candidate),
    difference: (a, b) => difference(() => a, b),
    chosenBlindly: (choose, against) => {
      const chosen = places.map((out) => choose(periodEvidence(withoutFold(periods, out))));
      const on = (fold: number) => chosen[fold] ?? -1;
      return against === null ? score(on) : difference(on, against);
    },
    blindness: "each fold is scored by the candidate that the other folds would have chosen",
  };
}

function strataOf({ scores, folds }: PeriodScores, places: readonly number[], candidateOn: (fold: number) => number) {
  return places.map((fold) => ({
    value: scores[candidateOn(fold)]?.[fold] ?? Number.NaN,
    replicates: folds[fold]?.replicates[candidateOn(fold)] ?? new Float64Array(0),
    units: folds[fold]?.units ?? 0,
  }));
}

function withoutFold(periods: PeriodScores, out: number): PeriodScores {
  const kept = <Item>(items: readonly Item[]) => items.filter((_, fold) => fold !== out);
  return { ...periods, scores: periods.scores.map(kept), folds: kept(periods.folds) };
}

function measuredOf({ mean, se, low, high, p }: StratifiedT): Measured {
  return { value: mean, se, low, high, p };
}
