import { type ResampledFold, replicatesOfDifference } from "../lab/index.ts";
import { type StratifiedT, stratifiedT, stratumOf, tTwoSidedP } from "../stats/index.ts";
import type { Evidence, Measured } from "./evidence.ts";
import { type JudgedUnits, withoutSpread } from "./judged-units.ts";

export interface ResampledScores {
  /** candidates x folds. NaN where the metric is undefined on the fold. */
  readonly scores: readonly (readonly number[])[];
  /** Each fold's resamples, by candidate, with what they left out. */
  readonly folds: readonly ResampledFold[];
  /** How they were drawn. */
  readonly method: string;
  readonly better: "higher" | "lower";
  readonly level: number;
  /** Asked for only where nothing varies. Absent: so many that a spread of nothing is knowledge. */
  readonly units?: () => JudgedUnits;
}

/**
 * Evidence from folds that are no sample of folds: periods, or one given test set. The models and the periods are taken as they are, and the spread
 * is that of the judged rows within each fold (`resampleFolds`); differences are paired by row. Folds on which a score is undefined are left out.
 * Choice: BBC-CV (Tsamardinos, Greasidou and Borboudakis 2018), chosen on resampled blocks and judged on the blocks left out, so that both know
 * the same periods: how models rank in one period says little of how they rank in the next.
 */
export function resampledEvidence(given: ResampledScores): Evidence {
  const mean = rememberedMeans(given);
  const evidence = evidenceOf(given, mean, mean);
  return {
    ...evidence,
    chosenBlindly: (choose, _, against) => {
      const chosen = choose(evidence);
      const drawn = lossOfChoosing(given, chosen, (resample) => choose(evidenceInBag(given, mean, resample)));
      // What resamples choose may be better on the mean and unsteady, but the error is that of the chosen one: its value is never raised.
      const loss = given.better === "higher" ? Math.min(0, drawn) : Math.max(0, drawn);
      if (against === null) return moved(mean, chosen, null, loss, given);
      return given.better === "higher" ? moved(mean, chosen, against, loss, given) : moved(mean, against, chosen, -loss, given);
    },
  };
}

/** Mean over folds of a candidate's score, or of how much higher it scores than `against`. */
type MeanOf = (candidate: number, against: number | null) => StratifiedT;

/** Evidence of these means; what is left to choose blindly of it is nothing. */
function evidenceOf(
  given: ResampledScores,
  value: (candidate: number, against: number | null) => Pick<StratifiedT, "mean">,
  error: MeanOf,
): Evidence {
  const { scores, method, better, level } = given;
  const measured = (candidate: number, against: number | null) =>
    moved(error, candidate, against, value(candidate, against).mean - error(candidate, against).mean, given);
  const difference = (a: number, b: number) => (better === "higher" ? measured(a, b) : measured(b, a));
  const evidence: Evidence = {
    count: scores.length,
    level,
    method,
    score: (candidate) => measured(candidate, null),
    difference,
    chosenBlindly: (choose, _, against) => (against === null ? evidence.score(choose(evidence)) : difference(choose(evidence), against)),
    blindness: "chosen on resampled rows, scored on the rows left out (BBC-CV)",
  };
  return evidence;
}

/** What one resample shows, with the errors of all. */
function evidenceInBag(given: ResampledScores, error: MeanOf, resample: number): Evidence {
  const on = (fold: ResampledFold, candidate: number) => fold.replicates[candidate]?.[resample] ?? Number.NaN;
  const value = (candidate: number, against: number | null) => {
    return { mean: meanOf(given.folds.map((fold) => on(fold, candidate) - (against === null ? 0 : on(fold, against)))) };
  };
  return evidenceOf(given, value, error);
}

/**
 * How much higher what resamples choose scores than `chosen`, both on the blocks that the resample left out: its mean over resamples within each
 * fold, then over folds. Against `chosen` and not against its whole score, since some metrics differ between few rows and many.
 */
function lossOfChoosing({ folds }: ResampledScores, chosen: number, chosenOn: (resample: number) => number): number {
  const resamples = folds[0]?.leftOut[0]?.length ?? 0;
  const choices = Array.from({ length: resamples }, (_, resample) => chosenOn(resample));
  const losses = folds.map(({ leftOut }) =>
    meanOf(choices.map((choice, resample) => (leftOut[choice]?.[resample] ?? Number.NaN) - (leftOut[chosen]?.[resample] ?? Number.NaN))),
  );
  return meanOf(losses) || 0;
}

/** The rule of choosing asks for the same means again and again. */
function rememberedMeans({ scores, folds, level }: ResampledScores): MeanOf {
  const known = new Map<string, StratifiedT>();
  const scoreOn = (place: number, candidate: number) => scores[candidate]?.[place] ?? Number.NaN;
  const compute: MeanOf = (candidate, against) => {
    const strata = folds.map((fold, place) => {
      if (against === null) return stratumOf(scoreOn(place, candidate), fold.replicates[candidate] ?? new Float64Array(0), fold.units);
      const value = scoreOn(place, candidate) - scoreOn(place, against);
      return stratumOf(value, replicatesOfDifference(fold, candidate, against), fold.units);
    });
    return stratifiedT(strata, level);
  };
  return (candidate, against) => {
    const key = `${candidate} ${against}`;
    const mean = known.get(key) ?? compute(candidate, against);
    known.set(key, mean);
    return mean;
  };
}

/** The same error about a mean that lies higher by `by`; of what does not vary at all, what the judged units leave possible (`unanimous`). */
function moved(
  of: MeanOf,
  candidate: number,
  against: number | null,
  by: number,
  { units, level }: Pick<ResampledScores, "units" | "level">,
): Measured {
  const { mean, se, df, low, high } = of(candidate, against);
  const value = mean + by;
  if (se === 0) return { value, se, ...withoutSpread(value, against === null ? null : of(against, null).mean, 1, units?.(), level) };
  return { value, se, low: low + by, high: high + by, p: Number.isNaN(se) ? 1 : tTwoSidedP(value / se, df) };
}

function meanOf(values: readonly number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value));
  return defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
