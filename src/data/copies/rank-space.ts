import type { Column } from "../../core/column.ts";
import { createRandom } from "../../core/random.ts";
import { placesUpTo } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { levelCounts } from "../columns/counts.ts";
import { equalFeatures, firstOfEach } from "../columns/equal-features.ts";
import { infoOf } from "../columns/features.ts";
import { groupsOf, rowHash } from "../columns/row-hash.ts";
import { valueOrder } from "../columns/value-order.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { featuresBesideKeys, hidingKeys } from "./hiding-keys.ts";
import type { Space } from "./nearest-points.ts";

/** Different rows over columns of any kind, told apart by how many rows lie between their values. */
export interface RankSpace extends Space {
  readonly columns: readonly string[];
  /** Frame row of each point: of equal rows the first. */
  readonly places: Int32Array;
}

/** In fewer columns strangers come as near as copies. */
export const LEAST_RANKED = 5;
const MOST_COLUMNS = 20;
const MOST_GAPS = 0.6;
/** Names of fewer rows each are of things: what rows of one thing have in common makes them no copies. */
const ROWS_PER_NAME = 10;
/** What is so near in a column is as near as can be: else one column in which two strangers are equal would weigh more than all others. */
const AS_NEAR = 0.005;
const LOOKED = 1000;
/** More are drawn from: of copies of a tenth of the rows thousands are left. */
const MOST_ROWS = 10_000;
/** Share of strangers that may be nearer in the other columns than a near copy is. */
const MOST_NEARER = 0.25;
const DRAWN = 200;
const LEAST_OTHERS = 2;
/** Beyond the length of all rows. */
const FAR = 2;

/** Different rows, or some of them drawn by chance, over the columns that tell the most of a row. null: fewer than `least` of them. */
export function rankSpace(context: AuditContext, least: number): RankSpace | null {
  const columns = tellingColumns(context);
  return columns.length < least ? null : spaceOf(context, columns.slice(0, MOST_COLUMNS), differentRows(context));
}

/**
 * In each column two rows are as near as few rows lie from the one value to the other, both included: of equal names the share of the name, of different names all rows. The distance is the logarithm of the
 * product over the columns, each at least AS_NEAR: how surprising it is that two rows agree so well, were the columns independent.
 */
function spaceOf(context: AuditContext, columns: readonly Column[], places: Int32Array): RankSpace {
  const width = 2 * columns.length;
  const values = new Float64Array(places.length * width);
  const halvedBy = columns.map((column, c) => {
    const { from, to } = spansOf(context, column);
    return placeSpans(from, to, places, values, width, 2 * c);
  });
  const [names, rows] = [columns.map(({ name }) => name), places.length];
  return { columns: names, places, rows, width, values, halvedBy, measure: { kind: "products", least: AS_NEAR }, distance: Math.log };
}

function placeSpans(
  from: Float64Array,
  to: Float64Array,
  places: Int32Array,
  values: Float64Array,
  width: number,
  first: number,
): Float64Array {
  const begins = new Float64Array(places.length);
  for (let point = 0; point < places.length; point++) {
    const row = places[point] as number;
    const begin = from[row] as number;
    begins[point] = begin;
    values[point * width + first] = begin;
    values[point * width + first + 1] = to[row] as number;
  }
  return begins;
}

/** Whether two rows are as near in the other columns as few are to the first of them. Fewer than two others tell nothing: a day of entry differs among copies too. */
export function nearInOthers(context: AuditContext, columns: readonly string[]): (row: number, other: number) => boolean {
  const others = tellingColumns(context)
    .filter(({ name }) => !columns.includes(name))
    .slice(0, MOST_COLUMNS);
  if (others.length < LEAST_OTHERS) return () => true;
  const { rows } = context.frame;
  const { values, width } = spaceOf(context, others, placesUpTo(rows));
  const random = createRandom(context.seed, "near in others");
  const drawn = Array.from({ length: DRAWN }, () => random.integer(rows));
  const apart = (a: number, b: number) => productApart(values, width, a, b);
  return (row, other) => {
    const own = apart(row, other);
    return drawn.filter((stranger) => apart(row, stranger) < own).length <= MOST_NEARER * DRAWN;
  };
}

