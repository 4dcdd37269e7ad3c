import type { Column, Frame } from "../../core/column.ts";
import { factsOf, textAt } from "../columns/column-facts.ts";
import type { LevelColumn, NumberColumn } from "../columns/counts.ts";

/** Columns that may say of which rows a total is: those of few values, the first of them. */
const [MOST_PARTS, MOST_VALUES] = [6, 60];
/** Rows that a total sums at least. */
const LEAST_SUMMED = 2;
/** What rounding may leave, in units of the last digit, for the square root of the rows: three deviations of a sum of even roundings. */
const ROUNDING = 3 * Math.sqrt(1 / 12);
/** Columns of amounts that are summed, the first of them: in so many the sums of a total show, and more take long. */
const MOST_AMOUNTS = 30;
/** Of the amounts of a row so many must be sums of the same other rows: among many amounts some fit some rows by chance. */
const LEAST_OF_ROW = 1 / 3;
/** Or one amount fits in so many of the totals. */
const [LEAST_ROWS_OF_COLUMN, LEAST_SHARE_OF_COLUMN] = [5, 0.5];
/** Share of the totals whose value other rows have: totals of totals have none. */
const HAVE_OTHERS = 0.5;
/** A total that rounding alone could bring shows nothing. */
const MOST_LEFT = 0.01;
const MOST_DIGITS = 6;

/** What is the sum of other rows among rows that may be totals. */
export interface Sums {
  /** Rows with a sum in them, and sums in all. */
  readonly rows: number;
  readonly sums: number;
  /** In which columns, and of which rows most of them are, in words. */
  readonly columns: readonly string[];
  readonly of: string;
  /** Columns of amounts whose every total is larger than all other rows, where that holds of all columns that are filled; else none. */
  readonly exceeded: readonly string[];
}

/** Rows that a total may be of: a key of each row, and of the total itself. */
interface Part {
  readonly words: string;
  readonly keyOf: (row: number) => string | null;
}

/** rows: those that may be totals, ascending. */
export function sumsWhere(frame: Frame, word: LevelColumn, rows: readonly number[]): Sums {
  const totals = new Set(rows);
  const keys = keyColumns(frame, word, totals);
  const amounts = frame.columns.filter(
    (column): column is NumberColumn => column.type === "number" && !keys.includes(column) && rows.some((row) => isFilled(column, row)),
  );
  const exceeded = largerThanAll(amounts, frame.rows, rows, totals);
  const none = { rows: 0, sums: 0, columns: [], of: "", exceeded };
  if (frame.rowNumbers !== null) return none;
  const parts = partsOf(frame, keys, totals);
  const summed = amounts.slice(0, MOST_AMOUNTS).map((column) => ({ column, digits: mostDigits(column, totals) }));
  const filled = new Map(rows.map((row) => [row, summed.filter(({ column }) => isFilled(column, row)).length]));
  const found = parts.map((part) => mostly(fitting(part, summed, frame.rows, rows, totals), filled));
  const best = found.reduce((top, one) => (one.length > top.length ? one : top), []);
  if (best.length === 0) return none;
  const all = found.flat();
  return {
    rows: new Set(all.map(({ row }) => row)).size,
    sums: new Set(all.map(({ row, column }) => `${row} ${column}`)).size,
    columns: [...new Set(all.map(({ column }) => column))],
    of: parts[found.indexOf(best)]?.words ?? "",
    exceeded,
  };
}

function isFilled(column: NumberColumn, row: number): boolean {
  return !Number.isNaN(column.values[row] ?? Number.NaN);
}

/** Columns of few values whose value in a total is that of other rows: the year, the region. */
function keyColumns(frame: Frame, word: LevelColumn, totals: ReadonlySet<number>): readonly Column[] {
  const isKey = (column: Column) => {
    if (column.name === word.name || factsOf(column, frame.rows).distinct > MOST_VALUES + totals.size) return false;
    const others = new Set<string>();
    for (let row = 0; row < frame.rows; row++) if (!totals.has(row)) others.add(textAt(column, row) ?? "");
    const own = [...totals].flatMap((row) => textAt(column, row) ?? []);
    return others.size <= MOST_VALUES && own.length > 0 && own.filter((text) => others.has(text)).length >= HAVE_OTHERS * own.length;
  };
  return frame.columns.filter(isKey).slice(0, MOST_PARTS);
}

