import { quantile } from "../../stats/index.ts";
import type { NumberColumn } from "../columns/counts.ts";

/** A number that is the time between two dates, in a unit of the clock or the calendar. */
export interface ElapsedColumn {
  readonly number: NumberColumn;
  readonly from: NumberColumn;
  readonly to: NumberColumn;
  readonly unit: string;
  /** Days of the unit. */
  readonly days: number;
  /** The number is never written with a part of the unit. */
  readonly whole: boolean;
  readonly compared: number;
  readonly held: number;
}

/** Days of a unit, as people divide by them. */
const UNITS: Readonly<Record<string, readonly number[]>> = {
  seconds: [1 / 86_400],
  minutes: [1 / 1440],
  hours: [1 / 24],
  days: [1],
  weeks: [7],
  months: [30, 365.25 / 12, 30.5],
  years: [365, 365.25],
};

const HOLDS = 0.99;
const LEAST_ROWS = 20;
/** Rows from all over the table that refute nearly all pairs, though by chance fewer of them may hold. */
const FIRST_ROWS = 30;
const BY_CHANCE = 0.2;
const MOST_DATES = 12;
/** What a unit is off by: a day of counting both ends, part of a unit where it was cut to whole ones, and leap days; of a day's parts, one, and what is lost in counting days. */
const [OF_WHOLE, OF_PARTS, OF_LEAPS] = [1, 0.01, 0.001];
const OVER_ERROR = 10;

/**
 * Ages and lengths that two dates of the row give. Each number once, by the unit that fits best.
 * @param dates days since 1970, missing ones NaN
 * @param least share of the rows in which it holds
 * @param overError the times differ by so many times what they may be off by: else anything would fit. Fewer are enough where the caller looks what fits by chance
 */
export function elapsedColumns(
  dates: readonly NumberColumn[],
  numbers: readonly NumberColumn[],
  least: number = HOLDS,
  overError: number = OVER_ERROR,
): readonly ElapsedColumn[] {
  const looked = dates.slice(0, MOST_DATES);
  const pairs = looked.flatMap((from) => looked.filter((to) => to !== from).map((to) => ({ from, to })));
  return numbers.flatMap((number) => {
    const whole = number.values.every((value) => Number.isNaN(value) || Number.isInteger(value));
    const found = pairs.flatMap(({ from, to }) =>
      Object.entries(UNITS).flatMap(([unit, lengths]) =>
        lengths.flatMap((days) => {
          const fit = fits(number, { from, to, days, whole }, least, overError);
          return fit === null ? [] : [{ number, from, to, unit, days, whole, ...fit }];
        }),
      ),
    );
    const [best] = found.sort((a, b) => b.held - a.held || a.off - b.off);
    return best === undefined ? [] : [best];
  });
}

/** What the number is off by in a row, in units, and what it may be off by. */
export function elapsedError(number: NumberColumn, from: NumberColumn, to: NumberColumn, days: number, whole: boolean, row: number) {
  const time = ((to.values[row] ?? Number.NaN) - (from.values[row] ?? Number.NaN)) / days;
  const error = Math.abs((number.values[row] ?? Number.NaN) - time);
  const allowed = days < 1 ? OF_WHOLE + OF_PARTS : (whole && days > 1 ? OF_WHOLE : OF_PARTS + 1 / days) + OF_LEAPS * Math.abs(time);
  return { time, error, allowed };
}

function fits(
  number: NumberColumn,
  { from, to, days, whole }: Pick<ElapsedColumn, "from" | "to" | "days" | "whole">,
  least: number,
  overError: number,
) {
  const errorAt = (row: number) => elapsedError(number, from, to, days, whole, row);
  if (!holdsInFew(number.values.length, errorAt, least)) return null;
  const times: number[] = [];
  let [held, off, widest] = [0, 0, 0];
  for (let row = 0; row < number.values.length; row++) {
    const { time, error, allowed } = errorAt(row);
    if (Number.isNaN(error)) continue;
    times.push(time);
    held += Number(error <= allowed);
    off += error;
    widest = Math.max(widest, allowed);
  }
  if (times.length < LEAST_ROWS || held < least * times.length) return null;
  const spread = quantile(times, 0.95) - quantile(times, 0.05);
  return spread >= overError * widest ? { compared: times.length, held, off: off / times.length } : null;
}

/** Whether it may hold in all rows, by a few of them. */
function holdsInFew(rows: number, errorAt: (row: number) => ReturnType<typeof elapsedError>, least: number): boolean {
  const step = Math.max(1, Math.floor(rows / (3 * FIRST_ROWS)));
  let [compared, held] = [0, 0];
  for (let row = 0; row < rows && compared < FIRST_ROWS; row += step) {
    const { error, allowed } = errorAt(row);
    if (Number.isNaN(error)) continue;
    compared++;
    held += Number(error <= allowed);
  }
  return compared < FIRST_ROWS || held >= (least - BY_CHANCE) * compared;
}
