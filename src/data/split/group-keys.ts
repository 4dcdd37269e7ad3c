import type { Column } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { type ColumnFacts, factsOf, textAt, valueAt } from "../columns/column-facts.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { rowSortingOf } from "../columns/row-sorting.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { unixTimesOf } from "../meaning/unix-times.ts";
import { areCounts, areRound } from "../roles/key-likeness.ts";
import { areSeveralNumbers } from "../values/split-numbers.ts";
import { entityStructure } from "./entity-structure.ts";
import { isHeading } from "./headings.ts";
import { isPanelUnit } from "./panel.ts";
import { standsInSeries } from "./series.ts";
import { sharedMeasurements } from "./shared-measurements.ts";

/** A column, or the front part of one, that may name a thing with several rows. */
export interface GroupKey {
  readonly column: string;
  /** Columns that name the thing together; `column` is then what a reader calls them. */
  readonly together?: readonly string[];
  /** See SplitPolicy: the group is what this expression captures in the value; null for the whole value. */
  readonly cut: string | null;
  /** panel: the unit of a panel (see isPanelUnit); again: a key of the rows of which some values come back; members: a front part behind which the rows of each are counted from 0 or 1 on ("0012_01", "0012_02"); series: by the design of the file; things: names with many rows each within which other columns stay the same; shared: a measurement whose equal values go with equal values of others; profile: columns that together do so (see profileGroups); levels: names with many rows each, which may be things or kinds of things; numbers: numbers that come back and of which each has much of the target for itself (see numbersOfThings). */
  readonly from:
    | "name"
    | "prefix"
    | "members"
    | "series"
    | "panel"
    | "things"
    | "shared"
    | "profile"
    | "blocks"
    | "repeats"
    | "again"
    | "levels"
    | "numbers";
  /** Group of each frame row, -1 when missing. */
  readonly codes: Int32Array;
  readonly groups: number;
  readonly largest: number;
}

/** "phon_R01_S01_1" -> "phon_R01_S01". */
const CUT_AT_LAST = "^(.+)[_\\-/:.#][^_\\-/:.#]*$";

/** "S01_a_1" -> "S01". */
const CUT_AT_FIRST = "^([^_\\-/:.#]+)[_\\-/:.#].*$";

const LEAST_GROUPS = 8;

/** Fewer names are kinds of things. */
const LEAST_LEVELS = 20;

/** Rows of a key that have the value of an earlier one, from which they count; and share of them that differ from it in a column, but for those that tell every row from all others: the same row may have been loaded again. */
const [LEAST_AGAIN, MOVES, OF_EACH_ROW] = [20, 0.1, 0.95];

/** Meanings of countries, hours: lists that everybody knows and that hardly grow. */
const LISTS: readonly string[] = ["geo", "date", "duration"];

/** Candidates for a group among features and ids; ignored columns are not looked at. Surest first. Once per audit. */
export function groupKeys(context: AuditContext): readonly GroupKey[] {
  return context.shared("group keys", () => allKeys(context));
}

function allKeys(context: AuditContext): readonly GroupKey[] {
  const { frame, roles } = context;
  const offered = new Set([...roles.features, ...roles.ids]);
  const columns = frame.columns.filter(({ name }) => offered.has(name));
  const named = columns.flatMap((column) => keysOf(column, context));
  const shared = sharedMeasurements(context)
    .filter(({ name }) => !named.some(({ column }) => column === name))
    .map((column) => keyOf(column, frame.rows, "shared", null));
  const keys = [...named, ...shared.filter((key) => isGrouping(key, frame.rows))];
  const sure = ["name", "members", "prefix", "series", "panel", "things", "shared", "blocks", "repeats", "again", "levels"];
  return keys.sort((a, b) => sure.indexOf(a.from) - sure.indexOf(b.from) || b.groups - a.groups || (a.column < b.column ? -1 : 1));
}

