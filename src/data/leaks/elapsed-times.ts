import type { Column } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { columnsNamed } from "../columns/column-facts.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { DAY_MS } from "../columns/features.ts";
import { targetView } from "../columns/target-view.ts";
import { type Association, associate, associationsOf, zThreshold } from "../signal/associations.ts";
import { haveSeconds, writeTimes } from "../values/clock-numbers.ts";
import { type ElapsedColumn, elapsedColumns, elapsedError } from "../values/elapsed-columns.ts";
import { type BesideChange, toldBesideChange } from "./beside-a-change.ts";

/** Two times of the day, or two dates, whose distance nearly gives the target although neither does alone: the end as planned and as it was. */
export interface ElapsedTime {
  readonly columns: readonly [string, string];
  readonly together: Association;
  readonly alone: number;
  /** The target is that time in a unit, give or take one of it, in so many of the rows that have both and a label; null: it is not. */
  readonly exact: { readonly unit: string; readonly share: number; readonly sure: boolean } | null;
  /** It gives the target before and after that changed its meaning, and less of all rows together; null: of all rows. */
  readonly beside: BesideChange | null;
}

/** Rows in which it holds: a good plan (a promised delivery, a booked return) comes within a day of nine in ten, so that fewer than nearly all ask. */
const [SURE_ROWS, MOST_ROWS] = [0.99, 0.6];
/** A unit and what is lost in counting it, and leap days. */
const [ONE_UNIT, OF_LEAPS] = [1.01, 0.001];
/** For a question the times need not differ by much more than they are rounded by: what fits by chance is counted. */
const OVER_ERROR = 3;
/** Half a minute, by which a time of the day is rounded, of each of the two. */
const MINUTE = 1;
const LEAST_ROWS = 30;
/** Of two slots of one length the difference is always about the same, and so is many a small number: with the numbers of other rows it must hold far more seldom. */
const CHANCE_SHARE = 0.5;

const MOST_COLUMNS = 12;
const ROWS = 2_000;
/** As for differences of other numbers (pair-jumps.ts, near-formulas.ts). */
const TOGETHER = 0.98;
const ALONE = 0.93;
const DAY = 24 * 60;

export interface DayTime {
  readonly column: NumberColumn;
  readonly read: (row: number) => number;
  /** A clock begins anew each day: the shorter way round is meant. */
  readonly isClock: boolean;
}

/** The best pairs first. A difference of clock numbers as they stand errs by 40 at each hour and by a day at midnight, so they are read as minutes. */
export function elapsedTimes(context: AuditContext): readonly ElapsedTime[] {
  const associations = associationsOf(context);
  const scoreOf = ({ column }: DayTime) => associations.get(column.name)?.score ?? (column.name === context.roles.time ? 0 : 1);
  const times = [...timesOf(context), ...timeOfRows(context)].filter((time) => scoreOf(time) < ALONE).slice(0, MOST_COLUMNS);
  const pairs = times.flatMap((a, i) => times.slice(i + 1).flatMap((b): [DayTime, DayTime][] => (a.isClock === b.isClock ? [[a, b]] : [])));
  const limit = zThreshold(pairs.length);
  const found = pairs.flatMap(([a, b]): ElapsedTime[] => {
    const columns: [string, string] = [a.column.name, b.column.name];
    const together = togetherOf(context, a, b);
    if (together === null) return [];
    const isOverall = together.score >= TOGETHER && together.z > limit;
    const exact = exactUnit(context, a, b);
    const beside = isOverall || exact !== null ? null : givenBeside(context, a, b, limit);
    if (!isOverall && exact === null && beside === null) return [];
    return [{ columns, together, alone: Math.max(scoreOf(a), scoreOf(b)), exact, beside }];
  });
  return found.sort((x, y) => y.together.score - x.together.score || (x.columns.join() < y.columns.join() ? -1 : 1));
}

/** The time of the rows is no feature, and what was done at another time than planned tells by it all the same. */
function timeOfRows(context: AuditContext): readonly DayTime[] {
  const { time } = context.roles;
  return time === null ? [] : columnsNamed(context.frame, [time]).flatMap((column) => timeOf(context, column) ?? []);
}

/** Of the rows that have both times, if they are most of the labelled ones: others are missing, not wrong. */
function togetherOf(context: AuditContext, a: DayTime, b: DayTime): Association | null {
  const both = context.target.map((value, row) => (Number.isNaN(timeBetween(a, b, row)) ? Number.NaN : value));
  const [labelled, present] = [context.target, both].map((values) => values.reduce((sum, one) => sum + Number(!Number.isNaN(one)), 0));
  if (present === undefined || labelled === undefined || 2 * present < labelled) return null;
  const view = targetView(both, context.task, ROWS, context.seed);
  const values = new Float64Array(context.frame.rows).fill(Number.NaN);
  for (const row of view.rows) values[row] = timeBetween(a, b, row);
  return associate({ name: `${a.column.name} - ${b.column.name}`, type: "number", values }, view);
}

