import { float64From, float64Where, int32From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { quantile, standardDeviation } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { finestFirst } from "../columns/finest-first.ts";
import { halfDecimalOf } from "../columns/written-decimals.ts";

/** Two or three columns whose product of powers is one constant in nearly all rows, as logarithms, and what the other rows are off by. */
export interface BrokenIdentity {
  readonly columns: readonly NumberColumn[];
  readonly powers: readonly number[];
  /** Logarithm of the constant. */
  readonly constant: number;
  readonly compared: number;
  /** Rows in which it holds, those in which it does not, and what these are off by (log). */
  readonly held: Int32Array;
  readonly broken: Int32Array;
  readonly off: Float64Array;
}

const MOST_COLUMNS = 16;
const LEAST_DISTINCT = 20;
/** Rows looked at first, evenly spread, of which not all may be complete; as many of them must be as of all, but for chance. */
const [PROBED, LEAST_PROBED] = [120, 0.7];
/** Share of the rows in which it holds: of those looked at first, and of all. */
const [PROBED_SHARE, LEAST_SHARE] = [0.75, 0.85];
/** Rows of which it may be said. */
const LEAST_ROWS = 100;
/** Relative; what rounding does is more where numbers are coarse. */
export const CLOSE = 0.005;
/** Each column is told apart from one that stands beside other rows: else it has no part in it. */
const BY_CHANCE = 0.5;
/** Deviations of each column in units of what counts as close. */
const LEAST_SPREAD = 4;
/** A wrong row is worth a word from so many on. */
export const LEAST_BROKEN = 5;

const PAIR = [[1, -1]];
/** Products and ratios of three, one of them squared at most. */
const TRIPLES = [1, -1].flatMap((b) =>
  [1, -1].flatMap((c) => [
    [1, b, c],
    [2, b, c],
    [1, 2 * b, c],
    [1, b, 2 * c],
  ]),
);

/** Codes for "no value" of a column. */
export type CodesOf = (name: string) => ReadonlySet<number>;

/** Computed once for each audit. */
export function brokenIdentities(context: AuditContext, codesOf: CodesOf): readonly BrokenIdentity[] {
  return context.shared("broken identities", () => {
    const named = numberFeatures(context).filter(({ name }) => infoOf(context, name).distinct >= LEAST_DISTINCT);
    const columns = finestFirst(named, ({ name }) => infoOf(context, name).distinct)
      .slice(0, MOST_COLUMNS)
      .map((column) => logsOf(context, column, codesOf(column.name)));
    const pairs = columns.flatMap((a, i) => columns.slice(i + 1).map((b) => [a, b]));
    const found = pairs.flatMap((pair) => identityOf(pair, PAIR) ?? []);
    // Where two hold alone, a third adds nothing.
    const isPaired = (a: Logs, b: Logs) => found.some((one) => one.columns.includes(a.column) && one.columns.includes(b.column));
    const triples = pairs.flatMap(([a, b], _, all) =>
      a === undefined || b === undefined || isPaired(a, b)
        ? []
        : all.flatMap(([other, c]) => (other === b && c !== undefined && !isPaired(a, c) && !isPaired(b, c) ? [[a, b, c]] : [])),
    );
    return [...found, ...triples.flatMap((triple) => identityOf(triple, TRIPLES) ?? [])];
  });
}

interface Logs {
  readonly column: NumberColumn;
  readonly half: number;
  /** Of the rows that are looked at first, and what rounding each value leads to; NaN where there is no number above 0. */
  readonly probed: Float64Array;
  readonly rounding: Float64Array;
  /** Of all rows; null where too few numbers are above 0, or all are nearly one. Most columns are never asked for them. */
  whole(): Float64Array | null;
}

function logsOf(context: AuditContext, column: NumberColumn, codes: ReadonlySet<number>): Logs {
  const half = halfDecimalOf(context, column);
  const logOf = (value: number) => (value > 0 && !codes.has(value) ? Math.log(value) : Number.NaN);
  const probed = float64From(probedRows(column.values.length), (row) => logOf(column.values[row] as number));
  let all: Float64Array | null | undefined;
  return {
    column,
    half,
    probed,
    rounding: float64From(probed, (log) => half / Math.exp(log)),
    whole: () => {
      all ??= spreadOut(float64From(column.values, logOf));
      return all;
    },
  };
}

/** null of too few numbers, or of nearly one. */
function spreadOut(logs: Float64Array): Float64Array | null {
  const present = float64Where(logs, (log) => !Number.isNaN(log));
  const isSpread = present.length >= LEAST_ROWS && 2 * present.length >= logs.length;
  return isSpread && standardDeviation(present) >= LEAST_SPREAD * CLOSE ? logs : null;
}

const stepOver = (rows: number) => Math.max(1, Math.floor(rows / (2 * PROBED)));

function probedRows(rows: number): Int32Array {
  const step = stepOver(rows);
  return int32From(placesUpTo(Math.ceil(rows / step)), (place) => place * step);
}

function identityOf(columns: readonly Logs[], forms: readonly (readonly number[])[]): BrokenIdentity | null {
  const length = columns[0]?.column.values.length ?? 0;
  const probes = completeProbes(columns);
  if (2 * probes.length * stepOver(length) < LEAST_PROBED * length) return null;
  for (const powers of forms) {
    const constant = constantOf(columns, powers, probes);
    if (constant === null || !needsAll(columns, powers, probes)) continue;
    const whole = columns.flatMap((one) => one.whole() ?? []);
    if (whole.length < columns.length) return null;
    const complete = int32Where(placesUpTo(length), (row) => whole.every((values) => !Number.isNaN(values[row])));
    if (complete.length < LEAST_ROWS || 2 * complete.length < length) return null;
    const halves = columns.map(({ half }) => half);
    const offAt = (row: number) => whole.reduce((sum, values, i) => sum + (powers[i] ?? 0) * (values[row] ?? Number.NaN), 0) - constant;
    const roundingAt = (row: number) =>
      whole.reduce((sum, values, i) => sum + Math.abs(powers[i] ?? 0) * ((halves[i] ?? 0) / Math.exp(values[row] ?? 0)), 0);
    const isHeld = (row: number) => Math.abs(offAt(row)) <= slackOf(roundingAt(row));
    const held = int32Where(complete, isHeld);
    if (held.length < LEAST_SHARE * complete.length) continue;
    const broken = int32Where(complete, (row) => !isHeld(row));
    return {
      columns: columns.map(({ column }) => column),
      powers,
      constant,
      compared: complete.length,
      held,
      broken,
      off: float64From(broken, offAt),
    };
  }
  return null;
}

/** What rounding of all columns leads to, and no less than what counts as close. */
function slackOf(rounding: number): number {
  return Math.max(CLOSE, 1.02 * rounding);
}

/** Places of the probed rows in which no column lacks a value. */
function completeProbes(columns: readonly Logs[]): Int32Array {
  const length = columns[0]?.probed.length ?? 0;
  const places = new Int32Array(length);
  let count = 0;
  for (let place = 0; place < length; place++) {
    let isComplete = true;
    for (const { probed } of columns) if (Number.isNaN(probed[place] as number)) isComplete = false;
    if (isComplete) places[count++] = place;
  }
  return places.subarray(0, count);
}

/** null where most rows have no value in common. */
function constantOf(columns: readonly Logs[], powers: readonly number[], places: Int32Array): number | null {
  const { middle, close } = aboutMiddle(columns, powers, places, -1);
  return close >= PROBED_SHARE * places.length ? middle : null;
}

/** With any one of the columns from other rows it no longer holds. */
function needsAll(columns: readonly Logs[], powers: readonly number[], places: Int32Array): boolean {
  return columns.every((_, own) => aboutMiddle(columns, powers, places, own).close < BY_CHANCE * places.length);
}

/** Median of the totals, and how many lie close to it. turned: the column of which half of the rows further on is taken, -1 = none. */
function aboutMiddle(
  columns: readonly Logs[],
  powers: readonly number[],
  places: Int32Array,
  turned: number,
): { readonly middle: number; readonly close: number } {
  const count = places.length;
  const [totals, roundings] = [new Float64Array(count), new Float64Array(count)];
  for (const [i, { probed, rounding }] of columns.entries())
    addTo(totals, roundings, { probed, rounding, power: powers[i] ?? 0 }, places, i === turned ? Math.floor(count / 2) : 0);
  const middle = quantile(totals, 0.5);
  return { middle, close: countClose(totals, roundings, middle) };
}

function addTo(
  totals: Float64Array,
  roundings: Float64Array,
  { probed, rounding, power }: Pick<Logs, "probed" | "rounding"> & { readonly power: number },
  places: Int32Array,
  apart: number,
): void {
  const [count, times] = [places.length, Math.abs(power)];
  for (let i = 0; i < count; i++) {
    const other = i + apart < count ? i + apart : i + apart - count;
    totals[i] = (totals[i] as number) + power * (probed[places[other] as number] as number);
    roundings[i] = (roundings[i] as number) + times * (rounding[places[i] as number] as number);
  }
}

function countClose(totals: Float64Array, roundings: Float64Array, middle: number): number {
  let close = 0;
  for (let i = 0; i < totals.length; i++) if (Math.abs((totals[i] as number) - middle) <= slackOf(roundings[i] as number)) close++;
  return close;
}