function keysOf(column: Column, context: AuditContext): readonly GroupKey[] {
  // What is written in words names nothing: the subject of a message is no subject of a study.
  if (column.type === "date" || unixTimesOf(column) !== null || context.roles.meanings[column.name]?.type === "text") return [];
  if (isHeading(column, context)) return [];
  const { rows } = context.frame;
  const facts = factsOf(column, rows);
  if (facts.present < 0.5 * rows || facts.distinct < LEAST_GROUPS) return [];
  const named = meaningOf(column.name);
  const key = (from: GroupKey["from"], cut: string | null) => keyOf(column, rows, from, cut);
  const text = column.type !== "number";
  if (facts.distinct > 0.9 * facts.present) {
    const mayComeBack = named.keyOf !== null && (text || facts.integer) && facts.present - facts.distinct >= LEAST_AGAIN;
    const again = mayComeBack ? key("again", null) : null;
    if (again !== null && differ(context, again)) return [again];
    if (!("codes" in column) || areSeveralNumbers(column) || writesTimes(column)) return [];
    return [CUT_AT_LAST, CUT_AT_FIRST]
      .map((cut) => key(cut === CUT_AT_LAST && countsMembers(column) ? "members" : "prefix", cut))
      .filter((candidate) => isGrouping(candidate, rows))
      .slice(0, 1);
  }
  const isKey = named.keyOf !== null && (text || facts.integer);
  const isFew = facts.distinct <= 0.2 * facts.present;
  const from =
    (named.entity && (text || (facts.integer && !("values" in column && (areRound(column.values) || areCounts(column.values)))))) ||
    (isKey && (named.keyOf === "whole" || !isFew))
      ? "name"
      : (text || facts.integer) && standsInSeries(column, context.frame)
        ? "series"
        : (text || named.keyOf !== null) && !named.time && isPanelUnit(context, column)
          ? "panel"
          : blocksOf(column, facts, rows) && (text || !isSortedBy(context, column)) && !named.time
            ? "blocks"
            : text && !isFew
              ? "repeats"
              : (text || isKey) && facts.distinct >= LEAST_LEVELS
                ? "levels"
                : null;
  if (from === null) return [];
  const candidate = key(from, null);
  if (!isGrouping(candidate, rows)) return [];
  return from === "levels" ? thingsOrLevels(context, column, candidate) : [candidate];
}

/** Fronts with two rows or more, and the share of them whose rows are counted without a gap. */
const [LEAST_COUNTED, COUNTED] = [20, 0.9];

/**
 * Columns of many levels that no name, design or other column speaks of as things: texts, and numbers that are codes; places too, but no other kind. Only the target can speak of them: where a level has labels of its own, it
 * may well be a thing.
 */
export function otherLevels(context: AuditContext): readonly GroupKey[] {
  const { frame, roles } = context;
  const known = new Set(groupKeys(context).map(({ column }) => column));
  return frame.columns.flatMap((column) => {
    const { present, distinct } = factsOf(column, frame.rows);
    const meaning = roles.meanings[column.name]?.type ?? "";
    const isOffered = roles.features.includes(column.name) && !known.has(column.name) && !isHeading(column, context);
    if (!isOffered || !("codes" in column || meaning === "code") || LISTS.includes(meaning)) return [];
    const { kind, area, time } = meaningOf(column.name);
    if ((kind && !area) || time || distinct < LEAST_LEVELS || distinct > 0.2 * present || present < 0.5 * frame.rows) return [];
    return [keyOf(column, frame.rows, "levels", null)].filter((key) => isGrouping(key, frame.rows));
  });
}

/** Names of one word to a few that are different in nearly all rows; a longer text is no name. */
const LONGEST_NAME = 60;

/** Names that no word calls a key, different in nearly all rows, of which some come back in rows that differ: a company with several shares, a compound that was measured twice. */
export function returningNames(context: AuditContext): readonly GroupKey[] {
  const { frame, roles } = context;
  const known = new Set(groupKeys(context).flatMap(({ column, cut }) => (cut === null ? [column] : [])));
  const offered = new Set([...roles.features, ...roles.ids]);
  return frame.columns.flatMap((column) => {
    if (!("codes" in column) || !offered.has(column.name) || known.has(column.name)) return [];
    const { present, distinct } = factsOf(column, frame.rows);
    if (present < 0.5 * frame.rows || distinct <= 0.9 * present || present - distinct < LEAST_AGAIN) return [];
    const letters = column.levels.reduce((sum, level) => sum + level.length, 0);
    if (letters > LONGEST_NAME * column.levels.length || writesTimes(column) || areSeveralNumbers(column)) return [];
    const key = keyOf(column, frame.rows, "again", null);
    return key.largest <= 0.5 * frame.rows && differ(context, key) ? [key] : [];
  });
}

