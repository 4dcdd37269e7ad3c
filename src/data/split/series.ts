import type { Column, Frame } from "../../core/column.ts";
import { factsOf, valueAt } from "../columns/column-facts.ts";
import { meaningOf } from "../meaning/meaning.ts";

/** Fewer values may stand in one stretch each for another reason, and fewer still where another column begins anew in each. */
const [LEAST_VALUES, LEAST_ANEW] = [20, 8];
const LEAST_ROWS_EACH = 1.5;

/** Stretches for each value: a file that was put together of two parts has a few more. */
const STRETCHES_EACH = 1.02;

const SAME_LENGTH = 0.95;
const RISING = 0.99;
const STARTS_ANEW = 0.5;
const SAME_STEP = 0.8;

/** Rows of one value that follow each other. */
interface Stretch {
  readonly value: number;
  /** Frame rows, the value missing nowhere between them. */
  readonly rows: readonly number[];
}

/**
 * Whether the values name things by the design of the file: each stands in one stretch of rows, and they count from 0 or 1 without a gap, or all stretches are
 * equally long, or another column (a year, a visit) rises (or falls) within each and starts anew in the next. A quantity by which a file was sorted does none of it. Linear in
 * rows and columns.
 */
export function standsInSeries(column: Column, { columns, rows }: Frame): boolean {
  const { distinct, present } = factsOf(column, rows);
  if (distinct < LEAST_ANEW || present < LEAST_ROWS_EACH * distinct || countStretches(column, rows) > STRETCHES_EACH * distinct)
    return false;
  const stretches = stretchesOf(column, rows);
  if ("values" in column && stretches.some(({ value }) => !Number.isInteger(value))) return false;
  if (meaningOf(column.name).time || column.type === "date") return false;
  if (distinct >= LEAST_VALUES && (counts(column, stretches) || areEquallyLong(stretches))) return true;
  return columns.some((other) => other !== column && restarts(other, stretches));
}

/** How many `stretchesOf` gives. */
function countStretches(column: Column, rows: number): number {
  let [count, before] = [0, Number.NaN];
  for (let row = 0; row < rows; row++) {
    const value = valueAt(column, row);
    if (Number.isNaN(value)) continue;
    if (value !== before) count++;
    before = value;
  }
  return count;
}

function stretchesOf(column: Column, rows: number): readonly Stretch[] {
  const stretches: { value: number; rows: number[] }[] = [];
  for (let row = 0; row < rows; row++) {
    const value = valueAt(column, row);
    if (Number.isNaN(value)) continue;
    const last = stretches.at(-1);
    if (last?.value === value) last.rows.push(row);
    else stretches.push({ value, rows: [row] });
  }
  return stretches;
}

function counts(column: Column, stretches: readonly Stretch[]): boolean {
  const first = stretches[0]?.value ?? Number.NaN;
  return "values" in column && (first === 0 || first === 1) && stretches.every(({ value }, i) => value === first + i);
}

function areEquallyLong(stretches: readonly Stretch[]): boolean {
  const { count, value } = mostFrequent(stretches.map(({ rows }) => rows.length));
  return value >= 2 && count >= SAME_LENGTH * stretches.length;
}

/** Rises within the stretches and falls back between them, or falls and rises back where the newest stands first, as a time by its name or by even steps. */
function restarts(other: Column, stretches: readonly Stretch[]): boolean {
  return "values" in other && (restartsBy(other, stretches, 1) || restartsBy(other, stretches, -1));
}

function restartsBy(other: Column, stretches: readonly Stretch[], direction: 1 | -1): boolean {
  const apart = (a: number, b: number) => direction * (valueAt(other, b) - valueAt(other, a));
  const steps = stretches.flatMap(({ rows }) => rows.slice(1).map((row, i) => apart(rows[i] ?? 0, row)));
  const rising = steps.filter((step) => step > 0);
  if (steps.length < LEAST_VALUES || rising.length < RISING * steps.length) return false;
  const borders = stretches.slice(1).map(({ rows }, i) => apart(stretches[i]?.rows.at(-1) ?? 0, rows[0] ?? 0));
  if (borders.filter((step) => step < 0).length < STARTS_ANEW * borders.length) return false;
  return other.type === "date" || meaningOf(other.name).time || mostFrequent(rising).count >= SAME_STEP * rising.length;
}

function mostFrequent(values: readonly number[]): { readonly value: number; readonly count: number } {
  const counted = new Map<number, number>();
  for (const value of values) counted.set(value, (counted.get(value) ?? 0) + 1);
  const [value = Number.NaN, count = 0] = [...counted].reduce((best, one) => (one[1] > best[1] ? one : best), [Number.NaN, 0]);
  return { value, count };
}
