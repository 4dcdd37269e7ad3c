import { float64From } from "../../core/typed-from.ts";
import { binomialUpperTail, gapAbove, pearson, quantileOfSorted } from "../../stats/index.ts";
import { type NumberColumn, rowQuantile, type ValueCounts } from "../columns/counts.ts";
import { finestFirst } from "../columns/finest-first.ts";
import { halfDecimal } from "../columns/written-decimals.ts";
import { nameWords } from "../meaning/name-words.ts";

/** A column that is at most another in nearly all rows, as a part is of its whole, and farther above it in the few others than a tail would reach. */
export interface BrokenInequality {
  readonly part: NumberColumn;
  readonly whole: NumberColumn;
  /** Rows in which both are present, and those in which the part is larger. */
  readonly compared: number;
  readonly broken: number;
  /** Share of rows that would break it if the two had nothing to do with each other. */
  readonly byChance: number;
  /** That the tail of the other rows reaches so far, times the pairs and places looked at; of small counts, that so few rows break it by chance, times the pairs. */
  readonly p: number;
  readonly byTail: boolean;
}

const MOST_COLUMNS = 60;
const LEAST_ROWS = 300;
/** Steps of a scale have no tail; small counts of one thing, by their names, need none. */
const [LEAST_VALUES, LEAST_COUNTS] = [20, 4];
/** Of more rows it is no mistake: the columns have another meaning. */
export const MOST_BROKEN = 0.02;
const LEAST_BY_CHANCE = 0.02;
/** Rows in which the part is truly smaller: a copy with a few changes has no order. */
const LEAST_BELOW = 0.5;
/** Of tables without such a pair. */
const CHANCE = 0.001;
const PLACES = 10;

/**
 * Pairs of numbers that are not negative and have equally many decimals, or of dates. That one is smaller in 98 % of the rows, and would not be by chance (binomial over all pairs),
 * is so of a part and its whole and of any two that go together: of those a tail leaves a few rows on the other side. It thins out at least as fast as an exponential one
 * (log-concave), so that of N rows nearer than t to the bound or beyond it, of which k are beyond, some k^2 / N are farther than t beyond: more say that they are mistakes. For
 * differences and for differences of logarithms, whose tails are short where those of numbers are long. Where neighbouring rows are alike, as those of an hour or of a thing are, those
 * beyond that lie together count as one, and the others as so many fewer. Small counts (a scale without a tail) are looked at only where their names are akin.
 * Two amounts that merely go together (visitors of two places, two colours of a leaf) have tails heavier than that: theirs must be beyond a gap at the bound that no Pareto tail has, too.
 */
