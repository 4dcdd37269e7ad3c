import type { Finding } from "../../src/core/finding.ts";
import { STRENGTHS } from "./cases.ts";

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
  /** What it costs by the audit's experiments, in units of the metric; null = not measured. */
  readonly harm: number | null;
}

/** One finding, and whether a plant explains it. */
export interface Seen extends Pick<Finding, "trap" | "severity" | "confidence" | "columns"> {
  readonly real: boolean;
  readonly where: string;
}

const BINS = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

export function share(found: number, all: number): number | null {
  return all === 0 ? null : Number((found / all).toFixed(3));
}

export function recallOf(tries: readonly Try[]): number | null {
  return share(tries.filter(({ found }) => found).length, tries.length);
}

export function caughtOf(tries: readonly Try[]): number | null {
  return share(tries.filter(({ caught }) => caught).length, tries.length);
}

/** By trap: what was found of what was planted, and how much of what was found is real. */
export function byTrap(tries: readonly Try[], seen: readonly Seen[]) {
  return [...new Set([...tries, ...seen].map(({ trap }) => trap))].map((trap) => {
    const own = tries.filter((one) => one.trap === trap);
    const alarms = seen.filter((one) => one.trap === trap);
    return {
      trap,
      planted: own.length,
      recall: recallOf(own),
      caught: caughtOf(own),
      recallAt: Object.fromEntries(STRENGTHS.map((strength) => [strength, recallOf(own.filter((one) => one.strength === strength))])),
      findings: alarms.length,
      precision: share(alarms.filter(({ real }) => real).length, alarms.length),
      harmFollowsStrength: rankCorrelation(own),
    };
  });
}

/** Of findings at a confidence, that share should be real. */
export function byConfidence(seen: readonly Seen[]) {
  return BINS.map((low, i) => {
    const inside = seen.filter(({ confidence }) => confidence >= low && confidence < (BINS[i + 1] ?? 1.01));
    return {
      from: low,
      findings: inside.length,
      meanConfidence: share(
        inside.reduce((sum, { confidence }) => sum + confidence, 0),
        inside.length,
      ),
      real: share(inside.filter(({ real }) => real).length, inside.length),
    };
  });
}

/** Spearman's correlation of the size of the measured harm with the strength of the plant; null below six measured ones. */
function rankCorrelation(tries: readonly Try[]): number | null {
  const priced = tries.filter(({ harm }) => harm !== null);
  if (priced.length < 6) return null;
  const [x, y] = [ranks(priced.map(({ strength }) => strength)), ranks(priced.map(({ harm }) => Math.abs(harm ?? 0)))];
  const mean = (priced.length + 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < priced.length; i++) {
    const [dx, dy] = [(x[i] ?? 0) - mean, (y[i] ?? 0) - mean];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xx * yy === 0 ? null : Number((xy / Math.sqrt(xx * yy)).toFixed(2));
}

/** Mean ranks of ties. */
function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    return below + (values.filter((other) => other === value).length + 1) / 2;
  });
}
