import { type Column, columnOf } from "../../core/column.ts";
import { createRandom } from "../../core/random.ts";
import { functionalDependence, sortedness } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { associationsOf, viewOf, zThreshold } from "./associations.ts";

/** From here on a column counts as a function of another one: exactly one, with about one wrong row in fifty. Two normal values reach it at a correlation of 0.9987. */
const IS_FUNCTION = 0.95;

/** How well a function must follow the order of the finer column: one that starts anew, as the amount in "amount plus penalty" does, is another thing in it. */
const FOLLOWS = 0.95;

/** Rows in which both are present, of those in which the coarser one is: what it says elsewhere is its own. */
const LEAST_SHARED = 0.9;

const MOST_ROWS = 5_000;
const LEAST_ROWS = 50;

/** A column with more different values for its rows is ordered by its values; one of names is as good as a key. */
const ROWS_PER_LEVEL = 20;

/**
 * Features that tell of the target what this one tells and nothing more: coarser levels ("B" of "B1" to "B5"), bins, the same order in other units. Each is a function of the column that
 * follows its order: levels by the mean of the target, numbers of many values by size. A part of a code that has nothing to do with the target (the town in "town-outcome") comes back in that
 * order and is none. What tells nothing of the target beyond chance is left out. Once per column and audit; in the order of the features.
 */
export function coarserCopies(context: AuditContext, name: string): readonly string[] {
  return context.shared(`coarser copies of ${name}`, () => {
    const limit = zThreshold(context.roles.features.length);
    const told = context.roles.features.filter((other) => other !== name && (associationsOf(context).get(other)?.z ?? 0) > limit);
    const finer = told.length === 0 ? null : orderOf(context, columnOf(context.frame, name));
    return finer === null ? [] : told.filter((other) => isCoarser(columnOf(context.frame, other), finer, looked(context)));
  });
}

/** Each value of the one goes with one of the other, in all rows that have both; of amounts the order is the same too. Copies in nearly all rows are no coarser ones. */
export function givesExactly({ frame }: AuditContext, name: string, other: string): boolean {
  const [finer, coarse] = [columnOf(frame, name), columnOf(frame, other)];
  const of = new Map<number, number>();
  for (let row = 0; row < frame.rows; row++) {
    const [value, own] = [valueAt(finer, row), valueAt(coarse, row)];
    if (Number.isNaN(value) || Number.isNaN(own)) continue;
    if ((of.get(value) ?? own) !== own) return false;
    of.set(value, own);
  }
  if (!("values" in finer && "values" in coarse) || of.size * ROWS_PER_LEVEL <= frame.rows) return true;
  const inOrder = [...of].sort(([a], [b]) => a - b).map(([, own]) => own);
  return [1, -1].some((sign) => inOrder.every((own, i) => i === 0 || sign * (own - (inOrder[i - 1] ?? own)) >= 0));
}

/** Rows in the order of a column. */
interface Order {
  readonly rows: readonly number[];
  /** Place of the level for each of the rows; null where there are many different values. */
  readonly levels: readonly number[] | null;
}

function orderOf(context: AuditContext, column: Column): Order | null {
  const rows = Array.from(looked(context)).filter((row) => !Number.isNaN(valueAt(column, row)));
  const distinct = new Set(rows.map((row) => valueAt(column, row)));
  if (rows.length < LEAST_ROWS) return null;
  const isFew = distinct.size * ROWS_PER_LEVEL <= rows.length;
  if (!isFew && !("values" in column)) return null;
  const place = isFew ? placesByTarget(context, column, [...distinct]) : (value: number) => value;
  // The sort is stable: equal rows keep the order that was drawn.
  const ordered = rows.toSorted((a, b) => place(valueAt(column, a)) - place(valueAt(column, b)));
  return { rows: ordered, levels: isFew ? ordered.map((row) => place(valueAt(column, row))) : null };
}

/** Labelled rows, spread evenly, in an order drawn by chance. */
function looked(context: AuditContext): Int32Array {
  return context.shared("rows looked at for coarser copies", () => {
    const { rows } = viewOf(context);
    const step = Math.max(1, rows.length / MOST_ROWS);
    const drawn = Int32Array.from({ length: Math.floor(rows.length / step) }, (_, i) => rows[Math.floor(i * step)] ?? 0);
    return createRandom(context.seed, "coarser copies").shuffle(drawn);
  });
}

/** Place of each value by the mean of the target; of several classes by the most frequent one, then by its share. */
function placesByTarget(context: AuditContext, column: Column, levels: readonly number[]): (value: number) => number {
  const { rows, values, kind, classes } = viewOf(context);
  const width = kind === "multiclass" ? classes : 1;
  const sums = new Map(levels.map((level) => [level, new Float64Array(width + 1)]));
  rows.forEach((row, i) => {
    const own = sums.get(valueAt(column, row));
    if (own === undefined) return;
    const cell = kind === "multiclass" ? (values[i] ?? 0) : 0;
    own[cell] = (own[cell] ?? 0) + (kind === "multiclass" ? 1 : (values[i] ?? 0));
    own[width] = (own[width] ?? 0) + 1;
  });
  const keyOf = (level: number): number => {
    const own = sums.get(level) ?? new Float64Array(width + 1);
    const share = (cell: number) => (own[cell] ?? 0) / Math.max(1, own[width] ?? 0);
    if (width === 1) return share(0);
    const most = Array.from({ length: width }, (_, cell) => cell).reduce((top, cell) => (share(cell) > share(top) ? cell : top), 0);
    return 2 * most + share(most);
  };
  const order = levels.toSorted((a, b) => keyOf(a) - keyOf(b) || a - b);
  const places = new Map(order.map((level, place) => [level, place]));
  return (value) => places.get(value) ?? Number.NaN;
}

function isCoarser(column: Column, { rows, levels }: Order, all: Int32Array): boolean {
  const shared = Array.from(rows.keys()).filter((i) => !Number.isNaN(valueAt(column, rows[i] ?? 0)));
  const present = all.reduce((count, row) => count + Number(!Number.isNaN(valueAt(column, row))), 0);
  if (shared.length < LEAST_ROWS || shared.length < LEAST_SHARED * present) return false;
  const values = shared.map((i) => valueAt(column, rows[i] ?? 0));
  if (!(functionalDependence(values, "values" in column) >= IS_FUNCTION)) return false;
  const places = levels === null ? shared : shared.map((i) => levels[i] ?? 0);
  const numbers = "values" in column ? values : meansPer(values, places).perRow;
  return Math.abs(sortedness(levels === null ? numbers : meansPer(places, numbers).inOrder)) >= FOLLOWS;
}

/** Mean of the numbers of equal keys: for each row, and once per key, the smallest first. */
function meansPer(keys: readonly number[], numbers: readonly number[]): { readonly perRow: number[]; readonly inOrder: number[] } {
  const sums = new Map<number, [number, number]>();
  keys.forEach((key, i) => {
    const [sum, count] = sums.get(key) ?? [0, 0];
    sums.set(key, [sum + (numbers[i] ?? 0), count + 1]);
  });
  const meanOf = (key: number) => {
    const [sum, count] = sums.get(key) ?? [0, 1];
    return sum / count;
  };
  return { perRow: keys.map(meanOf), inOrder: [...sums.keys()].sort((a, b) => a - b).map(meanOf) };
}
