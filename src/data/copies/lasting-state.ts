import type { Column } from "../../core/column.ts";
import { float64From, int32Where } from "../../core/typed-from.ts";
import { autocorrelation, ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { firstOfEach } from "../columns/equal-features.ts";
import { groupsOf, rowHash } from "../columns/row-hash.ts";
import { continuousFeatures } from "./continuous-cloud.ts";
import { isKeyByName } from "./rank-space.ts";

/** One number may stay the same by habit: a price, an age. */
const LEAST_COLUMNS = 2;
/** Neighbours resemble each other: beyond the chance of 1 in 740 for each order. */
const LASTS = 3;

/**
 * Rows that are equal but for their time may be one state that lasts: of a machine that stands, of a thing that is seen again and again. Then what is measured lasts in the different rows as well, from one to the next in
 * time, or to the next of the same thing. Where no number of many values does, equal rows are no such state. columns: those in which rows are equal.
 */
export function cannotLast(context: AuditContext, columns: readonly Column[], time: Column): boolean {
  const names = new Set(columns.map(({ name }) => name));
  const measured = continuousFeatures(context, 0).filter(({ name }) => names.has(name));
  if (measured.length < LEAST_COLUMNS || !("values" in time)) return false;
  const different = firstOfEach(groupsOf(rowHash(columns, context.frame.rows)));
  const order = int32Where(different, (row) => Number.isFinite(time.values[row])).sort(
    (a, b) => (time.values[a] as number) - (time.values[b] as number),
  );
  const things = columns.filter((column) => column.name === context.roles.group || isKeyByName(column));
  const orders = [order, ...things.map((thing) => order.toSorted((a, b) => valueAt(thing, a) - valueAt(thing, b)))];
  return orders.every((one) => measured.every((column) => !lastsAlong(column, one)));
}

function lastsAlong({ values }: NumberColumn, order: Int32Array): boolean {
  const present = int32Where(order, (row) => Number.isFinite(values[row]));
  return autocorrelation(ranks(float64From(present, (row) => values[row] as number))).z >= LASTS;
}
