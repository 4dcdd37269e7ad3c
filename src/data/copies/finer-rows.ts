import { twoProportionZ } from "../../stats/index.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { decimalsOfEach } from "../columns/written-decimals.ts";
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
/** Whole columns may have been rounded back: then of the others, in the same rows. */
const [LEAST_OTHERS, SAME_ROWS] = [3, 0.8];

/** Beside columns that were added afterwards: a quarter of the others, of different grains (a whole number, one decimal), in the very same rows. */
const [LEAST_QUARTER, VERY_SAME] = [0.25, 0.9];

/** Rows that may be made, and the others. */
export interface Look {
  readonly made: Int32Array;
  readonly other: Int32Array;
}

/**
 * Rows that a program made between others (SMOTE, added noise, means) have fractions where counts and rounded amounts have none. The decimals that nearly all rows of `other` keep to are the grain of a
 * column, told apart by powers of ten, since what is written with six digits has the more decimals the smaller it is. A column shows it where a tenth of `made` is finer and next to none of `other`, by the z
 * of two shares, for all columns that were looked at. Of each look null where fewer than two columns, or than half of them, show it in the same rows; or three, and half of those that are not whole in both classes, where nearly all rows that are finer
 * in one of them are so in half of them: who makes rows may round counts back to whole numbers. Columns that were added afterwards keep their decimals: a quarter is enough where all of them, of unlike
 * grains, are finer in the very same rows.
 */
export function finerRows(columns: readonly NumberColumn[], looks: readonly Look[], tests: number): readonly (FinerRows | null)[] {
  const least = zThreshold(tests * Math.max(1, columns.length));
  const shown = looks.map((): Shown[] => []);
  const whole = looks.map(() => 0);
  if (looks.length === 0) return [];
  const rows = columns[0]?.values.length ?? 0;
  const written = { decimals: new Uint8Array(rows), sizes: new Int16Array(rows) };
  for (const { name, values } of columns) {
    lookHowWritten(values, written);
    for (const [place, look] of looks.entries()) {
      const limits = limitsOf(written, look.other);
      const [finer, others] = [countFiner(written, limits, look.made), countFiner(written, limits, look.other)];
      const { z } = twoProportionZ(finer, look.made.length, others, look.other.length);
      if (finer < LEAST_SHARE * look.made.length || z <= least) {
        if (isWhole(written, look)) whole[place] = (whole[place] ?? 0) + 1;
        continue;
      }
      const decimals = Math.max(...limits.filter((limit) => limit < NO_LIMIT));
      const own = { decimals: written.decimals.slice(), sizes: written.sizes.slice() };
      shown[place]?.push({ name, decimals, isFiner: (row) => isFiner(own, limits, row) });
    }
  }
  return looks.map((look, place) => together(look, shown[place] ?? [], columns.length, whole[place] ?? 0, least));
}

function isWhole({ decimals }: Written, { made, other }: Look): boolean {
  return [made, other].every((rows) => rows.every((row) => decimals[row] === 0));
}

interface Shown {
  readonly name: string;
  readonly decimals: number;
  isFiner(row: number): boolean;
}

function together({ made, other }: Look, shown: readonly Shown[], columns: number, whole: number, least: number): FinerRows | null {
  const inMost = shown.length >= Math.max(LEAST_COLUMNS, LEAST_PART * columns);
  const inOthers = shown.length >= Math.max(LEAST_OTHERS, LEAST_PART * (columns - whole));
  const inQuarter = shown.length >= Math.max(LEAST_OTHERS, LEAST_QUARTER * (columns - whole));
  const areUnlike = new Set(shown.map(({ decimals }) => decimals)).size > 1;
  if (!inMost && !inOthers && !(inQuarter && areUnlike)) return null;
  const finerIn = (row: number) => shown.filter((column) => column.isFiner(row)).length;
  const inHalf = (row: number) => 2 * finerIn(row) >= shown.length;
  const [rows, others] = [made.filter(inHalf), other.filter(inHalf).length];
  const inAny = inMost ? 0 : made.filter((row) => finerIn(row) > 0).length;
  if (rows.length < SAME_ROWS * inAny) return null;
  if (!inMost && !inOthers && made.filter((row) => finerIn(row) === shown.length).length < VERY_SAME * inAny) return null;
  const { z } = twoProportionZ(rows.length, made.length, others, other.length);
  if (rows.length < LEAST_SHARE * made.length || z <= least) return null;
  return { columns: shown.map(({ name, decimals }) => ({ name, decimals })), rows, others, z };
}

/** How the number of each row is written: decimals, and the place of its power of ten. */
interface Written {
  readonly decimals: Uint8Array;
  readonly sizes: Int16Array;
}

/** Powers of ten of doubles, from the smallest on. */
const [SMALLEST, SIZES] = [-324, 633];
/** Of gaps and of 0, which is written in one way. */
const NO_SIZE = SIZES;
const MOST_DECIMALS = 15;
const NO_LIMIT = MOST_DECIMALS + 1;

/** Into the same room for each column. */
function lookHowWritten(values: Float64Array, { decimals, sizes }: Written): void {
  decimalsOfEach(values, decimals);
  for (let row = 0; row < values.length; row++) {
    const size = Math.abs(values[row] as number);
    const has = size > 0 && size < Number.POSITIVE_INFINITY;
    sizes[row] = has ? Math.floor(Math.log10(size)) - SMALLEST : NO_SIZE;
  }
}

/** By powers of ten, the decimals that all but a few of the rows keep to; NO_LIMIT where too few rows tell. */
function limitsOf(written: Written, rows: Int32Array): Uint8Array {
  const counts = countWritten(written, rows);
  const limits = new Uint8Array(SIZES + 1).fill(NO_LIMIT);
  for (let size = 0; size < SIZES; size++) {
    const own = counts.subarray(size * NO_LIMIT, (size + 1) * NO_LIMIT);
    if (sumOf(own) >= LEAST_ROWS) limits[size] = keptTo(own);
  }
  return limits;
}

/** Rows of each size and so many decimals. */
function countWritten({ decimals, sizes }: Written, rows: Int32Array): Int32Array {
  const counts = new Int32Array((SIZES + 1) * NO_LIMIT);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const place = (sizes[row] as number) * NO_LIMIT + (decimals[row] as number);
    counts[place] = (counts[place] as number) + 1;
  }
  return counts;
}

/** The least decimals that all but a few of the counted have at most. */
function keptTo(counts: Int32Array): number {
  const exceptions = EXCEPTIONS * sumOf(counts);
  let beyond = 0;
  for (let decimals = counts.length - 1; decimals > 0; decimals--) {
    beyond += counts[decimals] as number;
    if (beyond > exceptions) return decimals;
  }
  return 0;
}

function sumOf(counts: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i] as number;
  return sum;
}

function isFiner({ decimals, sizes }: Written, limits: Uint8Array, row: number): boolean {
  return (decimals[row] as number) > (limits[sizes[row] as number] as number);
}

function countFiner(written: Written, limits: Uint8Array, rows: Int32Array): number {
  let count = 0;
  for (let i = 0; i < rows.length; i++) if (isFiner(written, limits, rows[i] as number)) count++;
  return count;
}
