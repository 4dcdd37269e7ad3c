import { float64Where } from "../../core/typed-from.ts";
import { mean, standardDeviation } from "../../stats/index.ts";
import { type NumberColumn, rowQuantile, type ValueCounts } from "../columns/counts.ts";
import { halfDecimal } from "../columns/written-decimals.ts";
import type { ColumnIdentity } from "./column-identities.ts";

const MOST_COLUMNS = 60;
/** Rows that are looked at first, evenly spread. */
const PROBED = 200;
const LEAST_ROWS = 50;
const HOLDS = 0.99;
/** How many tolerances wide the deviation of the copy is at least, below which a fit would be chance. */
const LEAST_SPREAD = 20;
const FACTOR_DIGITS = 6;
/** Of the middle half of a column: what was rounded before it was averaged shows no last decimal, and no two measurements are so near. */
const NEAR = 5e-3;
/** How far, relatively, the median of rounded products lies from their constant. */
const MEDIAN_SLACK = 1e-4;

interface Known {
  readonly column: NumberColumn;
  /** Half of the last written decimal. */
  readonly half: number;
  readonly spread: number;
  /** Width of the middle half of the values; a long tail does not widen it. */
  readonly middle: number;
}

/**
 * Columns that are a straight line, or the inverse, of another one within what rounding of both leads to (a line also within half a hundredth of its middle half): three times it, 1,755 over it. Copies to the last bit are told
 * elsewhere (column-copies.ts, monotone-copies.ts). Each column once, beside the first that gives it. isKnown: pairs that are told already.
 */
export function roundedCopies(
  columns: readonly NumberColumn[],
  isKnown: (first: NumberColumn, second: NumberColumn) => boolean,
  countsOf: (column: NumberColumn) => ValueCounts,
): readonly ColumnIdentity[] {
  const known = columns.slice(0, MOST_COLUMNS).map((column): Known => {
    const counts = countsOf(column);
    const [low, high] = [0.25, 0.75].map((share) => rowQuantile(counts, 0, counts.values.length, share)) as [number, number];
    const spread = counts.present < 2 ? 0 : standardDeviation(float64Where(column.values, (value) => !Number.isNaN(value)));
    return { column, half: halfDecimal(counts.values), spread, middle: high - low };
  });
  const found: ColumnIdentity[] = [];
  for (const [i, whole] of known.entries()) {
    for (const part of known.slice(0, i)) {
      if (isKnown(part.column, whole.column)) continue;
      const one = lineOf(whole, part) ?? inverseOf(whole, part);
      if (one === null) continue;
      found.push(one);
      break;
    }
  }
  return found;
}

function lineOf(whole: Known, part: Known): ColumnIdentity | null {
  const rows = probesOf(whole, part);
  if (rows.length < LEAST_ROWS) return null;
  const [y, x] = [rows.map((row) => whole.column.values[row] ?? 0), rows.map((row) => part.column.values[row] ?? 0)];
  const [middleY, middleX] = [mean(y), mean(x)];
  const spread = x.reduce((sum, value) => sum + (value - middleX) ** 2, 0);
  if (!(spread > 0)) return null;
  const slope = x.reduce((sum, value, i) => sum + (value - middleX) * ((y[i] ?? 0) - middleY), 0) / spread;
  const lineWith = (digits: number) => {
    const factor = Number(slope.toPrecision(digits));
    const rounding = (whole.half + Math.abs(factor) * part.half) * 1.02;
    const tolerance = Math.max(rounding, NEAR * whole.middle);
    const offset = middleY - factor * middleX;
    const constant = Math.abs(offset) <= tolerance ? 0 : offset;
    const form: Form = { powers: [factor], constant, kind: "sum", ...(tolerance > rounding ? { within: tolerance } : {}) };
    return heldBy(whole, part, form, rows, (value) => [factor * value + constant, tolerance]);
  };
  const exact = lineWith(FACTOR_DIGITS);
  return exact === null ? null : (lineWith(1) ?? lineWith(2) ?? exact);
}

function inverseOf(whole: Known, part: Known): ColumnIdentity | null {
  const rows = probesOf(whole, part).filter((row) => part.column.values[row] !== 0);
  if (rows.length < LEAST_ROWS) return null;
  const products = rows.map((row) => (whole.column.values[row] ?? 0) * (part.column.values[row] ?? 0)).sort((a, b) => a - b);
  const constant = Number((products[products.length >> 1] ?? 0).toPrecision(FACTOR_DIGITS));
  const toleranceAt = (value: number) =>
    (whole.half + (Math.abs(constant) / value ** 2) * part.half) * 1.02 + MEDIAN_SLACK * Math.abs(constant / value);
  return heldBy(whole, part, { powers: [-1], constant, kind: "product" }, rows, (value) => [constant / value, toleranceAt(value)]);
}

function probesOf({ column: { values } }: Known, part: Known): readonly number[] {
  const step = Math.max(1, Math.floor(values.length / PROBED));
  const rows: number[] = [];
  for (let row = 0; row < values.length; row += step)
    if (Number.isFinite(values[row]) && Number.isFinite(part.column.values[row])) rows.push(row);
  return rows;
}

type Form = Pick<ColumnIdentity, "powers" | "constant" | "kind" | "within">;

/** made: the value that the part gives, and how far the whole may lie from it. */
function heldBy(
  whole: Known,
  part: Known,
  form: Form,
  probes: readonly number[],
  made: (value: number) => readonly [number, number],
): ColumnIdentity | null {
  const offBy = (row: number) => Math.abs((whole.column.values[row] ?? Number.NaN) - made(part.column.values[row] ?? Number.NaN)[0]);
  const isExact = (row: number) => offBy(row) <= made(part.column.values[row] ?? Number.NaN)[1];
  if (probes.filter(isExact).length < HOLDS * probes.length) return null;
  const widest =
    probes.map((row) => made(part.column.values[row] ?? Number.NaN)[1]).sort((a, b) => a - b)[probes.length >> 1] ??
    Number.POSITIVE_INFINITY;
  if (!(whole.spread > LEAST_SPREAD * widest)) return null;
  let [compared, exact, farthest] = [0, 0, 0];
  for (let row = 0; row < whole.column.values.length; row++) {
    if (!Number.isFinite(whole.column.values[row]) || !Number.isFinite(part.column.values[row])) continue;
    compared++;
    if (!isExact(row)) continue;
    exact++;
    farthest = Math.max(farthest, offBy(row));
  }
  if (exact < HOLDS * compared) return null;
  return {
    whole: whole.column,
    parts: [part.column],
    ...form,
    ...(form.within === undefined ? {} : { within: farthest }),
    compared,
    exact,
  };
}
