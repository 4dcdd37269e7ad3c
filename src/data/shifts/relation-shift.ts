import type { Column } from "../../core/column.ts";
import { cochranQ } from "../../stats/index.ts";
import { binColumn, mergeBins } from "../columns/column-bins.ts";

/** How the target differs between two sets of rows at equal values of a column. */
export interface RelationShift {
  readonly name: string;
  /**
   * Share of the second set's rows whose class would have to change (or mean shift of ranks, 0..1) for its bins to follow the first set, once a shift that all
   * bins share is taken out: a class that has become more frequent everywhere is another trap.
   */
  readonly effect: number;
  readonly p: number;
  readonly bins: number;
}

const PARTS = 10;
/** Rows of a bin on each side below which it joins the others that are too small. */
const LEAST_ROWS = 10;

/**
 * Cochran's Q of the bins' differences: log odds of one class, or mean of values, each weighted by its inverse variance; chi-square with bins - 1 degrees. Assumes
 * independent rows. @param value of each row of the frame: 0 or 1 of a class, or a number in 0..1. null with fewer than two bins.
 */
export function relationShift(column: Column, a: Int32Array, b: Int32Array, value: Float64Array, isClass: boolean): RelationShift | null {
  const rows = Int32Array.from([...a, ...b]);
  const fine = binColumn(column, rows);
  const { codes, bins } = fine.ordered ? mergeBins(fine, PARTS) : fine;
  const sides = [0, 1].map(() => ({ n: new Float64Array(bins + 1), sum: new Float64Array(bins + 1), squares: new Float64Array(bins + 1) }));
  const counts = [new Float64Array(bins), new Float64Array(bins)];
  codes.forEach((bin, i) => {
    const side = counts[Number(i >= a.length)];
    if (side !== undefined) side[bin] = (side[bin] ?? 0) + 1;
  });
  codes.forEach((bin, i) => {
    const side = sides[Number(i >= a.length)];
    const place = Math.min(counts[0]?.[bin] ?? 0, counts[1]?.[bin] ?? 0) < LEAST_ROWS ? bins : bin;
    const own = value[rows[i] ?? 0] ?? 0;
    if (side === undefined) return;
    side.n[place] = (side.n[place] ?? 0) + 1;
    side.sum[place] = (side.sum[place] ?? 0) + own;
    side.squares[place] = (side.squares[place] ?? 0) + own ** 2;
  });
  const [first, second] = sides;
  if (first === undefined || second === undefined) return null;
  const places = Array.from(first.n.keys()).filter((bin) => Math.min(first.n[bin] ?? 0, second.n[bin] ?? 0) >= LEAST_ROWS);
  if (places.length < 2) return null;
  const read = (side: typeof first, bin: number) =>
    (isClass ? logOdds : meanOf)(side.n[bin] ?? 0, side.sum[bin] ?? 0, side.squares[bin] ?? 0);
  const compared = places.map((bin) => {
    const [x, y] = [read(first, bin), read(second, bin)];
    return { from: x.value, by: y.value - x.value, weight: 1 / (x.variance + y.variance), rows: second.n[bin] ?? 0 };
  });
  const { common, p } = cochranQ(
    compared.map(({ by }) => by),
    compared.map(({ weight }) => weight),
  );
  const all = compared.reduce((sum, one) => sum + one.rows, 0);
  const moved = compared.reduce((sum, { from, by, rows: held }) => {
    return sum + held * Math.abs(isClass ? share(from + by) - share(from + common) : by - common);
  }, 0);
  return { name: column.name, effect: moved / all, p, bins: places.length };
}

interface Estimated {
  readonly value: number;
  readonly variance: number;
}

/** Haldane and Anscombe: half a row is added to either side. */
function logOdds(n: number, sum: number): Estimated {
  const [yes, no] = [sum + 0.5, n - sum + 0.5];
  return { value: Math.log(yes / no), variance: 1 / yes + 1 / no };
}

function meanOf(n: number, sum: number, squares: number): Estimated {
  const value = sum / n;
  // A bin of equal values has no spread of its own; a hundredth of the range keeps its weight finite.
  return { value, variance: Math.max(squares / n - value ** 2, 1e-4) / (n - 1) };
}

function share(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
