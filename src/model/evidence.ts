import type { Estimate } from "../core/estimate.ts";

/** A measured quantity with what is known of its spread. */
export interface Measured {
  readonly value: number;
  /** Standard error; NaN when one measurement tells nothing about it. */
  readonly se: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided p of "the value is 0"; 1 when nothing is known of the spread. */
  readonly p: number;
}

/** What the outer folds say about the judged candidates 0 .. count - 1. Differences are signed so that positive means that the first is better. */
export interface Evidence {
  readonly count: number;
  /** Coverage of the intervals. */
  readonly level: number;
  /** Name of the method of the intervals. */
  readonly method: string;
  /** In units of the metric. */
  score(candidate: number): Measured;
  difference(a: number, b: number): Measured;
  /**
   * Score of a way of choosing among the candidates `among`, or its difference to the candidate `against`: what it chooses on one part of the evidence is
   * judged on the other part. Without the optimism of reporting the score that a candidate was chosen for; one test, however many candidates it chose from.
   */
  chosenBlindly(choose: (evidence: Evidence) => number, among: readonly number[], against: number | null): Measured;
  /** How `chosenBlindly` parts the evidence. */
  readonly blindness: string;
}

export function estimateOf(measured: Measured, evidence: Evidence, experiments: readonly string[], method = evidence.method): Estimate {
  return { value: measured.value, low: measured.low, high: measured.high, level: evidence.level, method, experiments };
}

/** The candidate with the best score; of equal ones the first, one without a score only if there is no other. -1 of none. */
export function bestOf(evidence: Evidence, among: readonly number[], better: "higher" | "lower"): number {
  const sign = better === "higher" ? 1 : -1;
  let best = among[0] ?? -1;
  for (const one of among) {
    const [now, before] = [sign * evidence.score(one).value, sign * evidence.score(best).value];
    if (now > before || (Number.isNaN(before) && !Number.isNaN(now))) best = one;
  }
  return best;
}
