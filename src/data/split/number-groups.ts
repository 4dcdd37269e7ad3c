import { float64From, int32From, int32Where } from "../../core/typed-from.ts";
import { comingBack, mean, oneWayIcc, ranks, variance } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { factsOf } from "../columns/column-facts.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { equalFeatures } from "../columns/equal-features.ts";
import { numberFeatures } from "../columns/features.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { isCalledTime, unixTimesOf } from "../meaning/unix-times.ts";
import { areCounts, areRound } from "../roles/key-likeness.ts";
import { zThreshold } from "../signal/associations.ts";
import { type GroupKey, groupKeys, keyOf } from "./group-keys.ts";
import { COUNTS, likenessOf } from "./likeness.ts";

/** Different values: a quantity with fewer may go up and down from one to the next; and those that each row has on average at least. */
const [LEAST_VALUES, ROWS_EACH] = [50, 2];
/** Rows on each side of a value that say what a quantity would lead to expect there. */
const BESIDE = 20;
/** Of what rows of one value have in common, at least so much is not what the rows on both sides of it lead to expect. */
const OF_ITS_OWN = 0.5;
const LEAST_ROWS = 100;
/** Of what is the values' own, at least so much comes back some steps further on: a pattern along a quantity (weekdays, ends of prices, odd and even). */
const COMES_BACK = 0.5;

/**
 * Whole numbers that come back and of which each has much of the target for itself: no quantity, whose next values say nearly as much, but what stands for one thing (the rating of a seller, the inhabitants of a
 * town). Rows that are equal in all features count once. Amounts with decimals and round ones heap at the prices and answers that people choose, which say something of their own.
 */
export function numbersOfThings(context: AuditContext): readonly GroupKey[] {
  const known = new Set(groupKeys(context).map(({ column }) => column));
  const { rows } = context.frame;
  let own: Int32Array | null = null;
  return numberFeatures(context).flatMap((column) => {
    const { present, distinct, integer } = factsOf(column, rows);
    if (known.has(column.name) || distinct < LEAST_VALUES || ROWS_EACH * distinct > present || present < 0.5 * rows) return [];
    if (!integer || column.type !== "number" || !mayBeAlike(context, column)) return [];
    if (areRound(column.values) || areCounts(column.values)) return [];
    if (meaningOf(column.name).time || isCalledTime(column.name) || unixTimesOf(column) !== null) return [];
    const key = keyOf(column, rows, "numbers", null);
    const plain = likenessOf(context, key);
    if (plain === null || plain.low < COUNTS || key.largest > 0.5 * rows) return [];
    own ??= firstOfEqual(context);
    return ofItsOwn(context, column, own) >= OF_ITS_OWN * plain.icc ? [key] : [];
  });
}

/** Rows that are looked at first, pairs of them that tell, and what rows of one value have in common there at least: half of what is asked of all. */
const [FIRST_ROWS, LEAST_PAIRS, FIRST_ICC] = [4_000, 500, 0.12];

/** Of thousands of columns nearly all are done with after a few rows. */
function mayBeAlike(context: AuditContext, { values }: NumberColumn): boolean {
  const { target } = context;
  const step = Math.max(1, target.length / FIRST_ROWS);
  const some = Int32Array.from({ length: Math.min(FIRST_ROWS, target.length) }, (_, i) => Math.floor(i * step));
  const places = new Map<number, number>();
  let pairs = 0;
  const codes = int32From(some, (row) => {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value) || Number.isNaN(target[row])) return -1;
    const known = places.get(value);
    pairs += Number(known !== undefined);
    if (known === undefined) places.set(value, places.size);
    return known ?? places.size - 1;
  });
  if (pairs < LEAST_PAIRS) return true;
  const found = likenessOf({ task: context.task, target: float64From(some, (row) => target[row] ?? Number.NaN) }, { codes });
  return found !== null && found.icc >= FIRST_ICC;
}

