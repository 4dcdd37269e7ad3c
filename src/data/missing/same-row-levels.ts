import { float64From } from "../../core/typed-from.ts";
import { pearson } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { factsOf, valueAt } from "../columns/column-facts.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import type { SentinelCode } from "./sentinels.ts";

/** Different whole numbers of an answer. */
const [LEAST_LEVELS, MOST_LEVELS] = [3, 10];
/** Rows of the level, and share of all that it has at most. */
const [LEAST_ROWS, MOST_SHARE] = [20, 0.6];
/** Of the rows in which one of two holds it and both are filled, so many are the same. */
const SAME_ROWS = 0.9;
/** Columns that hold it in the same rows and say different things elsewhere: two may be two words for one thing. */
const LEAST_COLUMNS = 3;
/** Correlation of the answers elsewhere from which one is the other, with slips. */
const MOST_ALIKE = 0.8;
/** Rows of a thing, from which on a column that gives all of them says that they are its traits. */
const ROWS_OF_THING = 3;
/** It lies beside the others: asked. */
const CONFIDENCE = 0.45;
/** Levels of one number that are compared with one another. */
const MOST_COMPARED = 300;
/** Rows of a first look at two levels. */
const FIRST_LOOK = 100;

interface Level {
  readonly column: NumberColumn;
  readonly value: number;
  readonly rows: number;
}

/**
 * The largest or the smallest of a few whole numbers, other than 0, that three columns or more hold in the same rows, though they have little in common elsewhere: 0 and 1 are answers, and 2 stands where
 * nobody was asked. Unlike a code that lies apart it is known by its rows alone.
 */
export function sharedLevels(
  context: AuditContext,
  columns: readonly NumberColumn[],
  known: readonly SentinelCode[],
): readonly SentinelCode[] {
  const told = new Set(known.map(({ column }) => column.name));
  const ends = columns.flatMap((column) => (column.type !== "number" || told.has(column.name) ? [] : endsOf(context, column)));
  const byValue = new Map<number, Level[]>();
  for (const one of ends) byValue.set(one.value, [...(byValue.get(one.value) ?? []), one]);
  return [...byValue.values()].flatMap(inSameRows).flatMap((group) => {
    const answers = independent(group);
    if (answers.length < LEAST_COLUMNS || areTraits(context, answers)) return [];
    const sameRowsAs = answers[0]?.column.name ?? "";
    return answers.map(({ column, value, rows }): SentinelCode => {
      const { values, present } = valueCounts(context, column);
      const others = values.filter((other) => other !== value);
      const rest = { low: others[0] ?? 0, high: others.at(-1) ?? 0 };
      return { column, values: [value], rows, present, confidence: CONFIDENCE, rest, evidence: { sameRowsIn: answers.length, sameRowsAs } };
    });
  });
}

function endsOf(context: AuditContext, column: NumberColumn): Level[] {
  const { values, counts, present } = valueCounts(context, column);
  if (values.length < LEAST_LEVELS || values.length > MOST_LEVELS || !values.every(Number.isInteger)) return [];
  const ends = [0, values.length - 1].map((place) => ({ column, value: values[place] ?? 0, rows: counts[place] ?? 0 }));
  return ends.filter(({ value, rows }) => value !== 0 && rows >= LEAST_ROWS && rows <= MOST_SHARE * present);
}

/** Groups of levels of one number, each with that of most rows first, whatever the order of the columns. */
function inSameRows(levels: readonly Level[]): readonly (readonly Level[])[] {
  const sorted = levels.toSorted((a, b) => b.rows - a.rows || (a.column.name < b.column.name ? -1 : 1)).slice(0, MOST_COMPARED);
  const groups: Level[][] = [];
  for (const level of sorted) {
    const group = groups.find(([first]) => first !== undefined && areTogether(first, level));
    if (group === undefined) groups.push([level]);
    else group.push(level);
  }
  return groups.filter(({ length }) => length >= LEAST_COLUMNS);
}

function areTogether(one: Level, other: Level): boolean {
  const seen = { both: 0, either: 0, rows: 0 };
  for (let row = 0; row < one.column.values.length; row++) {
    const [a, b] = [one.column.values[row] ?? Number.NaN, other.column.values[row] ?? Number.NaN];
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    const [isOne, isOther] = [a === one.value, b === other.value];
    if (!isOne && !isOther) continue;
    seen.either++;
    seen.both += Number(isOne && isOther);
    if (seen.either === FIRST_LOOK && seen.both < FIRST_LOOK / 2) return false;
  }
  return seen.either >= LEAST_ROWS && seen.both >= SAME_ROWS * seen.either;
}

/** Without those that elsewhere follow from another one, as a copy, a power, or a district of its region does. */
function independent(group: readonly Level[]): readonly Level[] {
  const byName = group.toSorted((a, b) => (a.column.name < b.column.name ? -1 : 1));
  const kept: Level[] = [];
  for (const one of byName) if (!kept.some((other) => follows(other, one) || follows(one, other) || areAlike(one, other))) kept.push(one);
  return kept;
}

/** Rows in which both are filled and neither is the level. */
function elsewhere(one: Level, other: Level): Int32Array {
  const rows: number[] = [];
  one.column.values.forEach((a, row) => {
    const b = other.column.values[row] ?? Number.NaN;
    if (!Number.isNaN(a) && !Number.isNaN(b) && a !== one.value && b !== other.value) rows.push(row);
  });
  return Int32Array.from(rows);
}

/** Each answer of the one goes with one of the other. */
function follows(from: Level, to: Level): boolean {
  const own = new Map<number, number>();
  return elsewhere(from, to).every((row) => {
    const [a, b] = [from.column.values[row] ?? 0, to.column.values[row] ?? 0];
    if (!own.has(a)) own.set(a, b);
    return own.get(a) === b;
  });
}

function areAlike(one: Level, other: Level): boolean {
  const rows = elsewhere(one, other);
  const of = ({ column }: Level) => float64From(rows, (row) => column.values[row] ?? 0);
  return Math.abs(pearson(of(one), of(other))) > MOST_ALIKE;
}

/** Whether a column that names things with several rows each gives the answers of all: then they are what the things are like. */
function areTraits(context: AuditContext, group: readonly Level[]): boolean {
  const { frame } = context;
  const members = new Set(group.map(({ column }) => column.name));
  return frame.columns.some((column) => {
    if (members.has(column.name) || column.name === context.roles.target) return false;
    if (factsOf(column, frame.rows).distinct > frame.rows / ROWS_OF_THING) return false;
    return group.every(({ column: { values } }) => {
      const own = new Map<number, number>();
      return values.every((value, row) => {
        const thing = valueAt(column, row);
        if (Number.isNaN(thing) || Number.isNaN(value)) return true;
        if (!own.has(thing)) own.set(thing, value);
        return own.get(thing) === value;
      });
    });
  });
}
