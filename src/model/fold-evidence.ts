import { correctedT, effectiveTests, mean } from "../stats/index.ts";
import type { Evidence, Measured } from "./evidence.ts";
import { type JudgedUnits, withoutSpread } from "./judged-units.ts";

export interface FoldScores {
  /** candidates x folds. NaN where the metric is undefined on the fold. */
  readonly scores: readonly (readonly number[])[];
  /** Repeat that each fold belongs to. */
  readonly repeat: readonly number[];
  /** Mean of test rows / training rows. */
  readonly testTrainRatio: number;
  readonly better: "higher" | "lower";
  readonly level: number;
  /** Absent: so many that a spread of nothing is knowledge. */
  readonly units?: JudgedUnits;
}

/**
 * Evidence from two or more folds: corrected resampled t, differences paired by fold (Nadeau and Bengio 2003). Folds on which a score is
 * undefined are left out of what needs it. Folds that all show the same have no spread: what the judged units leave possible stands in its place (`unanimous`). A blind choice is not quite blind: the folds share what chance put into the table, so on noise the candidate that
 * was lucky elsewhere is lucky here. Its p and interval are therefore corrected as for the effective number of tests among which it chooses (Sidak 1967;
 * measured in docs/model.md).
 */
export function foldEvidence(folds: FoldScores): Evidence {
  const { scores, testTrainRatio, level, better } = folds;
  const sign = better === "higher" ? 1 : -1;
  const ofCandidate = (candidate: number) => scores[candidate] ?? [];
  const measure = (values: readonly number[], against: number | null, tests = 1): Measured => {
    const known = values.filter((value) => !Number.isNaN(value));
    const ofOne = level ** (1 / tests);
    const { mean: value, se, ...spread } = correctedT(known, testTrainRatio, ofOne, folds.units?.count);
    // A corrected standard error is below the range of the folds: only rounding is as small as this.
    const isSame = se <= ROUNDING * Math.max(Math.abs(value), Math.abs(against ?? 0));
    const { low, high, p } = isSame ? withoutSpread(value, against, sign, folds.units, ofOne) : spread;
    return { value, se, low, high, p: 1 - (1 - p) ** tests };
  };
  const gains = (scores: readonly number[], over: number) =>
    scores.map((score, fold) => sign * (score - (ofCandidate(over)[fold] ?? Number.NaN)));
  return {
    count: scores.length,
    level,
    method: "corrected resampled t",
    score: (candidate) => measure(ofCandidate(candidate), null),
    difference: (a, b) => measure(gains(ofCandidate(a), b), meanOf(ofCandidate(b))),
    chosenBlindly: (choose, among, against) => {
      const scores = blindScores(folds, choose);
      if (against === null) return measure(scores, null);
      const tests = effectiveTests(among.map((candidate) => gains(ofCandidate(candidate), against)));
      return measure(gains(scores, against), meanOf(ofCandidate(against)), tests);
    },
    blindness:
      "each fold is scored by the candidate that the other folds would have chosen, corrected for how many different candidates that chooses from",
  };
}

/** A spread of this share of the scores is of rounding. */
const ROUNDING = 1e-12;

function meanOf(scores: readonly number[]): number {
  return mean(scores.filter((score) => !Number.isNaN(score)));
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
