import { binomialUpperTail, chiSquareTest, kolmogorovSmirnov, kolmogorovSmirnovP } from "../../stats/index.ts";
import type { SplitNull } from "./split-null.ts";

/** Expected rows of a cell from which chi-square is taken to hold (Cochran 1954). */
const ENOUGH_EXPECTED = 5;

/**
 * p of a value that no split reached. Draws alone cannot tell p below 1 / (draws + 1), too much for one column among a thousand to stand out. Another
 * test of the same question may then go on, and the smaller p counts: a final p below that bound needs the other test's p to be as small, and one
 * above it is that of the draws, so false alarms keep their rate at every level.
 */
export function tailP({ p, reached }: SplitNull, other: () => number): number {
  return reached > 0 ? p : Math.min(p, other());
}

/** Kolmogorov-Smirnov: blind to a far move of few rows, which the draws still see. @param effective rows that, drawn singly, would tell as much. */
export function tailOfNumbers(
  reference: Float64Array,
  window: Float64Array,
  effective: readonly [number, number] = [reference.length, window.length],
): number {
  return kolmogorovSmirnovP(kolmogorovSmirnov(reference, window).statistic, ...effective);
}

/** Pearson's chi-square of two lists of counts; cells of which fewer than 5 rows are expected on a side are one cell. */
export function tailOfCounts(reference: Float64Array, window: Float64Array): number {
  const sum = (counts: Float64Array) => counts.reduce((total, one) => total + one, 0);
  const [n, m] = [sum(reference), sum(window)];
  const cells: number[][] = [];
  const rare = [0, 0];
  for (const [cell, count] of reference.entries()) {
    const [before, now] = [count, window[cell] ?? 0];
    if (((before + now) * Math.min(n, m)) / (n + m) >= ENOUGH_EXPECTED) cells.push([before, now]);
    else {
      rare[0] = (rare[0] ?? 0) + before;
      rare[1] = (rare[1] ?? 0) + now;
    }
  }
  if ((((rare[0] ?? 0) + (rare[1] ?? 0)) * Math.min(n, m)) / (n + m) >= ENOUGH_EXPECTED) cells.push(rare);
  return chiSquareTest({ rows: cells.length, columns: 2, counts: Float64Array.from(cells.flat()) }).p;
}

/** Unseen values as single rows, at the share that the splits had, one row more counted. */
export function tailOfUnseen(share: number, { mean, draws }: SplitNull, window: number): number {
  return binomialUpperTail(Math.round(share * window), window, Math.min(1, mean + 1 / (draws * window)));
}

/**
 * Where all `reference` rows are equal: p that `different` odd ones among all lie in a window drawn at random from all. @param different at least 1.
 */
export function tailOfConstant(reference: number, window: number, different: number): number {
  let log = 0;
  for (let i = 0; i < different; i++) log += Math.log((window - i) / (reference + window - i));
  return Math.exp(log);
}
