import { columnOf } from "../../core/column.ts";
import { float64From, int32Where } from "../../core/typed-from.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { viewOf } from "../signal/associations.ts";

/** A length whose largest values nearly all belong to one class: those who were still followed when the study ended. */
export interface FollowedUntil {
  /** Class of the longest lengths. */
  readonly classIndex: number;
  /** Share of that class among the longest tenth, and in all rows. */
  readonly longest: number;
  readonly base: number;
  /** One-sided, of such a share by chance. */
  readonly p: number;
}

/** The longest tenth, with all that are as long as the shortest of them. */
const LONGEST = 0.9;
const BY_CHANCE = 0.01;
/** So much of the other classes' share may be left among the longest. */
const LEFT = 0.6;

/**
 * Whoever is followed until something happens is followed the longer the later it happens, and longest of all where it does not: the longest lengths are those of rows without the event, cut off by the end of the
 * study. null for numbers as targets, and where the longest tenth is no different.
 */
export function followedUntil(context: AuditContext, name: string): FollowedUntil | null {
  if (context.task.kind === "regression") return null;
  const column = columnOf(context.frame, name);
  if (!("values" in column)) return null;
  const rows = int32Where(viewOf(context).rows, (row) => !Number.isNaN(column.values[row]));
  const values = float64From(rows, (row) => column.values[row] ?? 0).sort();
  const limit = values[Math.floor(LONGEST * values.length)] ?? Number.POSITIVE_INFINITY;
  const counts = context.task.classes.map((_, classIndex) => {
    const own = Array.from(rows).filter((row) => context.target[row] === classIndex);
    return { classIndex, all: own.length, longest: own.filter((row) => (column.values[row] ?? 0) >= limit).length };
  });
  const longest = counts.reduce((sum, one) => sum + one.longest, 0);
  const most = counts.reduce((best, one) => (one.longest > best.longest ? one : best), { classIndex: -1, all: 0, longest: 0 });
  if (most.classIndex < 0 || most.all === rows.length) return null;
  const [share, base] = [most.longest / longest, most.all / rows.length];
  const p = binomialUpperTail(most.longest, longest, base);
  return p < BY_CHANCE && 1 - share <= LEFT * (1 - base) ? { classIndex: most.classIndex, longest: share, base, p } : null;
}

/** The last day of a column of dates holds many rows, and all of one class: the day on which the study ended, written for those who were still followed. */
export interface EndOfStudy {
  readonly day: string;
  readonly rows: number;
  readonly classIndex: number;
  readonly base: number;
  readonly p: number;
}

const LEAST_SHARE = 0.05;
/** Times as many rows as on the next most frequent day. */
const SPIKE = 5;
const END_BY_CHANCE = 1e-6;

/** null for what is no date, for numbers as targets, and where the last day is like others. */
export function endOfStudy(context: AuditContext, name: string): EndOfStudy | null {
  const column = columnOf(context.frame, name);
  if (context.task.kind === "regression" || column.type !== "date") return null;
  const counts = new Map<number, number>();
  const { rows } = viewOf(context);
  for (const row of rows) {
    const day = column.values[row] ?? Number.NaN;
    if (!Number.isNaN(day)) counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  let [last, usual] = [Number.NEGATIVE_INFINITY, 0];
  for (const day of counts.keys()) last = Math.max(last, day);
  for (const [day, count] of counts) if (day !== last) usual = Math.max(usual, count);
  const own = counts.get(last) ?? 0;
  if (own < LEAST_SHARE * rows.length || own < SPIKE * usual) return null;
  const ended = Array.from(rows).filter((row) => column.values[row] === last);
  const classIndex = context.target[ended[0] ?? 0] ?? -1;
  if (ended.some((row) => context.target[row] !== classIndex)) return null;
  const base = Array.from(rows).filter((row) => context.target[row] === classIndex).length / rows.length;
  const p = base ** own;
  return p < END_BY_CHANCE ? { day: new Date(last).toISOString().slice(0, 10), rows: own, classIndex, base, p } : null;
}
