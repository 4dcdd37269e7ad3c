import type { Candidate } from "../../core/comparison.ts";
import { holdsZero } from "../numbers.ts";

const STATES: Readonly<Record<Candidate["state"], string>> = {
  chosen: "chosen",
  baseline: "baseline",
  "not-worse-but-more-complex": "no better",
  undecided: "undecided",
  worse: "worse",
  failed: "failed",
  "not-run": "not run",
};

/** What became of a candidate, in a word or two: the same on a terminal and in the report. */
export function candidateState({ state }: Candidate): string {
  return STATES[state];
}

/** What is said beside the difference to the best; null when the state says it. */
export function againstBestWord({ state, againstBest }: Candidate): string | null {
  return againstBest !== null && state !== "undecided" && holdsZero(againstBest) ? "no difference" : null;
}

export function isJudged({ score }: Candidate): boolean {
  return Number.isFinite(score.value);
}

/** Best first, those without a score last. */
export function inOrderOfScore(candidates: readonly Candidate[], better: "higher" | "lower"): readonly Candidate[] {
  const sign = better === "higher" ? -1 : 1;
  const rank = (candidate: Candidate) => (isJudged(candidate) ? sign * candidate.score.value : Number.POSITIVE_INFINITY);
  return [...candidates].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}
