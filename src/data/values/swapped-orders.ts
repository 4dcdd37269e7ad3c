import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { auc, gapAbove, normalTwoSidedP, quantileOfSorted, uniformSumCdf, zOfAuc } from "../../stats/index.ts";
import { type NumberColumn, rowQuantile, type ValueCounts } from "../columns/counts.ts";
import { finestFirst } from "../columns/finest-first.ts";

/** Two columns of which one is the larger but in a few rows, in which each looks like the other. */
export interface SwappedOrder {
  readonly small: NumberColumn;
  readonly large: NumberColumn;
  readonly compared: number;
  /** Rows in which they stand in each other's place. */
  readonly rows: Int32Array;
  /** How much they differ, at least, and how much they are the other way round there, at least. */
  readonly margin: number;
  readonly reversed: number;
  /** That a tail of the other rows leaves such a gap, times the pairs that keep an order. */
  readonly p: number;
}

const LEAST_ROWS = 300;
/** Steps of a scale leave gaps of their own. */
const LEAST_VALUES = 20;
const [LEAST_SWAPPED, MOST_SWAPPED] = [3, 0.05];
/** Chance by which the swapped cells may differ from those whose place they would take: of three standard errors. */
const ALIKE = 0.0027;
/** Of more the mean of the ranks is normal. */
const FEW = 20;
/** Of tables without such a pair. */
const CHANCE = 0.001;
/** Rows of a first look, and of them those that may be reversed. */
const [FIRST_LOOK, MOST_AT_FIRST] = [256, 25];
/** Cells that are compared beyond the first look: pairs that keep an order are few, unless columns count on from each other. */
const MOST_CELLS = 2e8;

/**
 * Pairs that keep one order in 95 % of the rows, three or more of the others being reversed beyond the gap that a tail of the differences leaves (Pareto's
 * at the heaviest, as in `brokenInequalities`). A tail and a slip of one cell make such rows too. That the cells were swapped shows in three things at once: put back, they are as
 * large as the other column's, and so is the difference (rank tests). Unlike an order alone, which two columns that hardly meet keep by chance, that needs no proof of the order.
 * Columns whose numbers hardly overlap cannot have been swapped, and most of the others are refuted in a few rows: thousands of columns take seconds.
 */
export function swappedOrders(
  columns: readonly NumberColumn[],
  isKnown: (a: NumberColumn, b: NumberColumn) => boolean,
  countsOf: (column: NumberColumn) => ValueCounts,
): readonly SwappedOrder[] {
  const kinds = finestFirst(columns, (column) => countsOf(column).values.length).flatMap((column) => kindOf(column, countsOf) ?? []);
  const ordered: Ordered[] = [];
  let cells = 0;
  for (const small of kinds)
    for (const large of kinds) {
      if (!couldBeSwapped(small, large) || isKnown(small.column, large.column) || cells > MOST_CELLS) continue;
      cells += small.column.values.length;
      const found = orderOf(small.column, large.column);
      if (found !== null) ordered.push(found);
    }
  return ordered.flatMap((one) => swappedIn(one, ordered.length) ?? []);
}

interface Kind {
  readonly column: NumberColumn;
  readonly first: Float64Array;
  readonly low: number;
  readonly high: number;
  readonly quarters: readonly [number, number, number];
}

function kindOf(column: NumberColumn, countsOf: (column: NumberColumn) => ValueCounts): Kind | null {
  const counts = countsOf(column);
  const { values, present } = counts;
  if (values.length < LEAST_VALUES || present < LEAST_ROWS) return null;
  const rows = column.values.length;
  const quarter = (at: number) => rowQuantile(counts, 0, values.length, at);
  return {
    column,
    first: Float64Array.from({ length: FIRST_LOOK }, (_, i) => column.values[Math.floor((i * rows) / FIRST_LOOK)] ?? Number.NaN),
    low: values[0] ?? Number.NaN,
    high: values.at(-1) ?? Number.NaN,
    quarters: [quarter(0.25), quarter(0.5), quarter(0.75)],
  };
}

