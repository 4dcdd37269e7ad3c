import type { Judged } from "../core/metric.ts";
import { wilson } from "../stats/index.ts";

export interface Range {
  readonly low: number;
  readonly high: number;
  readonly method: string;
}

/**
 * A faultless score has no spread to resample. What n faultless rows of the smallest class still allow is Wilson's bound of n out of n,
 * on the range [from, to] of the metric.
 */
export function withoutErrors(value: number, from: number, to: number, n: number, level: number): Range {
  const allowed = (1 - wilson(n, n, level).low) * Math.abs(to - from);
  const middle = (from + to) / 2;
  return {
    low: value > middle ? value - allowed : value,
    high: value > middle ? value : value + allowed,
    method: "Wilson, no errors seen",
  };
}

/** Rows (or groups) of the rarest class that occurs. */
export function smallestClass(judged: Judged, clusters: Int32Array | null): number {
  const members = new Map<number, Set<number>>();
  for (let row = 0; row < judged.truth.length; row++) {
    if (judged.weight !== null && judged.weight[row] === 0) continue;
    const label = judged.truth[row]!;
    const seen = members.get(label) ?? new Set();
    seen.add(clusters === null ? row : clusters[row]!);
    members.set(label, seen);
  }
  return Math.min(...[...members.values()].map((seen) => seen.size));
}
