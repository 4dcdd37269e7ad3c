import type { Column } from "../../core/column.ts";
import { cochranQ, groupedSamples, intraclassOfNumbers, pOfUnits } from "../../stats/index.ts";
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

export interface RelationInput {
  readonly column: Column;
  /** Rows of the two sets. */
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** Of each row of the frame: 0 or 1 of a class, or a number in 0..1. */
  readonly value: Float64Array;
  readonly isClass: boolean;
  /** Group of each row of the frame, negative = it stands alone; null: all rows do. */
  readonly groups: Int32Array | null;
}

/** What one set says of the value in one bin. */
interface Cell {
  n: number;
  sum: number;
  squares: number;
  /** Rows of each group. */
  readonly ofGroup: Map<number, number>;
}

/**
 * Cochran's Q of the bins' differences: log odds of one class, or mean of values, each weighted by its inverse variance; chi-square with bins - 1 degrees. Variances
 * are multiplied by the design effect of the groups within the bin, from the intraclass correlation of the value. null with fewer than two bins.
 */
export function relationShift(input: RelationInput): RelationShift | null {
  const { column, a, b, value, isClass, groups } = input;
  const rows = Int32Array.from([...a, ...b]);
  const fine = binColumn(column, rows);
  const { codes, bins } = fine.ordered ? mergeBins(fine, PARTS) : fine;
  const [first, second] = cellsOf(rows, a.length, codes, bins, input);
  const places = first.flatMap((cell, bin) => (bin < bins && Math.min(cell.n, second[bin]?.n ?? 0) >= LEAST_ROWS ? [bin] : []));
  if (places.length < 2) return null;
  const ofRow = (row: number) => groups?.[row] ?? -1;
  const grouped = groups === null ? null : groupedSamples(Array.from(rows, ofRow), a.length);
  const icc =
    grouped === null
      ? 0
      : intraclassOfNumbers(
          Array.from(rows, (row) => value[row] ?? 0),
          grouped,
        );
  const read = (cell: Cell | undefined) => {
    if (cell === undefined) return { value: Number.NaN, variance: Number.NaN };
    const { value: own, variance } = (isClass ? logOdds : meanOf)(cell.n, cell.sum, cell.squares);
    return { value: own, variance: variance * designEffect(cell, icc) };
  };
  const compared = places.map((bin) => {
    const [x, y] = [read(first[bin]), read(second[bin])];
    return { from: x.value, by: y.value - x.value, weight: 1 / (x.variance + y.variance), rows: second[bin]?.n ?? 0 };
  });
  const { common, p } = cochranQ(
    compared.map(({ by }) => by),
    compared.map(({ weight }) => weight),
  );
  const all = compared.reduce((sum, one) => sum + one.rows, 0);
  const moved = compared.reduce((sum, { from, by, rows: held }) => {
    return sum + held * Math.abs(isClass ? share(from + by) - share(from + common) : by - common);
  }, 0);
  return { name: column.name, effect: moved / all, p: grouped === null ? p : pOfUnits(p, grouped), bins: places.length };
}

/** One cell per bin and side; the last takes the bins that have too few rows on a side. */
function cellsOf(
  rows: Int32Array,
  firstRows: number,
  codes: ArrayLike<number>,
  bins: number,
  { value, groups }: RelationInput,
): readonly [Cell[], Cell[]] {
  const make = () => Array.from({ length: bins + 1 }, (): Cell => ({ n: 0, sum: 0, squares: 0, ofGroup: new Map() }));
  const sides: readonly [Cell[], Cell[]] = [make(), make()];
  const counts = [new Float64Array(bins), new Float64Array(bins)] as const;
  for (let i = 0; i < rows.length; i++) {
    const side = counts[i < firstRows ? 0 : 1];
    const bin = codes[i] ?? 0;
    side[bin] = (side[bin] ?? 0) + 1;
  }
  for (let i = 0; i < rows.length; i++) {
    const bin = codes[i] ?? 0;
    const cell = sides[i < firstRows ? 0 : 1][Math.min(counts[0][bin] ?? 0, counts[1][bin] ?? 0) < LEAST_ROWS ? bins : bin];
    if (cell === undefined) continue;
    const row = rows[i] ?? 0;
    const own = value[row] ?? 0;
    cell.n++;
    cell.sum += own;
    cell.squares += own ** 2;
    const group = groups?.[row] ?? -1;
    if (group >= 0) cell.ofGroup.set(group, (cell.ofGroup.get(group) ?? 0) + 1);
  }
  return sides;
}

/** Kish (1965): 1 + (mean size of the group of a row - 1) icc. */
function designEffect({ n, ofGroup }: Cell, icc: number): number {
  let beyond = 0;
  for (const size of ofGroup.values()) beyond += size * (size - 1);
  return 1 + (beyond / n) * icc;
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