function givenBeside(context: AuditContext, a: DayTime, b: DayTime, limit: number): BesideChange | null {
  const told = toldBesideChange(context, (rows) => ({
    name: `${a.column.name} - ${b.column.name}`,
    type: "number",
    values: Float64Array.from(rows, (row) => timeBetween(a, b, row)),
  }));
  return told !== null && Math.min(told.before, told.after) >= TOGETHER && told.z > limit ? told : null;
}

/** The target is the time between both in most of the rows that have it, and seldom that of other rows: what is off was entered wrongly, or in another unit. */
function exactUnit(context: AuditContext, a: DayTime, b: DayTime): ElapsedTime["exact"] {
  if (context.task.kind !== "regression") return null;
  const { target, roles } = context;
  if (a.isClock) {
    const share = Math.max(minutesBetween(a, b, target), minutesBetween(b, a, target));
    return share < MOST_ROWS ? null : { unit: "minutes", share, sure: share >= SURE_ROWS };
  }
  const dates = [a, b].map(({ column }) => ({ ...column, type: "number" as const, values: column.values.map((ms) => ms / DAY_MS) }));
  const number = { name: roles.target, type: "number" as const, values: target };
  const [sure] = elapsedColumns(dates, [number], SURE_ROWS);
  const [found] = sure === undefined ? elapsedColumns(dates, [number], MOST_ROWS, OVER_ERROR) : [sure];
  if (found === undefined || heldByChance(found) > CHANCE_SHARE * found.held) return null;
  return { unit: found.unit, share: found.held / found.compared, sure: sure !== undefined && isCutOneWay(found) };
}

/** What is counted from two dates is cut or rounded in one way, so that the numbers lie within one unit; those of a good plan are now below and now above it. */
function isCutOneWay({ number, from, to, days, whole }: ElapsedColumn): boolean {
  const rows = number.values.map((_, row) => row);
  const times = rows.map((row) => elapsedError(number, from, to, days, whole, row).time);
  const off = times
    .map((time, row) => (number.values[row] as number) - time)
    .filter((one) => !Number.isNaN(one))
    .sort();
  const most = times.reduce((widest, time) => (Number.isNaN(time) ? widest : Math.max(widest, Math.abs(time))), 0);
  const held = Math.ceil(SURE_ROWS * off.length);
  return off.some((one, place) => (off[place + held - 1] ?? Number.POSITIVE_INFINITY) - one <= ONE_UNIT + OF_LEAPS * most);
}

/** How far away another row is, of all: not half, as the copies of the rows are where a file holds them twice. */
const ELSEWHERE = 0.38;

/** Rows in which the time between the dates is the number of a row far away. */
function heldByChance({ number, from, to, days, whole }: ElapsedColumn): number {
  const elsewhere = Math.floor(ELSEWHERE * number.values.length);
  const moved = { ...number, values: number.values.map((_, row, all) => all[(row + elsewhere) % all.length] ?? Number.NaN) };
  let held = 0;
  for (let row = 0; row < moved.values.length; row++) {
    const { error, allowed } = elapsedError(moved, from, to, days, whole, row);
    held += Number(error <= allowed);
  }
  return held;
}

/** Share of the rows that have all three in which the values are the minutes from b to a; 0 where they are so by chance as well, or in too few rows. */
export function minutesBetween(a: DayTime, b: DayTime, values: Float64Array): number {
  const elsewhere = Math.floor(ELSEWHERE * values.length);
  let [rows, equal, byChance, moved] = [0, 0, 0, 0];
  for (let row = 0; row < values.length; row++) {
    const between = timeBetween(a, b, row);
    const off = Math.abs(between - (values[row] ?? Number.NaN));
    if (Number.isNaN(off)) continue;
    rows++;
    if (off <= MINUTE) equal++;
    if (Math.abs(between - (values[(row + elsewhere) % values.length] ?? Number.NaN)) <= MINUTE) byChance++;
    if (Math.abs(values[row] ?? 0) > 2 * MINUTE) moved++;
  }
  // Of two columns that are equal nearly everywhere the difference is any small number.
  return rows < LEAST_ROWS || moved < rows / 10 || byChance > CHANCE_SHARE * equal ? 0 : equal / rows;
}

/** Features that are dates, or numbers that write a time of the day. */
export function timesOf(context: AuditContext): readonly DayTime[] {
  return columnsNamed(context.frame, context.roles.features).flatMap((column) => timeOf(context, column) ?? []);
}

/** Minutes of clocks, the shorter way round; milliseconds of dates. */
export function timeBetween(a: DayTime, b: DayTime, row: number): number {
  const apart = a.read(row) - b.read(row);
  return a.isClock ? apart - DAY * Math.round(apart / DAY) : apart;
}

function timeOf(context: AuditContext, column: Column): DayTime | null {
  if (column.type === "date") return { column, read: (row) => column.values[row] ?? Number.NaN, isClock: false };
  if (column.type !== "number") return null;
  const counts = valueCounts(context, column);
  if (!writeTimes(counts) || haveSeconds(counts)) return null;
  return { column, read: (row) => minutesOf(column.values[row] ?? Number.NaN), isClock: true };
}

function minutesOf(clock: number): number {
  return 60 * Math.floor(clock / 100) + (clock % 100);
}
