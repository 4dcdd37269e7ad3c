import type { Column } from "../../core/column.ts";
import { float64From } from "../../core/typed-from.ts";
import { pearson, ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { infoOf } from "../columns/features.ts";
import { rowHash, rowsToTell } from "../columns/row-hash.ts";
import { areDates, areDayNumbers } from "../meaning/date-spellings.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { isPlural, nameWords } from "../meaning/name-words.ts";
import { writtenAs } from "../meaning/semantic-values.ts";
import { isCalledTime, unixTimesOf } from "../meaning/unix-times.ts";
import { areAmounts } from "../meaning/written-number.ts";
import { areSeveralNumbers } from "../values/split-numbers.ts";
import { type LikeMeasured, likeMeasured } from "./like-measured.ts";

/** Why a column looks like a key of the rows rather than a property of them. */
export interface KeyLikeness {
  readonly confidence: number;
  readonly distinctShare: number;
  /** One phrase: what speaks for it. */
  readonly reason: string;
  readonly evidence: Readonly<Record<string, number | boolean>>;
}

/** Below this share of different values a column is a group rather than a key. More than for the role of an id (`ID_SHARE`): a key tells rows apart. */
export const KEY_SHARE = 0.98;
/** The same of one whose name is that of a key: a few of its values come back, as patients do. */
const NAMED_SHARE = 0.9;
/** Below this many rows measurements are unique by chance too often. */
const LEAST_ROWS = 20;
/** Whole numbers of so many digits that are all different are numbers of something. */
const LONG_DIGITS = 8;

/** Null when the column is no key. Real-valued measurements, amounts with a unit and dates never are. */
export function keyLikeness(context: AuditContext, column: Column): KeyLikeness | null {
  const info = infoOf(context, column.name);
  const present = context.dataset.rows - info.missing;
  if (present < LEAST_ROWS || present < 0.5 * context.dataset.rows || info.distinct < 0.5 * present) return null;
  if ("values" in column && !(column.type === "number" && info.integer)) return null;
  const hash = () => context.shared("hash of whole rows", () => rowHash(context.frame.columns, context.frame.rows));
  const told = rowsToTell(hash, column, info.distinct, present);
  const { id, keyOf, entity, kind } = meaningOf(column.name);
  // Whole numbers that are called a thing or a place, each for one row, are its number.
  const named =
    id || (column.type === "number" && (entity || (kind && !isPlural(nameWords(column.name).at(-1) ?? ""))) && !areRound(column.values));
  if (info.distinct < (keyOf !== null || entity ? NAMED_SHARE : KEY_SHARE) * told) return null;
  const distinctShare = Math.min(1, info.distinct / told);
  if ("codes" in column ? areDates(column.levels, column.name) || areAmounts(column.levels) : areDayNumbers(column.values)) return null;
  if (unixTimesOf(column) !== null) return null;
  // Years, weeks and days of a series are its time.
  if ("values" in column && isCalledTime(column.name)) return null;
  if ("values" in column) {
    const measured = () => likeMeasured(context, column.name, column.values);
    return numberKey({ values: column.values, distinctShare, named, rowNumbers: context.frame.rowNumbers, measured });
  }
  if (!id && keyOf === null && areSeveralNumbers(column)) return null;
  return textKey(column.levels, distinctShare, named);
}

/** Nine of ten end on a 0 or a 5, of which two of ten do by chance: amounts that somebody rounded, and no numbers of things. */
const ROUND = 0.9;

export function areRound(values: Float64Array): boolean {
  let [present, round] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    present++;
    round += Number(value % 5 === 0);
  }
  return round >= ROUND * present;
}

/** Different numbers that tell how often each comes, and the correlation of their ranks with it from which they are counts. */
const [LEAST_COUNTED, FALLS] = [8, -0.8];

/** Counts from 0 on, the more the rarer: how often somebody saw a physician, and no number of one. Things that are numbered have their rows in no such order. */
export function areCounts(values: Float64Array): boolean {
  const rows = new Map<number, number>();
  for (const value of values) if (!Number.isNaN(value)) rows.set(value, (rows.get(value) ?? 0) + 1);
  const different = Float64Array.from(rows.keys()).sort();
  if (different[0] !== 0 || different.length < LEAST_COUNTED) return false;
  return pearson(ranks(different), ranks(float64From(different, (value) => rows.get(value) ?? 0))) <= FALLS;
}

