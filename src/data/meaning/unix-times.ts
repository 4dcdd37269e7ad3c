import type { Column } from "../../core/column.ts";
import { meaningOf } from "./meaning.ts";
import { nameWords } from "./name-words.ts";

/** Whole numbers that count seconds or milliseconds since 1970. */
export interface UnixTimes {
  readonly unit: "second" | "millisecond";
  /** Milliseconds of one step of the numbers. */
  readonly ms: number;
}

const UNITS: readonly UnixTimes[] = [
  { unit: "second", ms: 1000 },
  { unit: "millisecond", ms: 1 },
];

/** Records that somebody keeps in a table were hardly written before 2000 or are of after 2035; numbers of things are seldom all between. */
const [FIRST, LAST] = [Date.UTC(2000, 0, 1), Date.UTC(2035, 0, 1)];
/** Fewer different ones say nothing. */
const LEAST_DISTINCT = 20;
/** Stamps that a clock writes by plan: all on the same second of their minute. Of whole numbers one in sixty is. */
const MINUTE_MS = 60_000;
/** Names of stamps beside those of times. */
const WORDS = ["ts", "tstamp", "epoch", "unix", "unixtime", "posix", "utc"];
/** Names of moments in eleven languages: too common to order rows by, and enough where all numbers lie within the years. */
const MOMENTS = new Set(
  "start started begin began beginning end ended created updated modified opened closed signed expires expiry login seen beginn anfang ende erstellt debut fin creation inicio comienzo creado inizio fine creato criado begindatum einde aangemaakt borjan start slut skapad poczatek koniec utworzono baslangic baslangıc bitis olusturma".split(
    " ",
  ),
);
/** By the cells, which nobody changes, and whether the name is a time's: roles and checks ask for the same. */
const known = { called: new WeakMap<Float64Array, UnixTimes | null>(), other: new WeakMap<Float64Array, UnixTimes | null>() };

/** Null unless all numbers are moments of 2000 to 2034, and lie on whole minutes or are called a time or a moment. */
export function unixTimesOf(column: Column): UnixTimes | null {
  if (column.type !== "number") return null;
  const called = isCalledTime(column.name) || isCalledMoment(column.name);
  const answers = called ? known.called : known.other;
  const before = answers.get(column.values);
  if (before !== undefined) return before;
  const found = UNITS.find((unit) => areMoments(column.values, unit, called)) ?? null;
  answers.set(column.values, found);
  return found;
}

/** Milliseconds since 1970 of a column of dates or of Unix times; null for any other. */
export function momentsOf(column: Column): Float64Array | null {
  if (column.type === "date") return column.values;
  const unix = unixTimesOf(column);
  return unix === null || !("values" in column) ? null : column.values.map((value) => value * unix.ms);
}

function isCalledMoment(name: string): boolean {
  return !meaningOf(name).id && nameWords(name).some((word) => MOMENTS.has(word));
}

/** The name is that of a time, or of a stamp. */
export function isCalledTime(name: string): boolean {
  const { time, id, birth } = meaningOf(name);
  return !id && !birth && (time || nameWords(name).some((word) => WORDS.includes(word)));
}

function areMoments(values: Float64Array, { ms }: UnixTimes, called: boolean): boolean {
  const seen = new Set<number>();
  let first = Number.NaN;
  let onMinutes = true;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const moment = value * ms;
    if (!(moment >= FIRST && moment < LAST) || !Number.isInteger(value)) return false;
    if (Number.isNaN(first)) first = moment;
    onMinutes &&= (moment - first) % MINUTE_MS === 0;
    if (!onMinutes && !called) return false;
    if (seen.size < LEAST_DISTINCT) seen.add(value);
  }
  return seen.size >= LEAST_DISTINCT;
}
