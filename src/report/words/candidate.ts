import { type Candidate, candidateState } from "../../core/comparison.ts";
import { holdsZero } from "../numbers.ts";

/** As `candidateState`, without what it is against: a terminal has no room for it in each line. */
export function shortState({ state }: Pick<Candidate, "state">): string {
  return candidateState({ state }).replace(/ (than )?the .*/, "");
}

/** What the words in the last column are against, or mean; one sentence for those that stand in the table, none without any. */
export function shortStateMeanings(candidates: readonly Candidate[]): string[] {
  const judged = candidates.filter(isJudged);
  const has = (state: Candidate["state"]) => judged.some((one) => one.state === state);
  const states = (["worse", "not-worse-but-more-complex", "behind", "undecided"] as const).filter(has);
  // Of one alone a gain may be shown: that it was looked for among several is what speaks against it.
  const picked = judged.some(({ state, overBaseline }) => state === "undecided" && (overBaseline?.low ?? 0) > 0);
  const worth = picked ? "nor, once it counts that several were tried, to be worth choosing" : "nor to be worth choosing";
  const undecided =
    has("worse") && has("not-worse-but-more-complex") && !picked ? "neither is shown" : `not shown to be worse than the best, ${worth}`;
  const told = { behind: ", though simpler: by more than one standard error", undecided: `: ${undecided}` };
  const meanings = states.map((state) => `${candidateState({ state })}${state in told ? told[state as keyof typeof told] : ""}`);
  const isWorse = has("worse");
  return meanings.length === 0
    ? []
    : [`Last column: ${meanings.join("; ")}${isWorse ? ". Worse than the best may still be better than the baseline" : ""}.`];
}

/** What is said beside the difference to the best; null when the state says it. */
export function againstBestWord({ state, againstBest }: Candidate): string | null {
  return againstBest !== null && state !== "undecided" && state !== "behind" && holdsZero(againstBest) ? "no difference" : null;
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