interface WholeNumbers {
  readonly values: Float64Array;
  readonly distinctShare: number;
  readonly named: boolean;
  /** Of a sample, which leaves out most of the numbers of the rows: as many lie between two of its rows as rows do. */
  readonly rowNumbers: Int32Array | null;
  readonly measured: () => LikeMeasured;
}

function numberKey({ values, distinctShare, named, rowNumbers, measured }: WholeNumbers): KeyLikeness | null {
  const { low, high, present, rising } = orderOf(values);
  const density = Math.min(1, (present * spread(rowNumbers)) / (high - low + 1));
  const dense = density >= 0.95;
  const followsRows = rising === 1 || rising === 0;
  const digits = Math.floor(Math.log10(Math.max(1, Math.abs(low)))) + 1;
  const long = low > 0 && digits >= LONG_DIGITS && String(high).length === digits;
  const evidence = { distinctShare, density, followsRows, named, digits };
  const make = (confidence: number, reason: string) => ({ confidence, distinctShare, reason, evidence });
  if (dense && followsRows) return make(0.98, "it counts the rows one by one");
  if (dense && named) return make(0.97, "it numbers the rows without gaps and its name says so");
  if (named && (followsRows || long))
    return make(0.93, followsRows ? "it grows with the rows and its name says so" : "long numbers, named so");
  if (dense && present >= 100) return make(0.8, "it takes nearly every whole number once, as a numbering does");
  if (named) return make(0.75, "its name says so");
  const twins = expectedTwins(present, high - low + 1);
  if (twins >= LEAST_TWINS && distinctShare === 1 && isWithoutTwins(values))
    return make(0.75, `no two rows have the same whole number, where ${Math.round(twins)} pairs would by chance`);
  if (long) return longKey(measured(), digits, make);
  return followsRows ? make(0.4, "whole numbers that grow with the rows") : null;
}

/** Of numbers that lie in a heap or go with other columns it is only asked; of those that do both, as what is measured in large units does, not even that. */
function longKey({ heaped, related }: LikeMeasured, digits: number, make: (confidence: number, reason: string) => KeyLikeness) {
  if (heaped && related) return null;
  const doubt = heaped
    ? ", though they lie in one heap, as measurements do"
    : related
      ? ", though other columns go with them, as with a measurement"
      : "";
  return make(doubt === "" ? 0.6 : 0.4, `whole numbers of ${digits} digits, all different${doubt}`);
}

/** So many pairs would be expected: that there is none has a chance of less than one in a million million. */
const LEAST_TWINS = 30;

/** Pairs of equal numbers among so many that are drawn by chance from their range, at least: those that lie closer together have more. */
function expectedTwins(numbers: number, range: number): number {
  return (numbers * (numbers - 1)) / (2 * range);
}

function isWithoutTwins(values: Float64Array): boolean {
  const present = values.filter((value) => !Number.isNaN(value));
  return new Set(present).size === present.length;
}

/** Rows of the table for each row of a sample. */
export function spread(rowNumbers: Int32Array | null): number {
  if (rowNumbers === null || rowNumbers.length < 2) return 1;
  return ((rowNumbers.at(-1) ?? 0) - (rowNumbers[0] ?? 0) + 1) / rowNumbers.length;
}

function orderOf(values: Float64Array): { low: number; high: number; present: number; rising: number } {
  let [low, high, present, rises, before] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, Number.NaN];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    present++;
    if (value > before) rises++;
    if (value < low) low = value;
    if (value > high) high = value;
    before = value;
  }
  return { low, high, present, rising: present < 2 ? Number.NaN : rises / (present - 1) };
}

/** Random or counted text without spaces is a key; names and sentences are unique too but say something. */
function textKey(levels: readonly string[], distinctShare: number, named: boolean): KeyLikeness | null {
  const shown = levels.slice(0, 1000);
  const oneToken = shown.filter((level) => !/\s/.test(level.trim())).length / Math.max(1, shown.length);
  const withDigits = shown.filter((level) => /\d/.test(level)).length / Math.max(1, shown.length);
  const evidence = { distinctShare, oneToken, withDigits, named };
  const make = (confidence: number, reason: string) => ({ confidence, distinctShare, reason, evidence });
  if (shown.filter((level) => writtenAs(level)?.type === "mail").length >= 0.95 * shown.length)
    return make(named ? 0.97 : 0.9, "an e-mail address for each row");
  if (oneToken < 0.95) return named ? make(0.6, "its name says so") : null;
  if (withDigits >= 0.9) return make(named ? 0.97 : 0.9, "short codes with digits, each for one row");
  return make(named ? 0.9 : 0.7, "each row has its own word");
}
