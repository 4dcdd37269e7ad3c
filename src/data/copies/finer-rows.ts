import { twoProportionZ } from "../../stats/index.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { decimalsOfNumber } from "../columns/written-decimals.ts";
import { zThreshold } from "../signal/associations.ts";

/** Rows of one class whose numbers are written with more decimals than those of another class. */
export interface FinerRows {
  /** Columns that show it, with the decimals of the other class. */
  readonly columns: readonly { readonly name: string; readonly decimals: number }[];
  /** Frame rows of the class that are finer in half of these columns or more. */
  readonly rows: Int32Array;
  /** Rows of the other class that are so. */
  readonly others: number;
  /** Of the difference of both shares. */
  readonly z: number;
}

/** What so few rows of a class exceed is not how it is written. */
const EXCEPTIONS = 0.005;
/** So many rows of one size tell how numbers of that size are written. */
const LEAST_ROWS = 20;
/** Share of the class that is finer. */
const LEAST_SHARE = 0.1;
/** One column may be a quantity that only one class has in full; made rows are so in most columns. */
const [LEAST_COLUMNS, LEAST_PART] = [2, 0.5];

/**
 * Rows that a program made between others (SMOTE, added noise, means) have fractions where counts and rounded amounts have none. The decimals that nearly all rows of `other` keep to are the grain of a
 * column, told apart by powers of ten, since what is written with six digits has the more decimals the smaller it is. A column shows it where a tenth of `made` is finer and next to none of `other`, by the z
 * of two shares, for all columns that were looked at. Null where fewer than two columns, or than half of them, show it in the same rows.
 */
export function finerRows(columns: readonly NumberColumn[], made: Int32Array, other: Int32Array, tests: number): FinerRows | null {
  const least = zThreshold(tests * Math.max(1, columns.length));
  const shown = columns.flatMap(({ name, values }) => {
    const grain = grainOf(values, other);
    const finest = Math.min(...grain.values());
    const isFiner = (row: number) => {
      const decimals = decimalsAt(values, row);
      return decimals > finest && decimals > (grain.get(sizeAt(values, row)) ?? Number.POSITIVE_INFINITY);
    };
    const [own, others] = [count(made, isFiner), count(other, isFiner)];
    const { z } = twoProportionZ(own, made.length, others, other.length);
    return own >= LEAST_SHARE * made.length && z > least ? [{ name, decimals: Math.max(...grain.values()), isFiner }] : [];
  });
  if (shown.length < Math.max(LEAST_COLUMNS, LEAST_PART * columns.length)) return null;
  const isFiner = (row: number) => 2 * shown.filter((column) => column.isFiner(row)).length >= shown.length;
  const [rows, others] = [made.filter(isFiner), count(other, isFiner)];
  const { z } = twoProportionZ(rows.length, made.length, others, other.length);
  if (rows.length < LEAST_SHARE * made.length || z <= least) return null;
  return { columns: shown.map(({ name, decimals }) => ({ name, decimals })), rows, others, z };
}

/** By powers of ten, the decimals that all but a few of the rows keep to. */
function grainOf(values: Float64Array, rows: Int32Array): ReadonlyMap<number, number> {
  const sizes = new Map<number, number[]>();
  for (const row of rows) {
    const size = sizeAt(values, row);
    if (Number.isNaN(size)) continue;
    const counts = sizes.get(size) ?? [];
    if (counts.length === 0) sizes.set(size, counts);
    const decimals = decimalsAt(values, row);
    counts[decimals] = (counts[decimals] ?? 0) + 1;
  }
  const enough = [...sizes].filter(([, counts]) => sumOf(counts) >= LEAST_ROWS);
  return new Map(enough.map(([size, counts]) => [size, keptTo(counts)]));
}

/** The least decimals that all but a few of the counted have at most. */
function keptTo(counts: readonly number[]): number {
  const exceptions = EXCEPTIONS * sumOf(counts);
  let beyond = 0;
  for (let decimals = counts.length - 1; decimals > 0; decimals--) {
    beyond += counts[decimals] ?? 0;
    if (beyond > exceptions) return decimals;
  }
  return 0;
}

/** Of counts, some of which nobody has. */
function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, one) => sum + one, 0);
}

function count(rows: Int32Array, is: (row: number) => boolean): number {
  let found = 0;
  for (let i = 0; i < rows.length; i++) if (is(rows[i] as number)) found++;
  return found;
}

function decimalsAt(values: Float64Array, row: number): number {
  return decimalsOfNumber(values[row] ?? 0);
}

/** NaN of gaps and of 0, which is written in one way. */
function sizeAt(values: Float64Array, row: number): number {
  const size = Math.abs(values[row] ?? Number.NaN);
  return size > 0 && size < Number.POSITIVE_INFINITY ? Math.floor(Math.log10(size)) : Number.NaN;
}
