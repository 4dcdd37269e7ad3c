import type { Column } from "../../core/column.ts";
import { float64Where } from "../../core/typed-from.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { featuresOf } from "../columns/features.ts";
import { rowHash } from "../columns/row-hash.ts";

/** Rows with more decimals than the others, which are equal to some of those once they are rounded as those are. */
export interface JitteredRows {
  /** In which they have more decimals. */
  readonly columns: readonly string[];
  readonly rows: ReadonlySet<number>;
  /** Rows with more decimals, and how many of them would equal another as rows without do. */
  readonly finer: number;
  readonly expected: number;
  readonly p: number;
}

/** Share of the values that a column's usual number of decimals is enough for. */
const USUAL = 0.6;
const MOST_DECIMALS = 6;
const LEAST_FINER = 4;
/** Of tables without such rows. */
const CHANCE = 0.001;

/**
 * Noise added to numbers of few digits shows in their digits. Whether rows of another source have them, or copies do, is told by rounding: copies become equal to
 * their rows, in all columns, more often than two rows of few digits are equal. isTest: test rows are looked at, and the rows they may be copies of are training rows; null = all
 * are both. null: nothing beyond chance.
 */
export function jitteredRows(context: AuditContext, isTest: Uint8Array | null = null): JitteredRows | null {
  const { rows } = context.frame;
  const features = featuresOf(context);
  const grids = features.flatMap((column) => ("values" in column && column.type === "number" ? (gridOf(column, isTest) ?? []) : []));
  if (grids.length === 0) return null;
  const isFiner = new Uint8Array(rows);
  for (const { column, scale } of grids)
    column.values.forEach((value, row) => {
      if (!isOn(value, scale)) isFiner[row] = 1;
    });
  const scales = new Map(grids.map(({ column, scale }) => [column.name, scale]));
  const { low, high } = rowHash(
    features.map((column) => rounded(column, scales.get(column.name))),
    rows,
  );
  const key = keyIn({ low, high });
  const plain = new Map<number, number>();
  const [isAsked, isTrained] = [(row: number) => isTest?.[row] !== 0, (row: number) => isTest?.[row] !== 1];
  for (let row = 0; row < rows; row++) if (isFiner[row] === 0 && isTrained(row)) plain.set(key(row), (plain.get(key(row)) ?? 0) + 1);
  let [finer, coarse, equal] = [0, 0, 0];
  const found = new Set<number>();
  for (let row = 0; row < rows; row++) {
    const same = plain.get(key(row)) ?? 0;
    if (isFiner[row] === 1) {
      if (!isAsked(row)) continue;
      finer++;
      if (same > 0) found.add(row);
    } else if (isTrained(row)) {
      coarse++;
      if (same > 1) equal++;
    }
  }
  const beside =
    found.size < LEAST_FINER ? 0 : besideOf(features, grids, scales, plain, (row) => isFiner[row] === 0 && isTrained(row), rows);
  const share = (Math.max(equal, beside) + 1) / (coarse + 1);
  const p = binomialUpperTail(found.size, finer, share);
  return found.size < LEAST_FINER || p >= CHANCE ? null : { columns: [...scales.keys()], rows: found, finer, expected: share * finer, p };
}

type Hash = ReturnType<typeof rowHash>;

const keyIn =
  ({ low, high }: Hash) =>
  (row: number) =>
    (high[row] ?? 0) * 2097152 + ((low[row] ?? 0) >>> 11);

/** Columns in which a step aside is tried. */
const STEPPED = 3;

/**
 * Rows of few digits that would equal another if one number were a step larger, in the column in which most do: in a table from which equal rows were taken it tells how close
 * strangers lie.
 */
function besideOf(
  features: readonly Column[],
  grids: readonly { readonly column: NumberColumn; readonly scale: number }[],
  scales: ReadonlyMap<string, number>,
  plain: ReadonlyMap<number, number>,
  isPlain: (row: number) => boolean,
  rows: number,
): number {
  const counts = grids.slice(0, STEPPED).map(({ column: stepped, scale }) => {
    const moved = features.map((column) => {
      const one = rounded(column, scales.get(column.name));
      return column.name === stepped.name && "values" in one
        ? { ...one, values: one.values.map((value) => Math.round(value * scale + 1) / scale) }
        : one;
    });
    const key = keyIn(rowHash(moved, rows));
    let beside = 0;
    for (let row = 0; row < rows; row++) if (isPlain(row) && plain.has(key(row))) beside++;
    return beside;
  });
  return Math.max(0, ...counts);
}

/** null where all values have the usual decimals, or no number of them is usual. */
function gridOf(column: NumberColumn, isTest: Uint8Array | null): { readonly column: NumberColumn; readonly scale: number } | null {
  const present = float64Where(column.values, (value, row) => Number.isFinite(value) && isTest?.[row] !== 1);
  for (let decimals = 0; decimals < MOST_DECIMALS; decimals++) {
    const scale = 10 ** decimals;
    if (present.length - countOff(present, scale) >= USUAL * present.length)
      return column.values.every((value) => isOn(value, scale)) ? null : { column, scale };
  }
  return null;
}

/** Numbers with more decimals, up to more than are usual. */
function countOff(numbers: Float64Array, scale: number): number {
  const least = USUAL * numbers.length;
  let off = 0;
  for (let i = 0; i < numbers.length && numbers.length - off >= least; i++) if (!isOn(numbers[i] as number, scale)) off++;
  return off;
}

const isOn = (value: number, scale: number) =>
  !Number.isFinite(value) || Math.abs(value * scale - Math.round(value * scale)) < 1e-9 * Math.max(1, Math.abs(value * scale));

function rounded(column: Column, scale: number | undefined): Column {
  if (scale === undefined || !("values" in column)) return column;
  return { ...column, values: column.values.map((value) => Math.round(value * scale) / scale) };
}