function differentRows(context: AuditContext): Int32Array {
  // Rows that differ in a key alone are copies that hidden-duplicate tells.
  const hasKeys = hidingKeys(context).length > 0;
  const equal = hasKeys ? groupsOf(rowHash(featuresBesideKeys(context), context.frame.rows)) : equalFeatures(context);
  const different = firstOfEach(equal);
  return different.length <= MOST_ROWS
    ? different
    : createRandom(context.seed, "different rows").shuffle(different).slice(0, MOST_ROWS).sort();
}

/** Rows of one thing are near by its number and need be no copies. */
export function isKeyByName({ name }: Column): boolean {
  const { keyOf, entity } = meaningOf(name);
  return keyOf !== null || entity;
}

function tellingColumns(context: AuditContext): readonly Column[] {
  const { rows } = context.dataset;
  const step = Math.max(1, Math.floor(context.frame.rows / LOOKED));
  return featuresBesideKeys(context)
    .map((column) => ({ column, info: infoOf(context, column.name) }))
    .filter(({ column, info }) => {
      const most = "values" in column ? rows : rows / ROWS_PER_NAME;
      return !isKeyByName(column) && info.distinct > 1 && info.distinct <= most && info.missing <= MOST_GAPS * rows;
    })
    .map(({ column }) => ({ column, alike: Math.max(AS_NEAR, equalPairs(column, context.frame.rows, step)) }))
    .sort((a, b) => a.alike - b.alike || (a.column.name < b.column.name ? -1 : 1))
    .map(({ column }) => column);
}

/** Share of the pairs of rows that agree, of every step-th row. */
function equalPairs(column: Column, rows: number, step: number): number {
  const counts = new Map<number, number>();
  for (let row = 0; row < rows; row += step) counts.set(valueAt(column, row), (counts.get(valueAt(column, row)) ?? 0) + 1);
  const looked = Math.ceil(rows / step);
  return [...counts.values()].reduce((sum, count) => sum + count * (count - 1), 0) / Math.max(1, looked * (looked - 1));
}

/** Shares of the rows below each value, and up to it. Names, and no value, lie farther from all others than these from each other. */
function spansOf(context: AuditContext, column: Column): { readonly from: Float64Array; readonly to: Float64Array } {
  const { rows } = context.frame;
  const [from, to] = [new Float64Array(rows), new Float64Array(rows)];
  const order = "values" in column ? valueOrder(context, column) : null;
  const counts = "codes" in column ? levelCounts(context, column) : null;
  const present = order?.length ?? counts?.reduce((sum, count) => sum + count, 0) ?? 0;
  from.fill(FAR);
  to.fill(FAR + (rows - present) / rows);
  if ("values" in column && order !== null) spansOfNumbers(column.values, order, from, to);
  else if ("codes" in column && counts !== null) spansOfLevels(column.codes, counts, from, to);
  return { from, to };
}

function spansOfNumbers(values: Float64Array, order: Int32Array, from: Float64Array, to: Float64Array): void {
  const rows = from.length;
  for (let start = 0, end = 0; start < order.length; start = end) {
    const value = values[order[start] as number];
    while (end < order.length && values[order[end] as number] === value) end++;
    for (let place = start; place < end; place++) {
      from[order[place] as number] = start / rows;
      to[order[place] as number] = end / rows;
    }
  }
}

function spansOfLevels(codes: Int32Array, counts: Int32Array, from: Float64Array, to: Float64Array): void {
  const rows = from.length;
  for (let row = 0; row < rows; row++) {
    const code = codes[row] as number;
    if (code < 0) continue;
    from[row] = FAR * (code + 2);
    to[row] = FAR * (code + 2) + (counts[code] as number) / rows;
  }
}

/** The measure of these spaces, of two points. */
function productApart(values: Float64Array, width: number, a: number, b: number): number {
  const [x, y] = [a * width, b * width];
  let product = 1;
  for (let k = 0; k < width; k += 2) {
    const [fromX, fromY] = [values[x + k] as number, values[y + k] as number];
    const [toX, toY] = [values[x + k + 1] as number, values[y + k + 1] as number];
    const share = (toX > toY ? toX : toY) - (fromX < fromY ? fromX : fromY);
    if (share > AS_NEAR) product *= (share < 1 ? share : 1) / AS_NEAR;
  }
  return product;
}