export function brokenInequalities(
  columns: readonly NumberColumn[],
  isKnown: (a: NumberColumn, b: NumberColumn) => boolean,
  countsOf: (column: NumberColumn) => ValueCounts,
  areKin: (a: NumberColumn, b: NumberColumn) => boolean = () => false,
): readonly BrokenInequality[] {
  const finest = finestFirst(columns, (column) => countsOf(column).values.length);
  const kinds = finest.flatMap((column) => kindOf(column, countsOf) ?? []).slice(0, MOST_COLUMNS);
  const pairs = kinds.flatMap((part) =>
    kinds
      .filter((whole) => whole !== part && whole.half === part.half && whole.column.type === part.column.type)
      .filter((whole) => (part.hasTail && whole.hasTail) || areKin(part.column, whole.column))
      .map((whole) => ({ part, whole })),
  );
  const ordered = pairs.flatMap(({ part, whole }) =>
    isKnown(part.column, whole.column) ? [] : (orderOf(part, whole, pairs.length) ?? []),
  );
  return ordered.flatMap(({ part, whole, below, beyond, ...rest }): readonly BrokenInequality[] => {
    const found = { part: part.column, whole: whole.column, ...rest, broken: beyond.length };
    if (beyond.length === 0) return [];
    // Nobody returns more of a thing than was ordered: the names say so, and all other rows.
    if (!part.hasTail || !whole.hasTail) return reachesIt(part, whole) ? [{ ...found, byTail: false }] : [];
    // Years have no tail either: what was renovated before it was built is wrong, and no less so where more are.
    if (areYears(part, whole)) return [{ ...found, byTail: false }];
    if (part.column.type !== "date" && ordered.length * gapP(part, whole) >= GAP) return [];
    const unit = 2 * part.half;
    const apart = (row: number) => Math.abs((whole.column.values[row] ?? 0) - (part.column.values[row] ?? 0));
    const apartInLogs = (row: number) =>
      Math.abs(Math.log((whole.column.values[row] ?? 0) + unit) - Math.log((part.column.values[row] ?? 0) + unit));
    const { once, width } = onceEach(beyond, areNeighboursAlike(below, apart));
    const reachBy = (distance: (row: number) => number) => reachP(thinned(below.map(distance), width), once(distance));
    const reach = reachBy(apart);
    // Logarithms of a time mean nothing.
    const inLogs = part.column.type === "date" ? reach : reachBy(apartInLogs);
    const p = ordered.length * Math.max(reach, inLogs);
    return p < CHANCE ? [{ ...found, p, byTail: true }] : [];
  });
}

/** Between these lie the years of a calendar that tables hold. */
const YEARS = [1500, 2150] as const;
const YEAR_NAME = /(^|[^\p{L}])(year|yr|annee|ano|anno|rok|ar|aar|ev|vuosi|tahun|yil|an)([^\p{L}]|$)|(jahr|jaar|year|ar|vuosi)$/u;

/** Whole years of a calendar by their values, of which one says so by its name. */
function areYears(part: Kind, whole: Kind): boolean {
  const both = [part, whole];
  const isYear = ({ counts: { values }, half }: Kind) =>
    half === 0.5 && (values[0] ?? 0) >= YEARS[0] && (values.at(-1) ?? Number.POSITIVE_INFINITY) <= YEARS[1];
  return both.every(isYear) && both.some(({ column }) => YEAR_NAME.test(nameWords(column.name).join(" ")));
}

/** What is counted in the same unit as its whole reaches at least where the middle of the whole is. */
function reachesIt({ counts: { values } }: Kind, { counts }: Kind): boolean {
  return (values.at(-1) ?? 0) >= rowQuantile(counts, 0, counts.values.length, 0.5);
}

/** Share of tables of which a gap is told, if tails are Pareto's. */
const GAP = 0.02;

/**
 * Chance of the gap between the bound and the rows that break the order, in how far the part is above the middle of what is left of the whole. Other gaps are nothing to it. Rows in
 * which both are the same, as of two that are nothing at once, lie on the bound and say nothing of a tail.
 */
function gapP(part: Kind, whole: Kind): number {
  const over = float64From(part.column.values, (value, row) => value - (whole.column.values[row] ?? Number.NaN))
    .filter((one) => !Number.isNaN(one) && one !== 0)
    .sort();
  const middle = quantileOfSorted(over, 0.5);
  const side = over.filter((one) => one > middle).map((one) => one - middle);
  return gapAbove(side, -middle)?.p ?? 1;
}

/** Correlation of the differences of neighbouring rows from which a run of rows is one event. */
const ALIKE = 0.5;

/** Whether the rows that keep the order differ by nearly as much as the next one does: then those that break it come in runs by themselves. */
function areNeighboursAlike(rows: Float64Array, apart: (row: number) => number): boolean {
  const first = rows.filter((row, i) => rows[i + 1] === row + 1);
  return (
    first.length >= LEAST_ROWS &&
    pearson(
      first.map(apart),
      first.map((row) => apart(row + 1)),
    ) >= ALIKE
  );
}

