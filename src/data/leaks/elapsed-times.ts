import type { Column } from "../../core/column.ts";
import { float64Where } from "../../core/typed-from.ts";
import { standardDeviation } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { columnsNamed } from "../columns/column-facts.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { targetView } from "../columns/target-view.ts";
import { type Association, associate, associationsOf, zThreshold } from "../signal/associations.ts";
import { writeTimes } from "../values/clock-numbers.ts";

/** Two times of the day, or two dates, whose distance nearly gives the target although neither does alone: the end as planned and as it was. */
export interface ElapsedTime {
  readonly columns: readonly [string, string];
  readonly together: Association;
  readonly alone: number;
  /** The target is that time in a unit, give or take one of it, in so many of all labelled rows; null: it is not. */
  readonly exact: { readonly unit: string; readonly share: number } | null;
}

/** Milliseconds, and minutes, of the units in which times are counted. */
const UNITS_OF_DATES: Readonly<Record<string, number>> = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
const UNITS_OF_CLOCKS: Readonly<Record<string, number>> = { minutes: 1, hours: 60 };
/** Rows in which it must hold, and how many units wide the target must vary: within one unit is chance else. */
const [EXACT_SHARE, LEAST_WIDE] = [0.99, 10];

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
  const view = targetView(context.target, context.task, ROWS, context.seed);
  const associations = associationsOf(context);
  const scoreOf = ({ column }: DayTime) => associations.get(column.name)?.score ?? 1;
  const times = timesOf(context)
    .filter((time) => scoreOf(time) < ALONE)
    .slice(0, MOST_COLUMNS);
  const pairs = times.flatMap((a, i) => times.slice(i + 1).flatMap((b): [DayTime, DayTime][] => (a.isClock === b.isClock ? [[a, b]] : [])));
  const limit = zThreshold(pairs.length);
  const found = pairs.flatMap(([a, b]): ElapsedTime[] => {
    const values = new Float64Array(context.frame.rows).fill(Number.NaN);
    for (const row of view.rows) values[row] = timeBetween(a, b, row);
    const together = associate({ name: `${a.column.name} - ${b.column.name}`, type: "number", values }, view);
    if (together.score < TOGETHER || together.z <= limit) return [];
    return [
      { columns: [a.column.name, b.column.name], together, alone: Math.max(scoreOf(a), scoreOf(b)), exact: exactUnit(context, a, b) },
    ];
  });
  return found.sort((x, y) => y.together.score - x.together.score || (x.columns.join() < y.columns.join() ? -1 : 1));
}

function exactUnit({ task, target, frame }: AuditContext, a: DayTime, b: DayTime): ElapsedTime["exact"] {
  if (task.kind !== "regression") return null;
  const present = float64Where(target, (value) => !Number.isNaN(value));
  if (standardDeviation(present) < LEAST_WIDE) return null;
  for (const [unit, size] of Object.entries(a.isClock ? UNITS_OF_CLOCKS : UNITS_OF_DATES)) {
    let [rows, held] = [0, 0];
    for (let row = 0; row < frame.rows; row++) {
      const off = Math.abs(timeBetween(a, b, row)) / size - Math.abs(target[row] ?? Number.NaN);
      if (Number.isNaN(off)) continue;
      rows++;
      held += Number(Math.abs(off) <= 1);
    }
    if (rows > present.length / 2 && held >= EXACT_SHARE * rows) return { unit, share: held / rows };
  }
  return null;
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
  if (column.type !== "number" || !writeTimes(valueCounts(context, column))) return null;
  return { column, read: (row) => minutesOf(column.values[row] ?? Number.NaN), isClock: true };
}

function minutesOf(clock: number): number {
  return 60 * Math.floor(clock / 100) + (clock % 100);
}
