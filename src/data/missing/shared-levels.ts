import { mixedBits } from "../../core/mixed-bits.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import type { SentinelCode } from "./sentinels.ts";

/** Different whole numbers of an answer. */
const [LEAST_LEVELS, MOST_LEVELS] = [3, 10];
/** Rows of the level, and share of all that it has at most. */
const [LEAST_ROWS, MOST_SHARE] = [20, 0.6];
/** Columns that hold it in the very same rows: two may be two words for one thing. */
const LEAST_COLUMNS = 3;
/** Elsewhere they answer different questions: of the rows in which two are not both what they mostly are, so many are equal at most, and their answers come in so many ways. */
const [MOSTLY_EQUAL, LEAST_WAYS] = [0.5, 5];
/** It lies beside the others: asked. */
const CONFIDENCE = 0.45;

interface Level {
  readonly column: NumberColumn;
  readonly value: number;
  readonly rows: number;
}

/**
 * The largest or the smallest of a few whole numbers, other than 0, that three columns or more hold in exactly the same rows, though they have little in common elsewhere: 0 and 1 are answers, and 2 stands where
 * nobody was asked. Unlike a code that lies apart it is known by its rows alone.
 */
export function sharedLevels(
  context: AuditContext,
  columns: readonly NumberColumn[],
  known: readonly SentinelCode[],
): readonly SentinelCode[] {
  const told = new Set(known.map(({ column }) => column.name));
  const ends = columns.flatMap((column) => (column.type !== "number" || told.has(column.name) ? [] : endsOf(context, column)));
  const equallyOften = groupsBy(ends, ({ value, rows }) => `${value} ${rows}`);
  const together = equallyOften.flatMap((group) => groupsBy(group, ({ column, value }) => String(rowsHash(column, value))));
  return together.flatMap((group) => {
    if (!answerDifferently(group)) return [];
    return group.map(({ column, value, rows }): SentinelCode => {
      const { values, present } = valueCounts(context, column);
      const others = values.filter((other) => other !== value);
      const rest = { low: others[0] ?? 0, high: others.at(-1) ?? 0 };
      return { column, values: [value], rows, present, confidence: CONFIDENCE, rest, evidence: { sameRowsIn: group.length } };
    });
  });
}

function endsOf(context: AuditContext, column: NumberColumn): Level[] {
  const { values, counts, present } = valueCounts(context, column);
  if (values.length < LEAST_LEVELS || values.length > MOST_LEVELS || !values.every(Number.isInteger)) return [];
  const ends = [0, values.length - 1].map((place) => ({ column, value: values[place] ?? 0, rows: counts[place] ?? 0 }));
  return ends.filter(({ value, rows }) => value !== 0 && rows >= LEAST_ROWS && rows <= MOST_SHARE * present);
}

/** Groups of enough columns. */
function groupsBy(levels: readonly Level[], keyOf: (level: Level) => string): readonly (readonly Level[])[] {
  const groups = new Map<string, Level[]>();
  for (const one of levels) {
    const key = keyOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].filter(({ length }) => length >= LEAST_COLUMNS);
}

/** Of the rows that hold the value: a sum of their numbers' hashes, exact in a double for a million rows. */
function rowsHash({ values }: NumberColumn, value: number): number {
  let sum = 0;
  for (let row = 0; row < values.length; row++) if (values[row] === value) sum += mixedBits(row + 1) >>> 0;
  return sum;
}

/** What is the same in other columns too, such as a trait of a few things, is no answer that was not given. */
function answerDifferently(group: readonly Level[]): boolean {
  const usual = group.map(usualOf);
  const ways = new Set<string>();
  const [open, equal] = [new Float64Array(group.length), new Float64Array(group.length)];
  const [first] = group;
  if (first === undefined) return false;
  first.column.values.forEach((value, row) => {
    if (value === first.value) return;
    const answers = group.map(({ column }) => column.values[row] ?? Number.NaN);
    if (ways.size < LEAST_WAYS) ways.add(answers.join(" "));
    for (let one = 1; one < group.length; one++) {
      const beside = answers[one] ?? Number.NaN;
      if (Number.isNaN(value) || Number.isNaN(beside) || (value === usual[0] && beside === usual[one])) continue;
      open[one] = (open[one] ?? 0) + 1;
      equal[one] = (equal[one] ?? 0) + Number(value === beside);
    }
  });
  return ways.size >= LEAST_WAYS && open.every((rows, one) => one === 0 || (equal[one] ?? 0) <= MOSTLY_EQUAL * rows);
}

/** What the other rows mostly hold. */
function usualOf({ column, value }: Level): number {
  const counts = new Map<number, number>();
  for (const one of column.values) if (!Number.isNaN(one) && one !== value) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].reduce((top, one) => (one[1] > top[1] ? one : top), [Number.NaN, 0])[0];
}
