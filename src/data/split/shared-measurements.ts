import type { Column } from "../../core/column.ts";
import { float64From } from "../../core/typed-from.ts";
import { pearson, ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { meaningOf } from "../meaning/meaning.ts";

/** Columns, and rows from the first on, that are looked at. */
const MOST_COLUMNS = 60;
const MOST_ROWS = 20_000;
/** A measurement that has fewer different values comes back by chance; one with more rows each is a level of something. */
const LEAST_DISTINCT = 20;
/** Pairs of rows that share a value. */
const LEAST_PAIRS = 20;
const MOST_PAIRS = 400;
/** One pair among fifty may differ, as in a file that people filled in. */
const SAME = 0.98;
/** The same the other way round: what is computed of several measurements comes back only where all of them do, and each of them oftener. */
const SAME_BACK = 0.8;
/** Other measurements that are shared with it. */
const LEAST_SHARED = 2;
/** A measurement that rises or falls with another one is made of it. */
const IN_ORDER = 0.9;
/** Of rows of one thing something differs: else they are one row written twice. */
const MOVES = 0.9;
/** A name or a whole number with so many different values names the rows. */
const OF_EACH_ROW = 0.95;

/**
 * Measurements whose equal values go with equal values of two others that do not follow from each other by their order: the income, the poverty and the population of a town, in
 * the rows of its wards. What stands in several rows so is one thing, though no key names it. The first of each set. Once per audit.
 */
export function sharedMeasurements(context: AuditContext): readonly NumberColumn[] {
  return context.shared("shared measurements", () => {
    const measured = numberFeatures(context)
      .filter((column) => isMeasurement(context, column))
      .slice(0, MOST_COLUMNS);
    const found: NumberColumn[] = [];
    const told = new Set<NumberColumn>();
    for (const column of measured) {
      if (told.has(column)) continue;
      const shared = sharedWith(column, measured, context);
      if (shared.length < LEAST_SHARED) continue;
      found.push(column);
      for (const one of shared) told.add(one);
    }
    return found;
  });
}

function isMeasurement(context: AuditContext, { name }: NumberColumn): boolean {
  const { distinct, missing } = infoOf(context, name);
  const present = context.dataset.rows - missing;
  const { id, keyOf, time, entity } = meaningOf(name);
  return distinct >= LEAST_DISTINCT && distinct <= MOVES * present && !id && keyOf === null && !time && !entity;
}

function sharedWith(column: NumberColumn, measured: readonly NumberColumn[], context: AuditContext): readonly NumberColumn[] {
  const pairs = pairsOf(column);
  if (pairs.length < LEAST_PAIRS) return [];
  const others = context.frame.columns.filter(
    (other) => other !== column && other.name !== context.roles.target && !numbersRows(context, other),
  );
  const isShared = (other: NumberColumn) => agreement(other, pairs) >= SAME && agreement(column, pairsOf(other)) >= SAME_BACK;
  const same = measured.filter((other) => other !== column && isShared(other));
  if (same.length < LEAST_SHARED) return [];
  const moves =
    others.some((other) => "values" in other && agreement(other, pairs) < MOVES) ||
    others.some((other) => "codes" in other && differs(other.codes, pairs));
  if (!moves) return [];
  const firsts = [...new Set(pairs.map(([first]) => first))];
  // Each beside the column and those before it: what is made of one another has one order.
  const apart: NumberColumn[] = [];
  for (const one of same) if ([column, ...apart].every((other) => Math.abs(orderOf(one, other, firsts)) < IN_ORDER)) apart.push(one);
  return apart.length < LEAST_SHARED ? [] : same;
}

/** A key of the rows differs in copies of one row too. */
function numbersRows(context: AuditContext, { name }: Column): boolean {
  const { distinct, missing, type, integer } = infoOf(context, name);
  return context.roles.ids.includes(name) || ((type !== "number" || integer) && distinct >= OF_EACH_ROW * (context.dataset.rows - missing));
}

/** Each row with the next one that has the same value. */
function pairsOf({ values }: NumberColumn): readonly (readonly [number, number])[] {
  const last = new Map<number, number>();
  const pairs: [number, number][] = [];
  const rows = Math.min(values.length, MOST_ROWS);
  for (let row = 0; row < rows && pairs.length < MOST_PAIRS; row++) {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const before = last.get(value);
    if (before !== undefined) pairs.push([before, row]);
    last.set(value, row);
  }
  return pairs;
}

function agreement({ values }: { readonly values: Float64Array }, pairs: readonly (readonly [number, number])[]): number {
  let [held, same] = [0, 0];
  for (const [a, b] of pairs) {
    const [x, y] = [values[a] ?? Number.NaN, values[b] ?? Number.NaN];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    held++;
    same += Number(x === y);
  }
  return held < LEAST_PAIRS ? Number.NaN : same / held;
}

function differs(codes: Int32Array, pairs: readonly (readonly [number, number])[]): boolean {
  return pairs.filter(([a, b]) => codes[a] !== codes[b]).length > (1 - MOVES) * pairs.length;
}

function orderOf(a: NumberColumn, b: NumberColumn, rows: readonly number[]): number {
  const held = rows.filter((row) => !Number.isNaN(a.values[row]) && !Number.isNaN(b.values[row]));
  const ranked = ({ values }: NumberColumn) => ranks(float64From(held, (row) => values[row] ?? 0));
  return held.length < 3 ? 1 : pearson(ranked(a), ranked(b));
}
