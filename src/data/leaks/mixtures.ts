import type { Random } from "../../core/random.ts";
import { float64From } from "../../core/typed-from.ts";
import { pearson, variance } from "../../stats/index.ts";
import { drawnRows } from "../columns/drawn-rows.ts";

/** The target is a mean of two columns by a share that a third one holds: target = share x a + (1 - share) x b. The price of a basket, the rate of two groups. */
export interface Mixture {
  readonly a: number;
  readonly b: number;
  readonly share: number;
  /** Root of the mean squared error, in standard deviations of the target. */
  readonly error: number;
}

const PROBES = 30;
const ROWS = 2_000;
const LEAST_ROWS = 100;
/** Share of the rows that must have all three. */
const LEAST_HELD = 0.75;
/** No weight is fitted, so chance does not come so near; rounding of what is written stays within it. */
const MOST_ERROR = 0.02;
/** One that gives the target alone has no partner. */
const MOST_ALONE = 0.99;

/**
 * All triples of some columns, on thirty rows first. A share lies between 0 and 1 and takes ten values or more. The best mixture, or null.
 * @param columns at most some dozens, since all triples are tried
 */
export function mixture(columns: readonly Float64Array[], y: Float64Array, random: Random): Mixture | null {
  const labelled = Array.from(y.keys()).filter((row) => !Number.isNaN(y[row]));
  const shares = Array.from(columns.keys()).filter((place) => isShare(columns[place] ?? new Float64Array(0)));
  const [probes, rows] = [drawnRows(labelled, PROBES, random), drawnRows(labelled, ROWS, random)];
  if (rows.length < LEAST_ROWS) return null;
  const [ofProbes, ofRows] = [probes, rows].map((some) => variance(float64From(some, (row) => y[row] ?? 0))) as [number, number];
  let best: Mixture | null = null;
  for (const share of shares)
    for (const a of columns.keys())
      for (const b of columns.keys()) {
        if (a === b || a === share || b === share) continue;
        const parts: Parts = [columns[share], columns[a], columns[b]];
        if (errorOf(parts, y, probes, ofProbes) > MOST_ERROR) continue;
        const error = errorOf(parts, y, rows, ofRows);
        if (error > MOST_ERROR || error >= (best?.error ?? Number.POSITIVE_INFINITY)) continue;
        if ([a, b].every((place) => isPart(columns[place], y, rows))) best = { a, b, share, error };
      }
  return best;
}

type Parts = readonly [Float64Array | undefined, Float64Array | undefined, Float64Array | undefined];

const LEAST_SHARES = 10;

function isShare(values: Float64Array): boolean {
  const seen = new Set<number>();
  for (const value of values) {
    if (value < 0 || value > 1) return false;
    if (!Number.isNaN(value)) seen.add(value);
  }
  return seen.size >= LEAST_SHARES;
}

/** Infinite from what is too much on, and where a quarter of the rows or more lack one of the three. spread: variance of the target in these rows. */
function errorOf([share, a, b]: Parts, y: Float64Array, rows: Int32Array, spread: number): number {
  const most = MOST_ERROR ** 2 * spread * rows.length;
  let [squares, held] = [0, 0];
  for (const row of rows) {
    const part = share?.[row] ?? Number.NaN;
    const made = part * (a?.[row] ?? Number.NaN) + (1 - part) * (b?.[row] ?? Number.NaN);
    if (!Number.isFinite(made)) continue;
    held++;
    squares += (made - (y[row] ?? 0)) ** 2;
    if (!(squares <= most)) return Number.POSITIVE_INFINITY;
  }
  return spread > 0 && held >= LEAST_HELD * rows.length ? Math.sqrt(squares / held / spread) : Number.POSITIVE_INFINITY;
}

function isPart(values: Float64Array | undefined, y: Float64Array, rows: Int32Array): boolean {
  const held = rows.filter((row) => Number.isFinite(values?.[row]));
  const [own, target] = [float64From(held, (row) => values?.[row] ?? 0), float64From(held, (row) => y[row] ?? 0)];
  return held.length >= LEAST_ROWS && Math.abs(pearson(own, target)) < MOST_ALONE;
}