function partsOf(frame: Frame, keys: readonly Column[], totals: ReadonlySet<number>): readonly Part[] {
  const blocks = new Int32Array(frame.rows);
  for (let row = 0, block = 0; row < frame.rows; row++) {
    blocks[row] = block;
    if (totals.has(row)) block++;
  }
  const of = (...columns: Column[]): Part => ({
    words: `those of the same ${columns.map(({ name }) => `\`${name}\``).join(" and ")}`,
    keyOf: (row) => {
      const texts = columns.map((column) => textAt(column, row));
      return texts.includes(null) ? null : JSON.stringify(texts);
    },
  });
  return [
    { words: "all others", keyOf: () => "" },
    { words: "those since the last such row", keyOf: (row) => String(blocks[row]) },
    ...keys.map((one) => of(one)),
    ...keys.flatMap((one, place) => keys.slice(place + 1).map((other) => of(one, other))),
  ];
}

interface Fit {
  readonly row: number;
  readonly column: string;
}

interface Summed {
  readonly column: NumberColumn;
  /** Behind the point, at most, of its cells that are no totals. */
  readonly digits: number;
}

/** Those of rows of which so many filled amounts fit, and of columns that fit in so many rows: means and shares beside a count are no sums. */
function mostly(fits: readonly Fit[], filled: ReadonlyMap<number, number>): readonly Fit[] {
  const [held, inRows] = [new Map<number, number>(), new Map<string, number>()];
  for (const { row, column } of fits) {
    held.set(row, (held.get(row) ?? 0) + 1);
    inRows.set(column, (inRows.get(column) ?? 0) + 1);
  }
  const least = Math.max(LEAST_ROWS_OF_COLUMN, LEAST_SHARE_OF_COLUMN * filled.size);
  return fits.filter(
    ({ row, column }) => (held.get(row) ?? 0) >= LEAST_OF_ROW * (filled.get(row) ?? 0) || (inRows.get(column) ?? 0) >= least,
  );
}

function mostDigits({ values }: NumberColumn, totals: ReadonlySet<number>): number {
  let digits = 0;
  for (let row = 0; row < values.length && digits < MOST_DIGITS; row++) {
    const value = values[row] ?? Number.NaN;
    if (!totals.has(row) && Number.isFinite(value)) digits = Math.max(digits, digitsOf(value));
  }
  return digits;
}

function fitting(
  { keyOf }: Part,
  amounts: readonly Summed[],
  rows: number,
  own: readonly number[],
  totals: ReadonlySet<number>,
): readonly Fit[] {
  const ids = new Map<string, number>();
  const keys = Array.from({ length: rows }, (_, row) => {
    const key = keyOf(row);
    if (key === null) return -1;
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    return id;
  });
  return amounts.flatMap(({ column, digits }) => {
    const [sum, count, most] = [0, 0, Number.NEGATIVE_INFINITY].map((start) => new Float64Array(ids.size).fill(start)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    for (let row = 0; row < rows; row++) {
      const [key, value] = [keys[row] ?? -1, column.values[row] ?? Number.NaN];
      if (key < 0 || totals.has(row) || !Number.isFinite(value)) continue;
      sum[key] = (sum[key] ?? 0) + value;
      count[key] = (count[key] ?? 0) + 1;
      most[key] = Math.max(most[key] ?? value, Math.abs(value));
    }
    const isSum = (row: number) => {
      const [key, value] = [keys[row] ?? -1, column.values[row] ?? Number.NaN];
      const n = count[key] ?? 0;
      if (key < 0 || n < LEAST_SUMMED || !(Math.abs(value) > (most[key] ?? Number.POSITIVE_INFINITY))) return false;
      const left = Math.max(ROUNDING * 10 ** -digits * Math.sqrt(n + 1), 1e-9 * Math.abs(value));
      return left <= MOST_LEFT * Math.abs(value) && Math.abs(value - (sum[key] ?? 0)) <= left;
    };
    return own.filter(isSum).map((row) => ({ row, column: column.name }));
  });
}

/** Digits behind the point, at most so many: a long fraction is a rounded one. */
function digitsOf(value: number): number {
  for (let digits = 0; digits < MOST_DIGITS; digits++)
    if (Math.abs(value * 10 ** digits - Math.round(value * 10 ** digits)) < 1e-6) return digits;
  return MOST_DIGITS;
}

function largerThanAll(
  amounts: readonly NumberColumn[],
  rows: number,
  own: readonly number[],
  totals: ReadonlySet<number>,
): readonly string[] {
  const isLarger = ({ values }: NumberColumn) => {
    let most = Number.NEGATIVE_INFINITY;
    for (let row = 0; row < rows; row++) if (!totals.has(row)) most = Math.max(most, values[row] || 0);
    return own.every((row) => Number.isNaN(values[row] ?? Number.NaN) || (values[row] ?? 0) > most);
  };
  return amounts.every(isLarger) ? amounts.map(({ name }) => name) : [];
}
