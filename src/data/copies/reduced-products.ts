import { createRandom } from "../../core/random.ts";
import { int32Where, placesUpTo } from "../../core/typed-from.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { halfDecimal } from "../columns/written-decimals.ts";

/** whole = a x b x (1 - share / per), or (1 + share / per), to its last written digit: a price less a discount, with a tax, for so many pieces. */
export interface ReducedProduct {
  /** One or two. */
  readonly factors: readonly NumberColumn[];
  readonly share: NumberColumn;
  readonly sign: 1 | -1;
  /** 100: the share is written in percent. */
  readonly per: 1 | 100;
  /** Rows in which all are present, and in which it holds. */
  readonly compared: number;
  readonly exact: number;
}

/** All pairs of so many factors are tried, with each of so many shares, on so many rows; what is found there is judged on all. */
const [MOST_FACTORS, MOST_SHARES, LOOKED_AT] = [24, 12, 200];
/** Rows that a pair has to hold in before more of them are looked at. */
const FEW = 12;
/** Share of the rows in which it holds: some were counted or rounded in another way. */
const HOLDS = 0.95;
/** Rows in which the share is not 0, at least, and of those looked at. */
const [LEAST_SHARED, LEAST_SHARED_PART] = [20, 0.05];
/** Whole and share stand on so many different values: of a few any three columns fit. */
const [LEAST_WHOLE, LEAST_SHARE] = [20, 3];
/** Tolerances that the share moves the product by, in half of the rows in which it is not 0: below, a hit would be chance. */
const LEAST_SPREAD = 20;
/** What arithmetic in single precision loses. */
const RELATIVE = 1e-6;

/** The formula that holds in most rows; null without any. `columns`: those with most different values first; the parts are taken as exact, as they are written. */
export function reducedProduct(whole: Float64Array, columns: readonly NumberColumn[]): ReducedProduct | null {
  const rows = probes(whole);
  if (new Set(rows.map((row) => whole[row])).size < LEAST_WHOLE) return null;
  const half = halfDecimal(whole.filter((value) => !Number.isNaN(value)));
  const shares: { column: NumberColumn; per: 1 | 100 }[] = [];
  for (const column of columns) {
    if (shares.length >= MOST_SHARES) break;
    shares.push(...sharesOf(column, rows));
  }
  const factors = columns.slice(0, MOST_FACTORS);
  let best: ReducedProduct | null = null;
  for (const [i, a] of factors.entries())
    for (const b of [null, ...factors.slice(i + 1)])
      for (const { column, per } of shares) {
        if (column === a || column === b) continue;
        for (const sign of [-1, 1] as const) {
          const formula = { factors: b === null ? [a] : [a, b], share: column, sign, per };
          if (!holdsIn(whole, formula, rows.slice(0, FEW), half) || !holdsIn(whole, formula, rows, half) || !isMoved(formula, rows, half))
            continue;
          const found = { ...formula, ...countIn(whole, formula, null, half) };
          if (found.exact >= HOLDS * found.compared && found.exact > (best?.exact ?? 0)) best = found;
        }
      }
  return best;
}

type Formula = Pick<ReducedProduct, "factors" | "share" | "sign" | "per">;

/** Rows drawn by chance, the same each time, in which the whole is told and not 0. */
function probes(whole: Float64Array): number[] {
  const told = int32Where(placesUpTo(whole.length), (row) => !Number.isNaN(whole[row]) && whole[row] !== 0);
  return Array.from(createRandom(1, "reduced product").shuffle(told).subarray(0, LOOKED_AT));
}

/** Between 0 and 1 with decimals, or between 0 and 100; not all 0. */
function sharesOf(column: NumberColumn, rows: readonly number[]): { column: NumberColumn; per: 1 | 100 }[] {
  // Most numbers are no shares, and one value says it.
  for (const row of rows) if ((column.values[row] ?? 0) < 0 || (column.values[row] ?? 0) > 100) return [];
  const values = rows.map((row) => column.values[row] ?? Number.NaN).filter((value) => !Number.isNaN(value));
  const high = Math.max(...values);
  const isFraction = high <= 1 && values.some((value) => !Number.isInteger(value));
  if (new Set(values).size < LEAST_SHARE || high === 0) return [];
  return isFraction ? [{ column, per: 1 }] : high > 1 ? [{ column, per: 100 }] : [];
}

function productOf(factors: readonly NumberColumn[], row: number): number {
  return factors.reduce((product, { values }) => product * (values[row] ?? Number.NaN), 1);
}

/** rows: null = all. */
function countIn(whole: Float64Array, { factors, share, sign, per }: Formula, rows: readonly number[] | null, half: number) {
  let [compared, exact] = [0, 0];
  const count = rows?.length ?? whole.length;
  for (let i = 0; i < count; i++) {
    const row = rows === null ? i : (rows[i] ?? 0);
    const product = productOf(factors, row);
    const off = product * (1 + (sign * (share.values[row] ?? Number.NaN)) / per) - (whole[row] ?? Number.NaN);
    if (Number.isNaN(off)) continue;
    compared++;
    if (Math.abs(off) <= half + RELATIVE * Math.abs(product)) exact++;
  }
  return { compared, exact };
}

function holdsIn(whole: Float64Array, formula: Formula, rows: readonly number[], half: number): boolean {
  const { compared, exact } = countIn(whole, formula, rows, half);
  return compared >= rows.length / 2 && exact >= (rows.length > FEW ? HOLDS : 0.75) * compared;
}

/** Whether the share has a part in it: without it the product would be off in enough rows, by far more than the rounding. */
function isMoved({ factors, share, per }: Formula, rows: readonly number[], half: number): boolean {
  const moved = rows
    .map((row) => Math.abs((productOf(factors, row) * (share.values[row] ?? Number.NaN)) / per))
    .filter((off) => off > 0)
    .sort((a, b) => a - b);
  if (moved.length < Math.max(Math.min(LEAST_SHARED, rows.length / 2), LEAST_SHARED_PART * rows.length)) return false;
  return (moved[moved.length >> 1] ?? 0) >= LEAST_SPREAD * half;
}

/** As a formula: `price` x `pieces` x (1 - `discount`). */
export function reducedFormula({ factors, share, sign, per }: Formula): string {
  const part = per === 1 ? `\`${share.name}\`` : `\`${share.name}\` / 100`;
  return `${factors.map(({ name }) => `\`${name}\``).join(" x ")} x (1 ${sign < 0 ? "-" : "+"} ${part})`;
}
