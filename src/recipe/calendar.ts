import type { DatePart } from "../core/recipe.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Whole-number arithmetic over numbers `T`: plain numbers here, int64 tensors in a graph. `div` and `mod` round down. */
export interface IntegerArithmetic<T> {
  constant(value: number): T;
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, by: number): T;
  mod(a: T, by: number): T;
  /** `a` where `value < limit`, else `b`. */
  whereBelow(value: T, limit: number, a: T, b: T): T;
}

/**
 * A part of a moment in the proleptic Gregorian calendar, UTC. weekday: 0 = Monday ... 6. days: whole days since 1970-01-01.
 * @param ms whole milliseconds since 1970, may be negative
 * Source: H. Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
 */
export function datePart<T>(ops: IntegerArithmetic<T>, ms: T, part: DatePart): T {
  const days = ops.div(ms, DAY_MS);
  if (part === "days") return days;
  if (part === "hour") return ops.div(ops.mod(ms, DAY_MS), HOUR_MS);
  if (part === "weekday") return ops.mod(ops.add(days, ops.constant(3)), 7);
  return civilPart(ops, days, part);
}

function civilPart<T>(ops: IntegerArithmetic<T>, days: T, part: "year" | "month" | "day"): T {
  const { add, sub, mul, div, mod, constant } = ops;
  const shifted = add(days, constant(719_468)); // days since 0000-03-01
  const dayOfEra = mod(shifted, 146_097);
  const leapDays = add(sub(div(dayOfEra, 1460), div(dayOfEra, 36_524)), div(dayOfEra, 146_096));
  const yearOfEra = div(sub(dayOfEra, leapDays), 365);
  const yearDays = sub(add(mul(yearOfEra, constant(365)), div(yearOfEra, 4)), div(yearOfEra, 100));
  const dayOfYear = sub(dayOfEra, yearDays); // from 1 March
  const marchMonth = div(add(mul(dayOfYear, constant(5)), constant(2)), 153);
  if (part === "day") return add(sub(dayOfYear, div(add(mul(marchMonth, constant(153)), constant(2)), 5)), constant(1));
  const month = ops.whereBelow(marchMonth, 10, add(marchMonth, constant(3)), sub(marchMonth, constant(9)));
  if (part === "month") return month;
  const marchYear = add(yearOfEra, mul(div(shifted, 146_097), constant(400)));
  return ops.whereBelow(month, 3, add(marchYear, constant(1)), marchYear);
}

/**
 * Days since 1970-01-01 of a date in the proleptic Gregorian calendar.
 * @param month 1..12
 * @param day 1..31; a day that the month does not have is counted on from its end
 * Source: as above, days_from_civil.
 */
export function daysOfDate<T>(ops: IntegerArithmetic<T>, year: T, month: T, day: T): T {
  const { add, sub, mul, div, mod, constant } = ops;
  const marchYear = ops.whereBelow(month, 3, sub(year, constant(1)), year);
  const marchMonth = ops.whereBelow(month, 3, add(month, constant(9)), sub(month, constant(3)));
  const yearOfEra = mod(marchYear, 400);
  const dayOfYear = sub(add(div(add(mul(marchMonth, constant(153)), constant(2)), 5), day), constant(1));
  const leapDays = sub(div(yearOfEra, 4), div(yearOfEra, 100));
  const dayOfEra = add(add(mul(yearOfEra, constant(365)), leapDays), dayOfYear);
  return sub(add(mul(div(marchYear, 400), constant(146_097)), dayOfEra), constant(719_468));
}

export const PLAIN_ARITHMETIC: IntegerArithmetic<number> = {
  constant: (value) => value,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, by) => Math.floor(a / by),
  mod: (a, by) => a - Math.floor(a / by) * by,
  whereBelow: (value, limit, a, b) => (value < limit ? a : b),
};
