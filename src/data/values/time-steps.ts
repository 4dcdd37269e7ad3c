import { float64Where } from "../../core/typed-from.ts";
/** The rhythm of a regular series, and where it breaks. Times in milliseconds. */
export interface TimeSteps {
  /** The most frequent step between different times. */
  readonly step: number;
  /** Share of the steps that are of this length. */
  readonly regular: number;
  readonly times: number;
  /** Rows beyond the first of each time, and all rows that share theirs with another. */
  readonly repeats: number;
  readonly sharing: number;
  /** Pauses that come again and again at the same place of the day or the week: nights, weekends. */
  readonly habitual: number;
  /** Other pauses, longest first: the time before, and how many steps are left out. */
  readonly gaps: readonly { readonly at: number; readonly left: number }[];
  /** Those of the gaps that are no multiple of the rhythm. */
  readonly loose: number;
  /** Steps shorter than the rhythm, or a little longer. */
  readonly odd: number;
}

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** Steps of about a month or a year are of several lengths: all within this share of the rhythm are of its length. */
const CALENDAR_SLACK = 0.12;
const LONG_STEP_MS = 27 * 24 * HOUR_MS;
/** A pause that comes back in so many of the weeks (or is one in so many steps) is a habit. */
const HABIT_SHARE = 0.2;
const LEAST_HABIT = 3;
/** From so many steps on a pause leaves one out, whether or not it is a multiple. */
const LEAST_GAP = 1.5;
/** Holidays make a weekend up to so many times as long. */
const LENGTHENED = 2;

/** null when there are fewer than `least` different times. times: ascending, may repeat. */
export function timeSteps(times: Float64Array, least: number): TimeSteps | null {
  const distinct = float64Where(times, (time, i) => i === 0 || time !== times[i - 1]);
  if (distinct.length < least) return null;
  const steps = distinct.slice(1).map((time, i) => time - (distinct[i] ?? 0));
  const step = mostFrequent(steps);
  const slack = step >= LONG_STEP_MS ? CALENDAR_SLACK * step : 0;
  const isRegular = (length: number) => Math.abs(length - step) <= slack;
  const pauses = Array.from(steps.entries()).filter(([, length]) => length > step + slack);
  const habits = habitsOf(
    pauses.map(([place, length]) => ({ at: distinct[place] ?? 0, length })),
    distinct,
    step,
  );
  const isMultiple = (length: number) => slack > 0 || Math.abs(length / step - Math.round(length / step)) < 1e-6;
  const isGap = (length: number) => isMultiple(length) || length >= LEAST_GAP * step;
  const open = pauses
    .filter(([place, length]) => isGap(length) && !habits(distinct[place] ?? 0, length))
    .map(([place, length]) => ({ at: distinct[place] ?? 0, left: Math.round(length / step) - 1, loose: !isMultiple(length) }))
    .sort((a, b) => b.left - a.left || a.at - b.at);
  const isHoliday = holidays(open, habits, step, (distinct.at(-1) ?? 0) - (distinct[0] ?? 0));
  const gaps = open.filter((gap) => !isHoliday(gap));
  const habitual = pauses.filter(([place, length]) => habits(distinct[place] ?? 0, length)).length + open.length - gaps.length;
  const regular = float64Where(steps, isRegular).length;
  return {
    step,
    regular: regular / steps.length,
    times: distinct.length,
    repeats: times.length - distinct.length,
    sharing: float64Where(times, (time, i) => time === times[i - 1] || time === times[i + 1]).length,
    habitual,
    gaps,
    loose: gaps.filter(({ loose }) => loose).length,
    odd: steps.length - regular - habitual - gaps.length,
  };
}

function mostFrequent(steps: Float64Array): number {
  const counts = new Map<number, number>();
  for (const step of steps) counts.set(step, (counts.get(step) ?? 0) + 1);
  let [best, most] = [0, 0];
  for (const [step, count] of counts) if (count > most || (count === most && step < best)) [best, most] = [step, count];
  return best;
}

/**
 * A pause is a habit when pauses that begin at its hour of the week come in a fifth of the weeks, or pauses of its length at its hour of the day in a fifth of the days: weekends,
 * nights, hours of trade. Holidays lengthen them.
 */