/** The middle row of each run of neighbouring rows, or each row; and how many rows stand for one. */
function onceEach(rows: Float64Array, inRuns: boolean) {
  const runs: number[][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    if (inRuns && run !== undefined && row - (run.at(-1) ?? row) === 1) run.push(row);
    else runs.push([row]);
  }
  const once = (distance: (row: number) => number) => Float64Array.from(runs, (run) => distance(run[run.length >> 1] ?? 0));
  return { once, width: rows.length / runs.length };
}

/** Every so many-th of the ascending distances. */
function thinned(distances: Float64Array, width: number): Float64Array {
  const sorted = distances.toSorted();
  return Float64Array.from({ length: Math.floor(sorted.length / width) }, (_, i) => sorted[Math.floor(i * width)] ?? 0);
}

interface Kind {
  readonly column: NumberColumn;
  /** Half of the last written decimal; 0 of dates. */
  readonly half: number;
  readonly counts: ValueCounts;
  /** Enough different values for it. */
  readonly hasTail: boolean;
}

function kindOf(column: NumberColumn, countsOf: (column: NumberColumn) => ValueCounts): Kind | null {
  const counts = countsOf(column);
  const { values, present } = counts;
  const isDate = column.type === "date";
  if (present < LEAST_ROWS || values.length < LEAST_COUNTS || (!isDate && (values[0] ?? -1) < 0)) return null;
  return { column, half: isDate ? 0 : halfDecimal(values), counts, hasTail: values.length >= LEAST_VALUES };
}

function orderOf(part: Kind, whole: Kind, pairs: number) {
  const [a, b] = [part.column.values, whole.column.values];
  const most = MOST_BROKEN * a.length;
  const [below, beyond]: [number[], number[]] = [[], []];
  let compared = 0;
  for (let row = 0; row < a.length && beyond.length <= most; row++) {
    const [small, large] = [a[row] ?? Number.NaN, b[row] ?? Number.NaN];
    if (Number.isNaN(small) || Number.isNaN(large)) continue;
    compared++;
    if (small > large) beyond.push(row);
    else if (small < large) below.push(row);
  }
  if (compared < LEAST_ROWS || beyond.length > MOST_BROKEN * compared || below.length < LEAST_BELOW * compared) return null;
  const byChance = shareAbove(part.counts, whole.counts);
  const p = binomialUpperTail(compared - beyond.length, compared, 1 - byChance) * pairs;
  if (byChance < LEAST_BY_CHANCE || p >= CHANCE) return null;
  return { part, whole, compared, byChance, p, below: Float64Array.from(below), beyond: Float64Array.from(beyond) };
}

/** How often a number of the first is larger than one of the second, of any two rows. */
function shareAbove(first: ValueCounts, second: ValueCounts): number {
  let [place, sum] = [0, 0];
  for (let i = 0; i < first.values.length; i++) {
    while (place < second.values.length && (second.values[place] ?? 0) < (first.values[i] ?? 0)) place++;
    sum += (first.counts[i] ?? 0) * (place === 0 ? 0 : (second.upTo[place - 1] ?? 0));
  }
  return sum / (first.present * second.present);
}

/** Chance that as many are so far beyond the bound, at the best of ten places, times these. below, beyond: distances from the bound. */
function reachP(below: Float64Array, beyond: Float64Array): number {
  const [near, far] = [below.toSorted(), beyond.toSorted()];
  const places = Math.min(PLACES, far.length);
  let [least, counted] = [1, 0];
  for (let i = 0; i < places; i++) {
    const t = far[Math.floor((i * far.length) / places)] ?? 0;
    while (counted < near.length && (near[counted] ?? 0) < t) counted++;
    const rows = counted + far.length;
    const reached = far.reduce((sum, one) => sum + Number(one >= t), 0);
    // One more beyond than were seen: few are no sure count.
    least = Math.min(least, binomialUpperTail(reached, rows, Math.min(1, ((far.length + 1) / rows) ** 2)));
  }
  return least * places;
}
