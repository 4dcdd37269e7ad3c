import { mean } from "../../stats/index.ts";

/** A step that shows only against the same season of the year before: the season itself is larger. */
export interface YearStep {
  /** First value after the step. */
  readonly at: number;
  /** Values after it against those of a year before it, as a ratio; and the same of two values on one side of it. */
  readonly ratio: number;
  readonly usual: number;
  /** In standard errors of the difference, neighbours that hang together counted less. */
  readonly z: number;
  /** Of the spread of what changes over a year. */
  readonly explained: number;
}

const DAY = 86_400_000;
/** Four weeks, thirteen of which are a year of whole weeks: a Monday is held against a Monday. */
const [PERIOD, PERIODS] = [28 * DAY, 13];
/** Values in a period, periods that compare over the step and periods that do not. */
const [LEAST_VALUES, LEAST_PERIODS] = [8, 4];
const MOST_NOT_POSITIVE = 0.05;
/** A smaller change is one of a good year. */
const LEAST_RATIO = 1.5;
/** Of the step. From there on the year of the step may be the quieter one, and the change belongs to all the others. */
const MOST_GROWTH = 0.5;
const LEAST_EXPLAINED = 0.75;
const LEAST_Z = 5;
/** So many periods lie nearer to their own level than to the other: what grows for months lies between. */
const CLEAR = 0.9;

/**
 * values, times: along time; times in ms since 1970, ascending. logs: of the values, less what is known of them, NaN where there is none. Of a period they are held against
 * those of the same period a year before: over the step they differ, before it and from a year after it on they do not. null: less than a year and a half, values of 0 and
 * below, no such step, or one that is less than twice what the values change in any year.
 */
export function stepOverYears(values: Float64Array, times: Float64Array, logs: Float64Array): YearStep | null {
  const notPositive = values.filter((value) => value <= 0).length;
  if (values.length === 0 || notPositive > MOST_NOT_POSITIVE * values.length) return null;
  const periods = periodsOf(logs, times);
  const overYear = periods.map((value, k) => (k < PERIODS ? Number.NaN : value - (periods[k - PERIODS] ?? Number.NaN)));
  let best: (Fit & { readonly period: number }) | null = null;
  for (let period = PERIODS; period < periods.length; period++) {
    const fit = fitAt(overYear, period);
    if (fit !== null && (best === null || fit.explained > best.explained)) best = { ...fit, period };
  }
  if (best === null || best.explained < LEAST_EXPLAINED || best.z < LEAST_Z || best.clear < CLEAR) return null;
  const { step, growth, z, explained, period } = best;
  if (Math.abs(step) < Math.log(LEAST_RATIO) || Math.abs(growth) >= MOST_GROWTH * Math.abs(step)) return null;
  const at = placeWithin(logs, times, periods, best, period);
  return at === null ? null : { at, ratio: Math.exp(growth + step), usual: Math.exp(growth), z, explained };
}

function periodOf(time: number, times: Float64Array): number {
  return Math.floor((time - (times[0] as number)) / PERIOD);
}

/** Mean of each period; NaN of one with too few values. */
function periodsOf(logs: Float64Array, times: Float64Array): readonly number[] {
  const count = periodOf(times.at(-1) ?? Number.NaN, times) + 1;
  if (!(count > PERIODS && count < 10_000)) return [];
  const [sums, held] = [new Float64Array(count), new Int32Array(count)];
  for (let i = 0; i < logs.length; i++) {
    const [value, period] = [logs[i] as number, periodOf(times[i] as number, times)];
    if (!Number.isFinite(value)) continue;
    sums[period] = (sums[period] as number) + value;
    held[period] = (held[period] as number) + 1;
  }
  return Array.from(sums, (sum, period) => ((held[period] as number) < LEAST_VALUES ? Number.NaN : sum / (held[period] as number)));
}

interface Fit {
  readonly growth: number;
  readonly step: number;
  readonly explained: number;
  readonly z: number;
  readonly clear: number;
}

/** The step is within the period: that one, and the one a year later, are of both sides. */
function fitAt(overYear: readonly number[], period: number): Fit | null {
  const kept = overYear.flatMap((value, k) =>
    Number.isNaN(value) || k === period || k === period + PERIODS ? [] : [{ value, isOver: k > period && k < period + PERIODS }],
  );
  const over = kept.filter(({ isOver }) => isOver).map(({ value }) => value);
  const others = kept.filter(({ isOver }) => !isOver).map(({ value }) => value);
  if (Math.min(over.length, others.length) < LEAST_PERIODS) return null;
  const growth = mean(others);
  const step = mean(over) - growth;
  const left = kept.map(({ value, isOver }) => value - growth - (isOver ? step : 0));
  const [all, middle] = [kept.map(({ value }) => value), mean(kept.map(({ value }) => value))];
  const spread = all.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  const squares = left.reduce((sum, value) => sum + value ** 2, 0);
  const together = left.slice(1).reduce((sum, value, i) => sum + value * (left[i] ?? 0), 0) / squares;
  const held = Math.min(0.9, Math.max(0, together));
  const error = Math.sqrt((squares / (kept.length - 2)) * (1 / over.length + 1 / others.length) * ((1 + held) / (1 - held)));
  const clear = left.filter((value) => Math.abs(value) < Math.abs(step) / 2).length / left.length;
  return { growth, step, explained: 1 - squares / spread, z: Math.abs(step) / error, clear };
}

/** The place in and around the period from which on values are nearer to those after the step. null: it has none. */
function placeWithin(
  logs: Float64Array,
  times: Float64Array,
  periods: readonly number[],
  { growth, step }: Fit,
  period: number,
): number | null {
  let [best, least, sum]: [number | null, number, number] = [null, 0, 0];
  for (let i = 0; i < logs.length; i++) {
    const own = periodOf(times[i] as number, times);
    const before = periods[own - PERIODS] ?? Number.NaN;
    if (own < period - 1 || own > period + 1) continue;
    // Rows of one time are on one side.
    if (times[i] !== times[i - 1] && (best === null || sum < least)) [best, least] = [i, sum];
    const value = (logs[i] as number) - before - growth;
    if (Number.isFinite(value)) sum += value ** 2 - (value - step) ** 2;
  }
  return best;
}
