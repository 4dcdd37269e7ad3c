import { magnitudeOf } from "./magnitudes.ts";
import { unitOf } from "./units.ts";

/** Stars, daggers, letters and small numbers in brackets behind a number: notes of whoever made the table. */
const NOTE = /^(.*[\d)%\p{L}\p{Sc}-])\s*(\*{1,3}|[†‡§¶]{1,2}|\[[\p{L}\d]{1,2}\]|\(\p{L}{1,2}\))\s*$/u;
/** Flags of statistical offices behind a number with decimals ("12.3 p" is provisional): the list of Eurostat, but for what may be a unit. */
const FLAG = /^(.*[.,]\d+) +([bcefnpruz])\s*$/u;
/** Of more, what stands behind the numbers is a part of names. */
const MOST_NOTES = 12;
/** Share of the rows without any, where several letters stand in brackets: sections of a law have one each. */
const LEAST_BARE = 0.5;

interface Text {
  readonly text: string;
  readonly rows: number;
}

export interface Noted<T extends Text> {
  /** The texts without their notes. */
  readonly texts: readonly T[];
  /** The longest first. */
  readonly notes: readonly string[];
}

/** What stands behind numbers and says nothing of their size; null where nothing does. */
export function withoutNotes<T extends Text>(texts: readonly T[]): Noted<T> | null {
  const parted = texts.map((one) => ({ one, found: noteOf(one.text) }));
  const notes = new Set(parted.flatMap(({ found }) => found?.note ?? []));
  if (notes.size === 0 || notes.size > MOST_NOTES) return null;
  const rowsOf = (some: typeof parted) => some.reduce((sum, { one }) => sum + one.rows, 0);
  const bare = rowsOf(parted.filter(({ found }) => found === null)) / rowsOf(parted);
  const [lettered, flags] = [[...notes].filter((note) => /\p{L}|\d/u.test(note)), [...notes].filter((note) => /^\p{L}$/u.test(note))];
  if (bare < LEAST_BARE && (lettered.length > 1 || flags.length > 0)) return null;
  return {
    texts: parted.map(({ one, found }) => (found === null ? one : { ...one, text: found.rest })),
    notes: [...notes].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)),
  };
}

function noteOf(text: string): { readonly rest: string; readonly note: string } | null {
  const [, rest, note] = NOTE.exec(text) ?? FLAG.exec(text) ?? [];
  if (rest === undefined || note === undefined || !/\d/.test(rest)) return null;
  const letters = /\p{L}+/u.exec(note)?.[0] ?? "";
  const mayMeasure = !isListed(note) && (unitOf(letters) !== null || magnitudeOf(letters) !== null);
  return mayMeasure ? null : { rest, note };
}

/** Notes begin with a; nobody writes units so. */
const isListed = (note: string) => /^(\[.*\]|\([a-e]\))$/u.test(note);

/** A text without the note behind it. `notes`: the longest first. */
export function stripNote(text: string, notes: readonly string[]): string {
  if (notes.length === 0) return text;
  const end = text.replace(/[ \t]+$/, "");
  const note = notes.find((one) => end.endsWith(one));
  return note === undefined ? text : end.slice(0, -note.length);
}
