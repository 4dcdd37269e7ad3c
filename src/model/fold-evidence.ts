import { correctedT, effectiveTests } from "../stats/index.ts";
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
 * undefined are left out of what needs it. A blind choice is not quite blind: the folds share what chance put into the table, so on noise the candidate that
 * was lucky elsewhere is lucky here. Its p and interval are therefore corrected as for the effective number of tests among which it chooses (Sidak 1967;
 * measured in docs/model.md).
 */
export function foldEvidence(folds: FoldScores): Evidence {
  const { scores, testTrainRatio, level, better } = folds;
  const sign = better === "higher" ? 1 : -1;
  const measure = (values: readonly number[], tests = 1): Measured => {
    const { mean, se, low, high, p } = correctedT(
      values.filter((value) => !Number.isNaN(value)),
      testTrainRatio,
      level ** (1 / tests),
    );
    return { value: mean, se, low, high, p: 1 - (1 - p) ** tests };
  };
  const ofCandidate = (candidate: number) => scores[candidate] ?? [];
  const gains = (scores: readonly number[], over: number) =>
    scores.map((score, fold) => sign * (score - (ofCandidate(over)[fold] ?? Number.NaN)));
  return {
    count: scores.length,
    level,
    method: "corrected resampled t",
    score: (candidate) => measure(ofCandidate(candidate)),
    difference: (a, b) => measure(gains(ofCandidate(a), b)),
    chosenBlindly: (choose, among, against) => {
      const scores = blindScores(folds, choose);
      if (against === null) return measure(scores);
      return measure(gains(scores, against), effectiveTests(among.map((candidate) => gains(ofCandidate(candidate), against))));
    },
    blindness:
      "each fold is scored by the candidate that the other folds would have chosen, corrected for how many different candidates that chooses from",
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
