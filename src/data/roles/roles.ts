import { isKnownUnit } from "../../core/amount-units.ts";
import { type Column, columnOf, type Frame } from "../../core/column.ts";
import type { Dataset } from "../../core/dataset.ts";
import { OldhandError } from "../../core/error.ts";
import { nearestName } from "../../core/nearest-name.ts";
import type { ReadingNote } from "../../core/reading-note.ts";
import type { ColumnMeaning, Roles } from "../../core/role.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { AmountWriting } from "../../core/written-amount.ts";
import { periodFormat } from "../../core/written-period.ts";
import { type ColumnFacts, factsOf } from "../columns/column-facts.ts";
import { type RowHash, rowHash, rowsToTell } from "../columns/row-hash.ts";
import { areDates } from "../meaning/date-spellings.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { nameWords } from "../meaning/name-words.ts";
import { KEY_CONFIDENCE, semanticType } from "../meaning/semantic-type.ts";
import { isCalledTime, unixTimesOf } from "../meaning/unix-times.ts";
import { areAmounts } from "../meaning/written-number.ts";
import { areSeveralNumbers } from "../values/split-numbers.ts";
import { spread } from "./key-likeness.ts";

/** What the user said about columns. */
export interface GivenRoles {
  readonly target: string;
  readonly time?: string | null;
  /** Columns that name the group together; the first one becomes the role, the others are left out of the features. */
  readonly group?: string | readonly string[] | null;
  readonly ids?: readonly string[];
  readonly weight?: string | null;
  readonly ignore?: readonly string[];
}

/** Share of different values from which a column of names or whole numbers has the role of an id: so few of its values come back that nothing is learned from them. Less than a key is asked for (`KEY_SHARE`). */
export const ID_SHARE = 0.95;

/**
 * Gives every column its role. What the user says wins; ids and a time column are inferred from values and names, with a reason each.
 * @throws OldhandError unknown-column, one-column, no-features, bad-option.
 */
export function inferRoles(dataset: Dataset, frame: Frame, given: GivenRoles): Roles {
  const names = dataset.columns.map(({ name }) => name);
  checkNames(names, given);
  const why: [string, string][] = [];
  const [group = null, ...moreGroups] = groupList(given);
  const ignored = [...(given.ignore ?? [])];
  const taken = new Set([given.target, given.time, given.weight, group, ...moreGroups, ...(given.ids ?? []), ...ignored]);
  const free = frame.columns.filter(({ name }) => !taken.has(name));
  const periods = dataset.columns.filter(({ dateFormat }) => dateFormat !== null && periodFormat(dateFormat) !== null);
  const time = given.time ?? inferTime(free, frame.rows, new Set(periods.map(({ name }) => name)), why);
  if (given.time != null) refuseNoTime(columnOf(frame, given.time));
  const ids = [...(given.ids ?? []), ...moreGroups];
  const writings = new Map(dataset.columns.flatMap(({ name, amount }) => (amount === undefined ? [] : [[name, amount]])));
  let hashed: RowHash | null = null;
  const hash = () => {
    hashed ??= rowHash(frame.columns, frame.rows);
    return hashed;
  };
  for (const column of free) {
    if (column.name === time) continue;
    const facts = factsOf(column, frame.rows);
    const isAmount = writings.get(column.name)?.units.some(({ text }) => isKnownUnit(text)) === true;
    const reason =
      isAmount || isMeasure(column, facts)
        ? null
        : keyReason(column, facts, frame, rowsToTell(hash, column, facts.distinct, facts.present));
    if (reason !== null) {
      ids.push(column.name);
      why.push([column.name, reason]);
    }
  }
  const features = names.filter((name) => !taken.has(name) && name !== time && !ids.includes(name));
  if (features.length === 0) {
    throw new OldhandError("no-features", {
      what: "No column is left to predict from.",
      expected: "at least one feature besides the target",
      got: `target ${given.target}, ids ${ids.join(", ") || "none"}, ignored ${ignored.join(", ") || "none"}`,
      fix: "give a table with more columns, or ignore fewer",
    });
  }
  const { target } = given;
  const reasons = new Map(why);
  const meanings = Object.fromEntries(
    frame.columns.map((column) => [column.name, meaningFor(column, ids, given, reasons, writings.get(column.name))]),
  );
  return {
    target,
    features,
    ids,
    group,
    time,
    weight: given.weight ?? null,
    ignored,
    meanings,
    declared: [...taken].filter((name) => typeof name === "string"),
    why: Object.fromEntries(why),
  };
}

/** A key is an id, unless its cells are written as something of their own: addresses, sentences. */
function meaningFor(
  column: Column,
  ids: readonly string[],
  { ids: told = [] }: GivenRoles,
  reasons: ReadonlyMap<string, string>,
  amount: AmountWriting | undefined,
): ColumnMeaning {
  const { evidence, ...meaning } = semanticType(column, amount);
  if (told.includes(column.name)) return { type: "id", unit: null, confidence: 1, why: "said with --id" };
  const reason = reasons.get(column.name);
  if (!ids.includes(column.name) || reason === undefined) return meaning;
  if (evidence === "spelt" || meaning.type === "text" || meaning.type === "phone" || meaning.type === "date") return meaning;
  return { type: "id", unit: null, confidence: KEY_CONFIDENCE, why: reason };
}