function habitsOf(
  pauses: readonly { at: number; length: number }[],
  times: Float64Array,
  step: number,
): (at: number, length: number) => boolean {
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const hourOfWeek = (at: number) => Math.floor((((at % WEEK_MS) + WEEK_MS) % WEEK_MS) / HOUR_MS);
  const daily = count(pauses.map(({ at, length }) => dayKey(at, length)));
  const enough = (found: number | undefined, periods: number) => (found ?? 0) >= Math.max(LEAST_HABIT, HABIT_SHARE * periods);
  const [weeks, days] = [span / WEEK_MS, span / (24 * HOUR_MS)];
  const byHour = new Map<number, number[]>();
  for (const { at, length } of pauses) {
    const held = byHour.get(hourOfWeek(at));
    if (held === undefined) byHour.set(hourOfWeek(at), [length]);
    else held.push(length);
  }
  const longest = new Map(
    Array.from(byHour, ([hour, lengths]): [number, number] => {
      lengths.sort((a, b) => a - b);
      return [hour, enough(lengths.length, weeks) ? LENGTHENED * (lengths[lengths.length >> 1] ?? 0) : -1];
    }),
  );
  return (at, length) =>
    (step < WEEK_MS && length <= (longest.get(hourOfWeek(at)) ?? -1)) ||
    (step < 24 * HOUR_MS && enough(daily.get(dayKey(at, length)), days));
}

/** Most holidays of a country in a year. */
const MOST_HOLIDAYS = 16;

/** In a series of working days, days that are left out alone or beside a weekend (up to three in a row) are holidays, as long as a year has not too many. */
function holidays(
  gaps: TimeSteps["gaps"],
  habits: (at: number, length: number) => boolean,
  step: number,
  span: number,
): (gap: TimeSteps["gaps"][number]) => boolean {
  const day = 24 * HOUR_MS;
  if (step !== day) return () => false;
  const hasWeekends = (at: number) => Array.from({ length: 7 }, (_, i) => habits(at + i * day, 0)).some(Boolean);
  const isHoliday = (gap: TimeSteps["gaps"][number]) => gap.left <= 3 && hasWeekends(gap.at);
  return gaps.filter(isHoliday).length <= MOST_HOLIDAYS * Math.max(1, span / (365 * day)) ? isHoliday : () => false;
}

function dayKey(at: number, length: number): string {
  return `${new Date(at).getUTCHours()} ${length}`;
}

function count<K>(keys: readonly K[]): ReadonlyMap<K, number> {
  const counts = new Map<K, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** A series whose steps are of one length so often was meant to be regular. */
const REGULAR = 0.8;
/** With pauses as a habit most steps are still of the rhythm itself: of batches that are made on any day they are not. */
const LEAST_STEPS = 0.5;
/** More rows that share their time with another are several series, or a table of events. */
const MOST_REPEATS = 0.2;
/** Breaks beyond this share are no exceptions any more. */
const MOST_BREAKS = 0.1;

/** Whether times go in one rhythm, with breaks as exceptions; or are whole steps apart, some of which were lost by chance. rows: with a time. */
export function isRegular(steps: TimeSteps, rows: number): boolean {
  return isSeries(steps, rows) || isLattice(steps, rows);
}

function isSeries({ regular, repeats, gaps, odd, times, habitual }: TimeSteps, rows: number): boolean {
  const breaks = (gaps.length + odd) / Math.max(1, times - 1);
  return (
    regular >= LEAST_STEPS &&
    regular + habitual / Math.max(1, times - 1) >= REGULAR &&
    repeats <= MOST_REPEATS * rows &&
    breaks <= MOST_BREAKS
  );
}

/** Events that fall on days or hours by chance share them: so few do where one row of each time was meant. */
const FEW_REPEATS = 0.02;
const FEW_ODD = 0.01;
/** Share of the steps that are of one length where four of ten times are lost by chance. */
const MOST_STEPS = 0.6;

/** All times are whole steps apart, no two rows share one, and most of what is between the first and the last is there. */
function isLattice({ regular, repeats, odd, loose, times }: TimeSteps, rows: number): boolean {
  return regular >= MOST_STEPS && odd + loose <= FEW_ODD * times && repeats <= FEW_REPEATS * rows;
}
