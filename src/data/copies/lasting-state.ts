import { type Column, isMissing } from "../../core/column.ts";
import { float64From, int32Where } from "../../core/typed-from.ts";
import { autocorrelation, quantile, ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { firstOfEach } from "../columns/equal-features.ts";
import { infoOf } from "../columns/features.ts";
import { groupsOf, rowHash } from "../columns/row-hash.ts";
import { continuousFeatures } from "./continuous-cloud.ts";
import { isKeyByName } from "./rank-space.ts";

/** One number may stay the same by habit: a price, an age. */
const LEAST_COLUMNS = 2;
/** Neighbours resemble each other: beyond the chance of 1 in 740 for each order. */
const LASTS = 3;
/** Share of the rows that equal another which follow it at once. Of copies entered at any time few do, where a thing has so many rows. */
const [FOLLOW, ROWS_OF_ONE] = [0.5, 10];
/** Columns whose values may be things, those with most values first. */
const MOST_THINGS = 20;
/** What is entered twice comes sooner than the next state: in less than this part of the usual time. */
const SOONER = 0.5;

/**
 * Rows that are equal but for their time may be one state that lasts: of a machine that stands, of a thing that is seen again and again. Then what is measured lasts in the different rows as well, from one to the next in
 * time, or to the next of the same thing; or the equal rows themselves follow each other, as a setting does that is changed at times. Where nothing of the kind is so, equal rows are no such state. columns: those in which
 * rows are equal.
 */
export function cannotLast(context: AuditContext, columns: readonly Column[], time: Column): boolean {
  const names = new Set(columns.map(({ name }) => name));
  const measured = continuousFeatures(context, 0).filter(({ name }) => names.has(name));
  if (measured.length < LEAST_COLUMNS || !("values" in time)) return false;
  const equal = groupsOf(rowHash(columns, context.frame.rows));
  const order = byTime(firstOfEach(equal), time.values);
  const things = columns.filter((column) => column.name === context.roles.group || isKeyByName(column));
  const orders = [order, ...things.map((thing) => byThing(order, thing))];
  if (orders.some((one) => measured.some((column) => lastsAlong(column, one)))) return false;
  const all = byTime(Int32Array.from(equal.group.keys()), time.values);
  return ![null, ...mayBeThings(context, columns)].some((thing) => followAtOnce(all, time.values, equal.group, thing));
}

function byTime(rows: Int32Array, times: Float64Array): Int32Array {
  return int32Where(rows, (row) => Number.isFinite(times[row])).sort((a, b) => (times[a] as number) - (times[b] as number));
}

/** order: of time, which is kept within each thing. */
function byThing(order: Int32Array, thing: Column): Int32Array {
  return int32Where(order, (row) => !isMissing(thing, row)).sort((a, b) => valueAt(thing, a) - valueAt(thing, b));
}

function lastsAlong({ values }: NumberColumn, order: Int32Array): boolean {
  const present = int32Where(order, (row) => Number.isFinite(values[row]));
  return autocorrelation(ranks(float64From(present, (row) => values[row] as number))).z >= LASTS;
}

/** Of many rows each, whatever they are called: a plot, a cow. */
function mayBeThings(context: AuditContext, columns: readonly Column[]): readonly Column[] {
  return columns
    .map((column) => ({ column, distinct: infoOf(context, column.name).distinct }))
    .filter(({ distinct }) => distinct > 1 && distinct <= context.frame.rows / ROWS_OF_ONE)
    .sort((a, b) => b.distinct - a.distinct || (a.column.name < b.column.name ? -1 : 1))
    .slice(0, MOST_THINGS)
    .map(({ column }) => column);
}

/** Whether most rows that equal another one come next after it, of the same thing, and no sooner than different rows do. order: all rows by their time. thing: null = all rows are of one. */
function followAtOnce(order: Int32Array, times: Float64Array, group: Int32Array, thing: Column | null): boolean {
  const before = new Map<number, number>();
  const [seen, equal, different]: [Set<number>, number[], number[]] = [new Set(), [], []];
  for (const row of order) {
    seen.add(group[row] as number);
    const key = thing === null ? 0 : valueAt(thing, row);
    const last = before.get(key);
    before.set(key, row);
    if (last === undefined) continue;
    const gap = (times[row] as number) - (times[last] as number);
    (group[row] === group[last] ? equal : different).push(gap);
  }
  if (different.length === 0) return false;
  const least = SOONER * quantile(different, 0.5);
  const following = equal.filter((gap) => gap > 0 && gap >= least).length;
  return following > 0 && following >= FOLLOW * (order.length - seen.size);
}