function groupList({ group }: GivenRoles): readonly string[] {
  return group == null ? [] : typeof group === "string" ? [group] : group;
}

/** Cells of the first row as they are written, in the order of the columns; null where one is empty. */
type FirstRow = readonly (string | null)[];

/**
 * Refuses a name in the request that is no column, before anything is read or kept for it.
 * @throws OldhandError unknown-column, bad-option, one-column
 */
export function checkNames(names: readonly string[], given: GivenRoles, first?: FirstRow): void {
  const asked: [string, string | null | undefined][] = [
    ["--target", given.target],
    ["--time", given.time],
    ...groupList(given).map((name): [string, string] => ["--group", name]),
    ["--weight", given.weight],
    ...(given.ids ?? []).map((name): [string, string] => ["--id", name]),
    ...(given.ignore ?? []).map((name): [string, string] => ["--ignore", name]),
  ];
  const known = new Set(names);
  for (const [option, name] of asked) if (typeof name === "string" && !known.has(name)) throw unknownColumn(option, name, names, first);
  for (const [option, name] of asked.slice(1)) {
    if (name === given.target) {
      throw new OldhandError("bad-option", {
        what: `The target "${name}" cannot have a second role.`,
        where: option,
        fix: `take ${name} out of ${option}`,
      });
    }
  }
  if (names.length === 1) {
    throw new OldhandError("one-column", {
      what: "The table has one column only.",
      where: names[0] ?? "",
      expected: "a target and at least one feature",
      fix: "check the delimiter, or give a table with more columns",
    });
  }
}

/** Refuses a target whose name several columns of the file have, unless the others are ignored. @throws OldhandError duplicate-column */
export function refuseTwoTargets(target: string, noticed: readonly ReadingNote[], ignored: readonly string[] = []): void {
  const same = noticed
    .flatMap((note) => (note.kind === "repeated-names" ? note.columns : []))
    .filter(({ name, called }) => name === target && !ignored.includes(called));
  const [next] = same;
  if (next === undefined) return;
  throw new OldhandError("duplicate-column", {
    what: `The header has the name "${target}" ${same.length + 1} times: which of these columns is the target?`,
    where: "--target",
    expected: "the name of one column",
    got: `"${target}" again at position ${same.map(({ position }) => position).join(", ")}`,
    fix: `rename them in the file so that the target alone is called "${target}", or take out the copies; or name the target and ignore the other: --target ${shellWord(target)} --ignore ${shellWord(next.called)}, or, for the column at position ${next.position}, --target ${shellWord(next.called)} --ignore ${shellWord(target)}`,
  });
}

/** The error for a name that is not in the table, with the nearest one. */
export function unknownColumn(option: string, name: string, names: readonly string[], first?: FirstRow): OldhandError {
  const nearest = nearestName(name, names);
  const listed = names.slice(0, 12).join(", ") + (names.length > 12 ? `, ... (${names.length} columns)` : "");
  return new OldhandError("unknown-column", {
    what: `There is no column "${name}".${nearest === null ? "" : ` Did you mean "${nearest}"?`}`,
    where: option,
    expected: `one of ${listed}`,
    got: name,
    fix: fixOf(option, name, nearest, names, first),
  });
}

/** The reader's own names say that the file has no header. */
function fixOf(option: string, asked: string, nearest: string | null, names: readonly string[], first: FirstRow = []): string {
  if (names.every((name, place) => name === `column_${place + 1}`)) {
    const at = first.findIndex((cell) => cell !== null && cell.trim() === asked.trim());
    if (at >= 0) {
      const byPlace =
        names.includes(`column_${asked.trim()}`) && Number(asked) !== at + 1 ? `; by its place it is ${option} column_${asked.trim()}` : "";
      return `"${asked}" stands in the first line of the file, which was read as data, in column_${at + 1}: ${option} column_${at + 1}${byPlace}, or put a line with the names of the columns on top`;
    }
    return `the file has no header line, its first line is data like the others: put a line with the names of the columns on top, or name the column by its place, e.g. ${option} column_${names.length}`;
  }
  return nearest === null ? "give the name of a column, as it is spelt in the file" : `${option} ${shellWord(nearest)}`;
}

/** Words have no order in time. Periods do, however they are written (2024-Q1, week 7): they hold digits. @throws OldhandError bad-option */
function refuseNoTime(column: Column): void {
  if (!("levels" in column) || 2 * column.levels.filter((level) => /\d/.test(level)).length >= column.levels.length) return;
  throw new OldhandError("bad-option", {
    what: `The column "${column.name}" holds words, which have no order in time.`,
    where: "--time",
    expected: "dates, numbers that grow with time, or periods such as 2024-Q1",
    got: column.levels.slice(0, 5).join(", "),
    fix: "name the column that says when each row was written, or leave --time out",
  });
}

