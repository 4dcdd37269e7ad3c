import type { Finding } from "../../src/core/finding.ts";
import { createRandom } from "../../src/core/random.ts";
import { effectiveCount, falseDiscoveryQ, pearson, percentileInterval, ranks, wilson } from "../../src/stats/index.ts";
import { type Case, STRENGTHS } from "./cases.ts";
import type { TrueHarm } from "./truth.ts";

/** One planted trap, and whether it was found. */
export interface Try {
  readonly trap: string;
  readonly strength: number;
  readonly found: boolean;
  /** Under its own name or that of another face of it. */
  readonly caught: boolean;
  /** Traps in the same table. */
  readonly with: number;
  readonly where: string;
  readonly ground: Case["ground"];
  /** How much better the score is with it, by the audit's experiments, in the units of truth.ts; null = not measured. */
  readonly harm: number | null;
  /** The same by experiments on other rows of the same world, whose traps are known. */
  readonly truth: TrueHarm | null;
}

/** One finding, and whether a plant explains it. */
export interface Seen extends Pick<Finding, "trap" | "severity" | "confidence" | "strength" | "stance" | "columns"> {
  readonly real: boolean;
  readonly where: string;
  /** Of how many findings it speaks, where not all were looked at; absent = 1. */
  readonly weight?: number;
}

export const BINS = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
const FALSE_CALLS = 0.05;

export function share(found: number, all: number): number | null {
  return all === 0 ? null : rounded(found / all);
}

const rounded = (value: number) => Number(value.toFixed(3));

/** A share and its interval of 95 % (Wilson). Cases that share a table are not quite independent: it is a little too narrow. */
export function shareOf(found: number, all: number) {
  if (all === 0) return null;
  const { value, low, high } = wilson(found, all, 0.95);
  return { of: all, value: rounded(value), low: rounded(low), high: rounded(high) };
}

/** The same of findings, some of which speak for others: a share by weight, and the interval of as many as the weights are worth (Kish). */
export function realOf(seen: readonly Pick<Seen, "real" | "weight">[]) {
  if (seen.length === 0) return null;
  const weights = seen.map(({ weight = 1 }) => weight);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const real = seen.reduce((sum, one, i) => sum + (one.real ? (weights[i] ?? 0) : 0), 0);
  const worth = effectiveCount(weights);
  const { value, low, high } = wilson((real / total) * worth, worth, 0.95);
  return { of: seen.length, value: rounded(value), low: rounded(low), high: rounded(high) };
}

export const foundOf = (tries: readonly Try[]) => shareOf(tries.filter(({ found }) => found).length, tries.length);
export const caughtOf = (tries: readonly Try[]) => shareOf(tries.filter(({ caught }) => caught).length, tries.length);

/** Tries whose true harm is beyond chance, with the number of experiments taken into account (Benjamini-Hochberg). */
export function harmful(tries: readonly Try[]): Try[] {
  const known = tries.flatMap((one) => (one.truth === null ? [] : [{ one, truth: one.truth }]));
  const q = falseDiscoveryQ(known.map(({ truth }) => truth.p));
  return known.filter((_, i) => (q[i] ?? 1) <= FALSE_CALLS).map(({ one }) => one);
}

/** By trap: what was found of what was planted, and how much of what was found is real. */
export function byTrap(tries: readonly Try[], seen: readonly Seen[]) {
  const real = harmful(tries);
  const recall = (own: readonly Try[]) => share(own.filter(({ found }) => found).length, own.length);
  const caught = (own: readonly Try[]) => share(own.filter((one) => one.caught).length, own.length);
  return [...new Set([...tries, ...seen].map(({ trap }) => trap))].map((trap) => {
    const own = tries.filter((one) => one.trap === trap);
    const alarms = seen.filter((one) => one.trap === trap);
    const harms = real.filter((one) => one.trap === trap);
    return {
      trap,
      planted: own.length,
      recall: recall(own),
      caught: caught(own),
      recallAt: Object.fromEntries(STRENGTHS.map((strength) => [strength, recall(own.filter((one) => one.strength === strength))])),
      withTruth: own.filter(({ truth }) => truth !== null).length,
      harmful: harms.length,
      recallWhereHarmful: recall(harms),
      caughtWhereHarmful: caught(harms),
      findings: alarms.length,
      precision: share(alarms.filter((one) => one.real).length, alarms.length),
      meanConfidence: share(
        alarms.reduce((sum, { confidence }) => sum + confidence, 0),
        alarms.length,
      ),
    };
  });
}

/** Of findings at a confidence, that share should be real. */
export function byConfidence(seen: readonly Seen[]) {
  return BINS.map((low, i) => {
    const inside = seen.filter(({ confidence }) => confidence >= low && confidence < (BINS[i + 1] ?? 1.01));
    const real = realOf(inside);
    const total = inside.reduce((sum, { weight = 1 }) => sum + weight, 0);
    return {
      from: low,
      findings: inside.length,
      meanConfidence: share(
        inside.reduce((sum, { confidence, weight = 1 }) => sum + weight * confidence, 0),
        total,
      ),
      real: real?.value ?? null,
      low: real?.low ?? null,
      high: real?.high ?? null,
    };
  });
}

/** Mean distance between confidence and truth over the bins, weighted by findings (expected calibration error). */
export function calibrationError(seen: readonly Seen[]): number | null {
  const apart = byConfidence(seen).reduce(
    (sum, { findings, meanConfidence, real }) => sum + findings * Math.abs((meanConfidence ?? 0) - (real ?? 0)),
    0,
  );
  return share(apart, seen.length);
}

const DRAWS = 2000;

/** Spearman's correlation of the measured with the true harm, with the interval of a bootstrap over tables (95 %). */
export function harmFollowsTruth(tries: readonly Try[]) {
  const priced = tries.flatMap(({ harm, truth }) => (harm === null || truth === null ? [] : [[harm, truth.value] as const]));
  if (priced.length < 6) return null;
  const rank = (pairs: readonly (readonly [number, number])[]) =>
    pearson(ranks(pairs.map(([measured]) => measured)), ranks(pairs.map(([, truth]) => truth)));
  const random = createRandom(1, "rank correlation");
  const drawn = Float64Array.from({ length: DRAWS }, () => rank(priced.map(() => priced[random.integer(priced.length)] ?? [0, 0]))).filter(
    (value) => !Number.isNaN(value),
  );
  const { low, high } = percentileInterval(drawn, 0.95);
  return { of: priced.length, value: rounded(rank(priced)), low: rounded(low), high: rounded(high) };
}
