import type { Latency } from "../core/plan.ts";
import { quantileOfSorted, sortedCopy } from "../stats/index.ts";

/** Bins of the histogram per factor of ten. */
const BINS_PER_DECADE = 10;

/** Quantiles (type 7, as the latency gate) and a histogram with edges at 10^(k/10) ms. */
export function latencyOf(timesMs: ArrayLike<number>): Latency {
  const sorted = sortedCopy(timesMs);
  const at = (q: number) => quantileOfSorted(sorted, q);
  return { count: sorted.length, p50Ms: at(0.5), p90Ms: at(0.9), p99Ms: at(0.99), maxMs: at(1), histogram: histogramOf(sorted) };
}

function histogramOf(sorted: ArrayLike<number>): Latency["histogram"] {
  const bins = new Map<number, number>();
  for (let i = 0; i < sorted.length; i++) {
    const bin = binOf(sorted[i] ?? 0);
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  const numbers = [...bins.keys()];
  const first = Math.min(...numbers);
  const length = numbers.length === 0 ? 0 : Math.max(...numbers) - first + 1;
  return Array.from({ length }, (_, i) => ({ upToMs: edgeOf(first + i), count: bins.get(first + i) ?? 0 }));
}

/** A clock's tick: shorter times cannot be told apart. */
const SHORTEST_MS = 1e-4;

function binOf(ms: number): number {
  return Math.ceil(Math.log10(Math.max(SHORTEST_MS, ms)) * BINS_PER_DECADE - 1e-9);
}

function edgeOf(bin: number): number {
  return Number((10 ** (bin / BINS_PER_DECADE)).toPrecision(6));
}

export interface ServiceTime {
  readonly meanMs: number;
  /** Variance / mean^2. */
  readonly cv2: number;
}

/** Mean and spread of a service time from its histogram, each bin at its geometric middle (within 12 %). */
export function serviceTimeOf({ histogram }: Pick<Latency, "histogram">): ServiceTime {
  const step = 10 ** (1 / BINS_PER_DECADE);
  const bins = histogram.map(({ upToMs, count }) => ({ ms: upToMs / Math.sqrt(step), count }));
  const count = bins.reduce((sum, bin) => sum + bin.count, 0);
  const meanMs = bins.reduce((sum, bin) => sum + bin.ms * bin.count, 0) / count;
  const variance = bins.reduce((sum, bin) => sum + (bin.ms - meanMs) ** 2 * bin.count, 0) / count;
  return { meanMs, cv2: variance / meanMs ** 2 };
}
