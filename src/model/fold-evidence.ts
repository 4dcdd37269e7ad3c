import { correctedT } from "../stats/index.ts";
import type { Evidence, Measured } from "./evidence.ts";

export interface FoldScores {
  /** candidates x folds. NaN where the metric is undefined on the fold. */
  readonly scores: readonly (readonly number[])[];
  /** Repeat that each fold belongs to. */
  readonly repeat: readonly number[];
  /** Mean of test rows / training rows. */
  readonly testTrainRatio: number;
  readonly better: "higher" | "lower";
  readonly level: number;
}

/**
 * Evidence from two or more folds: corrected resampled t, differences paired by fold (Nadeau and Bengio 2003). Folds on which a score is
 * undefined are left out of what needs it.
 */
export function foldEvidence(folds: FoldScores): Evidence {
  const { scores, testTrainRatio, level, better } = folds;
  const sign = better === "higher" ? 1 : -1;
  const measure = (values: readonly number[]): Measured => {
    const { mean, se, low, high, p } = correctedT(
      values.filter((value) => !Number.isNaN(value)),
      testTrainRatio,
      level,
    );
    return { value: mean, se, low, high, p };
  };
  const ofCandidate = (candidate: number) => scores[candidate] ?? [];
  return {
    count: scores.length,
    level,
    method: "corrected resampled t",
    score: (candidate) => measure(ofCandidate(candidate)),
    difference: (a, b) => measure(ofCandidate(a).map((score, fold) => sign * (score - (ofCandidate(b)[fold] ?? Number.NaN)))),
    chosenBlindly: (choose, against) => {
      const scores = blindScores(folds, choose);
      if (against === null) return measure(scores);
      return measure(scores.map((score, fold) => sign * (score - (ofCandidate(against)[fold] ?? Number.NaN))));
    },
    blindness: "each fold is scored by the candidate that the other folds would have chosen",
  };
}

/** Leave one fold out: choose on the other folds of its repeat (folds of other repeats share its rows), score on it. */
function blindScores(folds: FoldScores, choose: (evidence: Evidence) => number): number[] {
  return folds.repeat.map((repeat, out) => {
    const others = folds.repeat.flatMap((of, fold) => (of === repeat && fold !== out ? [fold] : []));
    const seen = foldEvidence({
      ...folds,
      scores: folds.scores.map((scores) => others.map((fold) => scores[fold] ?? Number.NaN)),
      repeat: others.map(() => repeat),
    });
    return folds.scores[choose(seen)]?.[out] ?? Number.NaN;
  });
}
