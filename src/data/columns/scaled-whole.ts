import { float64Where } from "../../core/typed-from.ts";
import { falseDiscoveryQ, normalCdf, standardDeviation } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, valueCounts } from "./counts.ts";
import { decimalsOf, decimalsOfNumber } from "./written-decimals.ts";

/** A column that carries what was computed over all rows. */
export interface WholeScaling {
  readonly column: string;
  readonly kind: "standard" | "min-max" | "centred";
  /** Mean and standard deviation, or smallest and largest value. */
  readonly numbers: readonly [number, number];
  /** Chance that a column that nobody scaled over all rows comes so close by its rounding, in [0, 1]. */
  readonly byRounding: number;
}

/** With fewer different values the ends of [0, 1] are the only ones there are. */
const LEAST_DISTINCT = 20;
const LEAST_ROWS = 30;
/** Fewer decimals hide whether a mean is exactly 0. */
const LEAST_DECIMALS = 3;
/** The same for a mean alone, of which many are near 0. */
const LEAST_OF_CENTRED = 6;
/** Expected share of columns that came so by rounding among those that are called scaled. */
const BY_ROUNDING = 0.01;

/**
 * Columns with mean 0 and deviation 1, or exactly from 0 to 1, as far as the written decimals tell. Of thousands of columns some hit that by their rounding:
 * the share of false calls is held by Benjamini and Hochberg over all `columns`. Empty when the rows seen are a sample: then nothing is exact.
 */
export function scaledColumns(context: AuditContext, columns: readonly NumberColumn[]): WholeScaling[] {
  const scaled = columns.map((column) => scaledWhole(context, column));
  const q = falseDiscoveryQ(scaled.map((one) => one?.byRounding ?? 1));
  return scaled.filter((one, i) => one !== null && (q[i] ?? 1) <= BY_ROUNDING).filter((one) => one !== null);
}

function scaledWhole(context: AuditContext, column: NumberColumn): WholeScaling | null {
  if (context.frame.rowNumbers !== null || column.type !== "number") return null;
  const { values, counts, present } = valueCounts(context, column);
  if (values.length < LEAST_DISTINCT || present < LEAST_ROWS) return null;
  const decimals = decimalsOf(values);
  if (decimals < LEAST_DECIMALS) return null;
  const [low, high] = [values[0] ?? 0, values.at(-1) ?? 0];
  if (low === 0 && high === 1 && (counts[0] ?? 0) <= present / 100 && (counts.at(-1) ?? 0) <= present / 100) {
    const step = 10 ** -decimals / 2;
    const byRounding =
      atEnd(values, counts, present, step) * atEnd(values.map((value) => 1 - value).reverse(), counts.slice().reverse(), present, step);
    return { column: column.name, kind: "min-max", numbers: [low, high], byRounding };
  }
  const mean = values.reduce((sum, value, i) => sum + value * (counts[i] ?? 0), 0) / present;
  const squares = values.reduce((sum, value, i) => sum + (value - mean) ** 2 * (counts[i] ?? 0), 0);
  // Rounding of each value is off by less than half of its last decimal, its mean by far less.
  const tolerance = 0.5 * 10 ** -Math.min(9, decimals);
  const deviations = [Math.sqrt(squares / present), Math.sqrt(squares / (present - 1))];
  const isOne = deviations.some((deviation) => Math.abs(deviation - 1) <= tolerance);
  if (Math.abs(mean) > tolerance) return null;
  if (!isOne) return decimals < LEAST_OF_CENTRED ? null : centred(column.name, mean, deviations[0] ?? 0, present, tolerance);
  return { column: column.name, kind: "standard", numbers: [mean, deviations[0] ?? 0], byRounding: nearStandard(present, tolerance) };
}

/** Centred and not scaled: the mean of so many values comes that near to 0 by chance as often as a normal one does. */
function centred(column: string, mean: number, deviation: number, rows: number, tolerance: number): WholeScaling | null {
  const byRounding = 2 * normalCdf(tolerance / (deviation / Math.sqrt(rows))) - 1;
  return deviation > 0 ? { column, kind: "centred", numbers: [mean, deviation], byRounding } : null;
}

/**
 * Chance that mean and deviation of `rows` standard normal values both lie within `tolerance` of 0 and 1: their errors are independent, 1 / sqrt(n) and
 * about 1 / sqrt(2 n).
 */
function nearStandard(rows: number, tolerance: number): number {
  const within = (error: number) => 2 * normalCdf(tolerance / error) - 1;
  return within(1 / Math.sqrt(rows)) * within(1 / Math.sqrt(2 * rows));
}

/** Rows that a share spread as the tenth next to its end would have within half of the last decimal from it: they are written as the end. */
function atEnd(values: Float64Array, counts: ArrayLike<number>, present: number, step: number): number {
  let rows = 0;
  let at = 1;
  for (; at < values.length - 1; at++) {
    rows += counts[at] ?? 0;
    if (rows >= present / 10) break;
  }
  return Math.min(1, (rows * step) / Math.max(step, values[at] ?? step));
}

/** A value that is the mean of all others, in many rows: gaps were filled. */
export interface FilledMean {
  readonly column: string;
  readonly value: number;
  readonly rows: number;
  readonly share: number;
  /** Rows of the next most frequent value. */
  readonly next: number;
}

const LEAST_FILLED = 0.01;

/** Of the deviation: where the last decimal is so fine, a value that stands out five-fold and is the mean in it hits it by chance once in a hundred columns. */
const FINE = 0.005;

/**
 * The most frequent value equals the mean of the others to a relative 1e-6 and is written with more decimals than they are, or stands out five-fold; or it is that mean as rounded as they are, stands out and the rounding is fine. A typical
 * value of rounded numbers lies near the mean, but does not hit it.
 */
export function filledMean(context: AuditContext, column: NumberColumn): FilledMean | null {
  if (context.frame.rowNumbers !== null || column.type !== "number") return null;
  const { values, counts, present } = valueCounts(context, column);
  if (values.length < LEAST_DISTINCT / 2) return null;
  let top = 0;
  let next = -1;
  for (let i = 1; i < counts.length; i++) {
    if ((counts[i] ?? 0) > (counts[top] ?? 0)) [top, next] = [i, top];
    else if (next < 0 || (counts[i] ?? 0) > (counts[next] ?? 0)) next = i;
  }
  const [value, rows] = [values[top] ?? 0, counts[top] ?? 0];
  if (rows < 5 || rows < LEAST_FILLED * present || rows === present) return null;
  const others = values.reduce((sum, one, i) => (i === top ? sum : sum + one * (counts[i] ?? 0)), 0) / (present - rows);
  const spread = (values.at(-1) ?? 0) - (values[0] ?? 0);
  const nextRows = counts[next] ?? 0;
  if (Math.abs(others - value) > 1e-6 * Math.max(Math.abs(others), spread)) {
    const written = float64Where(values, (_, i) => i !== top);
    const half = 0.5 * 10 ** -decimalsOf(written);
    const isRounded = Math.abs(others - value) <= half && rows >= 5 * nextRows && values.length >= LEAST_DISTINCT;
    return isRounded && half <= FINE * standardDeviation(written)
      ? { column: column.name, value, rows, share: rows / present, next: nextRows }
      : null;
  }
  const finer = decimalsOfNumber(value) > decimalsOf(float64Where(values, (_, i) => i !== top));
  return finer || rows >= 5 * nextRows ? { column: column.name, value, rows, share: rows / present, next: nextRows } : null;
}
