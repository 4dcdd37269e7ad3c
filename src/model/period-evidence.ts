import { type ResampledFold, replicatesOfDifference } from "../lab/index.ts";
import { type Stratum, stratifiedT, stratumOf } from "../stats/index.ts";
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

/** Score of a candidate on a fold, or its difference to the candidate `against`, the larger the higher the score. */
type StratumOn = (fold: number, candidate: number, against: number | null) => Stratum;

/**
 * Evidence from folds that are periods. They are not a sample of anything, so the models and the periods are taken as they are, and the spread
 * is that of the judged rows within each fold (`resampleFolds`). Folds on which a score is undefined are left out of what needs it.
 */
export function periodEvidence(periods: PeriodScores): Evidence {
  return evidenceOn(
    periods,
    periods.folds.map((_, fold) => fold),
    rememberedStrata(periods),
  );
}

/** Evidence of some of the folds. */
function evidenceOn(periods: PeriodScores, folds: readonly number[], stratumOn: StratumOn): Evidence {
  const { scores, method, better, level } = periods;
  const measure = (strata: readonly Stratum[]): Measured => {
    const { mean, se, low, high, p } = stratifiedT(strata, level);
    return { value: mean, se, low, high, p };
  };
  const difference = (candidateOn: (fold: number) => number, against: number) =>
    measure(
      folds.map((fold) =>
        better === "higher" ? stratumOn(fold, candidateOn(fold), against) : stratumOn(fold, against, candidateOn(fold)),
      ),
    );
  return {
    count: scores.length,
    level,
    method,
    score: (candidate) => measure(folds.map((fold) => stratumOn(fold, candidate, null))),
    difference: (a, b) => difference(() => a, b),
    chosenBlindly: (choose, against) => {
      const withoutFold = (out: number) => folds.filter((fold) => fold !== out);
      const chosen = new Map(folds.map((fold) => [fold, choose(evidenceOn(periods, withoutFold(fold), stratumOn))]));
      const on = (fold: number) => chosen.get(fold) ?? -1;
      return against === null ? measure(folds.map((fold) => stratumOn(fold, on(fold), null))) : difference(on, against);
    },
    blindness: "each fold is scored by the candidate that the other folds would have chosen",
  };
}

/** The rule of choosing asks for the same differences again and again. */
function rememberedStrata({ scores, folds }: PeriodScores): StratumOn {
  const known = new Map<string, Stratum>();
  const scoreOn = (fold: number, candidate: number) => scores[candidate]?.[fold] ?? Number.NaN;
  const compute: StratumOn = (fold, candidate, against) => {
    const resampled = folds[fold] ?? { units: 0, replicates: [] };
    if (against === null)
      return stratumOf(scoreOn(fold, candidate), resampled.replicates[candidate] ?? new Float64Array(0), resampled.units);
    const value = scoreOn(fold, candidate) - scoreOn(fold, against);
    return stratumOf(value, replicatesOfDifference(resampled, candidate, against), resampled.units);
  };
  return (fold, candidate, against) => {
    const key = `${fold} ${candidate} ${against}`;
    const stratum = known.get(key) ?? compute(fold, candidate, against);
    known.set(key, stratum);
    return stratum;
  };
}