/** Labelled rows, each once that is equal to others in all features. */
function firstOfEqual(context: AuditContext): Int32Array {
  const { group, sizes } = equalFeatures(context);
  const seen = new Uint8Array(sizes.length);
  return int32Where(Int32Array.from(context.target.keys()), (row) => {
    const at = group[row] ?? 0;
    if (seen[at] === 1 || Number.isNaN(context.target[row])) return false;
    seen[at] = 1;
    return true;
  });
}

/** Share of the variance of the target (of its ranks, or of the indicators of the classes together) that is the value's own: what is left of it beside the mean of the rows below and above. */
function ofItsOwn(context: AuditContext, column: NumberColumn, labelled: Int32Array): number {
  const { task, target } = context;
  const { values } = column;
  const spikes = spikesOf(context, column);
  const rows = int32Where(labelled, (row) => Number.isFinite(values[row]) && !spikes.has(values[row] ?? 0)).sort(
    (a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b,
  );
  if (rows.length < LEAST_ROWS) return 0;
  const labels = float64From(rows, (row) => target[row] ?? 0);
  const sides =
    task.kind === "regression" ? [ranks(labels)] : [...new Set(labels)].map((one) => labels.map((label) => Number(label === one)));
  const groups = int32From(rows, () => 0);
  for (let place = 1; place < rows.length; place++)
    groups[place] = (groups[place - 1] ?? 0) + Number(values[rows[place] ?? 0] !== values[rows[place - 1] ?? 0]);
  const left = sides.map((side) => besideNeighbours(side, groups));
  const found = oneWayIcc(left, groups, false, 0.9);
  const spread = (some: readonly Float64Array[]) => some.reduce((sum, one) => sum + variance(one), 0);
  if (found === null || found.low < COUNTS) return 0;
  const numbers = float64From(rows, (row) => values[row] ?? 0);
  return isPattern(numbers, groups, left, found.icc * spread(left)) ? 0 : (found.icc * spread(left)) / spread(sides);
}

/** Whether what the values have for themselves is what those some steps further on have. numbers ascend; own: variance that is the values' own. */
function isPattern(numbers: Float64Array, groups: Int32Array, left: readonly Float64Array[], own: number): boolean {
  const first = int32Where(Int32Array.from(groups.keys()), (place) => place === 0 || groups[place] !== groups[place - 1]);
  const means = left.map((side) => float64From(first, (from, i) => mean(side.subarray(from, first[i + 1] ?? side.length))));
  const found = comingBack(
    float64From(first, (place) => numbers[place] ?? 0),
    means,
    1,
  );
  return found !== null && found.z > zThreshold(LOOKS) && found.covariance >= COMES_BACK * own;
}

/** Distances that are looked at. */
const LOOKS = 100;

/** A value of more rows, and 0, is a kind of its own: those without a fee. */
const MOST_OF_ONE = 0.1;

function spikesOf(context: AuditContext, column: NumberColumn): ReadonlySet<number> {
  const { values, counts, present } = valueCounts(context, column);
  return new Set([0, ...values.filter((_, place) => (counts[place] ?? 0) > MOST_OF_ONE * present)]);
}

/** Each value less the mean of the rows beside its group, half of them below and half above where there are any. Groups ascend. */
function besideNeighbours(side: Float64Array, groups: Int32Array): Float64Array {
  const sums = new Float64Array(side.length + 1);
  side.forEach((value, place) => {
    sums[place + 1] = (sums[place] ?? 0) + value;
  });
  const mean = (from: number, to: number) => (to > from ? ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from) : null);
  const left = new Float64Array(side.length);
  for (let from = 0; from < side.length; ) {
    let to = from + 1;
    while (to < side.length && groups[to] === groups[from]) to++;
    const [below, above] = [mean(Math.max(0, from - BESIDE), from), mean(to, Math.min(side.length, to + BESIDE))];
    const expected = below === null ? (above ?? 0) : above === null ? below : (below + above) / 2;
    for (let place = from; place < to; place++) left[place] = (side[place] ?? 0) - expected;
    from = to;
  }
  return left;
}