/** The smaller one's largest cell came from the other column, as the larger one's smallest did; and the first look leaves the order standing. */
function couldBeSwapped(small: Kind, large: Kind): boolean {
  if (!(small.quarters[1] < large.quarters[1])) return false;
  if (small.high < large.quarters[0] || large.low > small.quarters[2]) return false;
  let reversed = 0;
  for (let i = 0; i < FIRST_LOOK; i++) {
    if ((small.first[i] ?? 0) >= (large.first[i] ?? 0)) reversed++;
    if (reversed > MOST_AT_FIRST) return false;
  }
  return true;
}

interface Ordered {
  readonly small: NumberColumn;
  readonly large: NumberColumn;
  readonly kept: Int32Array;
  readonly rows: Int32Array;
}

/** Null where a row has both alike: a margin is left between the two. */
function orderOf(small: NumberColumn, large: NumberColumn): Ordered | null {
  const [lower, upper] = [small.values, large.values];
  const most = MOST_SWAPPED * lower.length;
  let [count, reversed] = [0, 0];
  for (let row = 0; row < lower.length; row++) {
    const apart = (upper[row] as number) - (lower[row] as number);
    if (apart > 0) count++;
    else if (apart === 0 || (apart < 0 && ++reversed > most)) return null;
  }
  if (reversed < LEAST_SWAPPED || reversed > MOST_SWAPPED * count || count < LEAST_ROWS) return null;
  const all = placesUpTo(lower.length);
  const kept = int32Where(all, (row) => (upper[row] as number) > (lower[row] as number));
  const rows = int32Where(all, (row) => (upper[row] as number) < (lower[row] as number));
  return { small, large, kept, rows };
}

function swappedIn({ small, large, kept, rows }: Ordered, pairs: number): SwappedOrder | null {
  const apart = (row: number) => (large.values[row] ?? 0) - (small.values[row] ?? 0);
  const [own, reversed] = [float64From(kept, apart).sort(), float64From(rows, (row) => -apart(row)).sort()];
  const p = pairs * gapP(own, reversed);
  if (!(p < CHANCE)) return null;
  const of = (column: NumberColumn, some: Int32Array) => float64From(some, (row) => column.values[row] ?? 0);
  const isAlike = areAlike(of(small, rows), of(large, kept)) && areAlike(of(large, rows), of(small, kept)) && areAlike(reversed, own);
  if (!isAlike) return null;
  return { small, large, compared: kept.length + rows.length, rows, margin: own[0] ?? 0, reversed: reversed[0] ?? 0, p };
}

/** Chance of the gap between the last row that keeps the order and the first that does not, in how far they are from the middle of the differences. */
function gapP(own: Float64Array, reversed: Float64Array): number {
  const middle = quantileOfSorted(own, 0.5);
  // Ascending: what is farthest from the middle comes last, the rows that are reversed after all others.
  const below = own.findIndex((one) => one >= middle);
  const side = new Float64Array(below + reversed.length);
  for (let i = 0; i < below; i++) side[i] = middle - (own[below - 1 - i] as number);
  for (let i = 0; i < reversed.length; i++) side[below + i] = middle + (reversed[i] as number);
  return gapAbove(side, middle - (own[0] ?? 0))?.p ?? 1;
}

/** By the mean of their ranks. */
function areAlike(some: Float64Array, others: Float64Array): boolean {
  const truth = Uint8Array.from({ length: some.length + others.length }, (_, i) => Number(i < some.length));
  const above = auc(truth, Float64Array.from([...some, ...others]));
  if (some.length <= FEW) return 2 * uniformSumCdf(some.length * Math.min(above, 1 - above), some.length) > ALIKE;
  return normalTwoSidedP(zOfAuc(above, some.length, others.length)) > ALIKE;
}