/** Whether rows with the value of an earlier one are other rows of its thing, and not the same row again. */
function differ({ frame, roles }: AuditContext, { column, codes, groups }: GroupKey): boolean {
  const first = new Int32Array(groups).fill(-1);
  const pairs: (readonly [number, number])[] = [];
  codes.forEach((code, row) => {
    if (code < 0) return;
    const before = first[code] ?? -1;
    if (before >= 0) pairs.push([before, row]);
    else first[code] = row;
  });
  const others = frame.columns.filter(({ name }) => name !== column && name !== roles.target);
  return others.some((other) => {
    const apart = pairs.filter(([a, b]) => !Object.is(valueAt(other, a), valueAt(other, b))).length;
    return apart >= MOVES * pairs.length && factsOf(other, frame.rows).distinct < OF_EACH_ROW * frame.rows;
  });
}

/** "gggg_pp": behind each front stand 1, 2, 3 as far as it has rows, or 0, 1, 2. */
function countsMembers({ levels }: LevelColumn): boolean {
  const cut = new RegExp(CUT_AT_LAST, "u");
  const members = new Map<string, number[]>();
  for (const level of levels) {
    const front = cut.exec(level)?.[1];
    const rest = front === undefined ? "" : level.slice(front.length + 1);
    if (front === undefined || !/^\d{1,3}$/.test(rest)) return false;
    const own = members.get(front) ?? [];
    if (own.length === 0) members.set(front, own);
    own.push(Number(rest));
  }
  const several = [...members.values()].filter(({ length }) => length > 1);
  const counted = several.filter((own) => {
    const sorted = own.sort((a, b) => a - b);
    const first = sorted[0] ?? Number.NaN;
    return (first === 0 || first === 1) && sorted.every((value, place) => value === first + place);
  });
  return several.length >= LEAST_COUNTED && counted.length >= COUNTED * several.length;
}

/** "0:05:21", "02:55:10.5": the part before a colon is the larger unit of a time, and names nothing. */
const TIME_TEXT = /^[-+]?\d{1,3}(:[0-5]\d){1,2}([.,]\d+)?$/u;

function writesTimes({ levels }: LevelColumn): boolean {
  return levels.every((level) => TIME_TEXT.test(level.trim()));
}

/** A list that everybody knows is no key. A code or a class is one where other columns show that it names things: of a class by its name it is only asked. */
function thingsOrLevels(context: AuditContext, column: Column, levels: GroupKey): readonly GroupKey[] {
  const { classLike, kind, time } = meaningOf(column.name);
  const meaning = context.roles.meanings[column.name]?.type ?? "";
  if (kind || time || LISTS.includes(meaning)) return [];
  if (entityStructure(context, levels).isOfThings) return [classLike ? levels : { ...levels, from: "things" }];
  return classLike || meaning === "code" ? [] : [levels];
}

function isGrouping(key: GroupKey, rows: number): boolean {
  return key.groups >= LEAST_GROUPS && key.groups <= 0.9 * rows && key.largest <= 0.5 * rows;
}

/** A quantity by which the file was sorted stands in blocks, and names nothing. */
function isSortedBy(context: AuditContext, { name }: Column): boolean {
  return rowSortingOf(context)?.includes(name) ?? false;
}

/** The values stand in few long blocks: at least 8 values, each in nearly one piece, of 3 rows or more. */
function blocksOf(column: Column, { distinct }: ColumnFacts, rows: number): boolean {
  if (distinct < LEAST_GROUPS || rows < 3 * distinct) return false;
  let [runs, before] = [0, Number.NaN];
  for (let row = 0; row < rows; row++) {
    const value = valueAt(column, row);
    if (Number.isNaN(value)) continue;
    if (value !== before) runs++;
    before = value;
  }
  return runs <= 1.2 * distinct;
}

/** The groups of a column's values, or of what `cut` captures of each. */
export function keyOf(column: Column, rows: number, from: GroupKey["from"], cut: string | null): GroupKey {
  const pattern = cut === null ? null : new RegExp(cut, "u");
  const places = new Map<string, number>();
  const codes = new Int32Array(rows).fill(-1);
  const sizes: number[] = [];
  for (let row = 0; row < rows; row++) {
    const text = textAt(column, row);
    if (text === null) continue;
    const group = pattern === null ? text : (pattern.exec(text)?.[1] ?? text);
    let code = places.get(group);
    if (code === undefined) {
      code = places.size;
      places.set(group, code);
      sizes.push(0);
    }
    codes[row] = code;
    sizes[code] = (sizes[code] ?? 0) + 1;
  }
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  return { column: column.name, cut, from, codes, groups: places.size, largest };
}