/** What the cells of periods are called, in whatever order they stand. */
const NAMES_OF_PERIODS = ["period", "year", "month", "quarter", "week"];

/** The name says when the row was: that it holds weeks or months says no more than its cells do. */
function saysWhen(name: string, isPeriod: boolean): boolean {
  return isCalledTime(name) && !(isPeriod && nameWords(name).every((word) => NAMES_OF_PERIODS.includes(word)));
}

/** A date column that follows the rows, or the only date column that does not name a birth; where nothing was read as a date, the same of Unix times. */
function inferTime(columns: readonly Column[], rows: number, periods: ReadonlySet<string>, why: [string, string][]): string | null {
  const read = columns.filter((column) => column.type === "date");
  const dates = (read.length > 0 ? read : columns.filter((column) => unixTimesOf(column) !== null)).filter(
    ({ name }) => !meaningOf(name).birth,
  );
  const counting = (column: Column) => (column.type === "date" ? "" : `, in ${unixTimesOf(column)?.unit}s since 1970`);
  for (const column of dates) {
    const facts = factsOf(column, rows);
    if (facts.monotone === null || facts.distinct < 5 || facts.present < 0.9 * rows) continue;
    why.push([column.name, `a date that is ${facts.monotone} from row to row${counting(column)}`]);
    return column.name;
  }
  const [only] = dates;
  const series = read.length > 0 ? undefined : columns.find((column) => isSeries(column, rows));
  if (only === undefined && series !== undefined) {
    why.push([series.name, "whole numbers with a name that says when, each for one row and in order"]);
    return series.name;
  }
  if (only === undefined || dates.length > 1 || meaningOf(only.name).after > 0.5) return null;
  const facts = factsOf(only, rows);
  if (facts.distinct < 5 || facts.present < 0.9 * rows) return null;
  const called = saysWhen(only.name, periods.has(only.name));
  if (!called && !nearlyFollows(only)) return null;
  const reason = called ? "with a name that says when" : "and in nearly no row earlier than in the one before";
  why.push([only.name, `the only date column, present in nearly every row, ${reason}${counting(only)}`]);
  return only.name;
}

/** The years, weeks or days of a series. */
function isSeries(column: Column, rows: number): boolean {
  if (column.type !== "number" || !isCalledTime(column.name)) return false;
  const { integer, monotone, distinct, present } = factsOf(column, rows);
  return integer && monotone !== null && present >= 20 && present >= 0.9 * rows && distinct >= ID_SHARE * present;
}

/** Steps back of a clock, or of a file that was put together of a few pieces. */
const [MOST_BACK, MOST_BACK_SHARE] = [3, 0.01];

function nearlyFollows(column: Column): boolean {
  if (!("values" in column)) return false;
  let [forward, back, before] = [0, 0, Number.NaN];
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    if (value > before) forward++;
    if (value < before) back++;
    before = value;
  }
  return back <= MOST_BACK && back <= MOST_BACK_SHARE * forward;
}

/** Dates and numbers with decimals are no keys. */
function isMeasure(column: Column, { integer }: ColumnFacts): boolean {
  return "values" in column && !(column.type === "number" && integer);
}

/** Of a column that is no measure. told: the rows that a key has to tell apart, copies of whole rows left out. */
function keyReason(column: Column, facts: ColumnFacts, { rows, rowNumbers }: Frame, told: number): string | null {
  if (facts.present < 20 || facts.present < 0.9 * rows || facts.distinct < ID_SHARE * told || unixTimesOf(column) !== null) return null;
  const copies = told < facts.present ? ", copies of whole rows left out" : "";
  const counted = `${facts.distinct} different values in ${facts.present} rows${copies}`;
  if ("codes" in column && (areDates(column.levels, column.name) || areAmounts(column.levels))) return null;
  const { id, keyOf } = meaningOf(column.name);
  if ("codes" in column && !id && keyOf === null && areSeveralNumbers(column)) return null;
  if (column.type === "category" || column.type === "text") {
    if (semanticType(column).type !== "text") return `names each row: ${counted}`;
    return column.type === "text" ? null : `short texts, which no model here reads: ${counted}`;
  }
  // Years, weeks and days of a series rise with its rows as its numbers do, and are its time.
  if (isCalledTime(column.name)) return null;
  if (facts.monotone !== null && spanOf(column) < 1.5 * facts.present * spread(rowNumbers))
    return `numbers the rows: whole numbers, ${facts.monotone}, ${counted}`;
  return id && facts.distinct >= Math.floor(told) ? `its name and ${counted} say it is a key` : null;
}

function spanOf(column: Column): number {
  if (!("values" in column)) return Number.POSITIVE_INFINITY;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of column.values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
}
