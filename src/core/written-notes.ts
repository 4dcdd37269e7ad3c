import { magnitudeOf } from "./magnitudes.ts";
import { unitOf } from "./units.ts";

/** What stands before or behind a number and says nothing of its size: a mark of a footnote, or that it is about so much. */
export interface Note {
  readonly text: string;
  readonly before: boolean;
}

/** Stars, daggers, letters and small numbers in brackets behind a number: notes of whoever made the table. */
const BEHIND = /^(.*[\d)%\p{L}\p{Sc}-])\s*(\*{1,3}|[†‡§¶]{1,2}|\[[\p{L}\d]{1,2}\]|\(\p{L}{1,2}\))\s*$/u;
/** Flags of statistical offices behind a number with decimals ("12.3 p" is provisional): the list of Eurostat, but for what may be a unit. */
const FLAG = /^(.*[.,]\d+) +([bcefnpruz])\s*$/u;
/** A number in square brackets, as tables of elements have that of the longest-lived isotope: not a mean of what is found. */
const BRACKETED = /^\s*\[(\d+(?:\.\d+)?)\]\s*$/;
/** About so much; below or above it, as of what an instrument could not measure: the limit is the nearest number that is known. */
const BEFORE = /^\s*([<>]=?|[≤≥≈~]|ca\.?|circa|approx\.?)\s*(\p{Sc}?\s*[-+\u2212]?\s*[\d.,].*)$/iu;
/** Letters in brackets that turn the sign (debit, credit, south, west): the number is another one with them. */
const SIGNS: readonly string[] = "dr cr d c s w n".split(" ");
/** Of more, what stands behind the numbers is a part of names. */
const MOST_NOTES = 12;
/** Share of the rows without any, where several letters stand in brackets: sections of a law have one each. */
const LEAST_BARE = 0.5;

/** Where all are in brackets they may be lists of one. */
const BRACKETS: readonly [Note, Note] = [
  { text: "[", before: true },
  { text: "]", before: false },
];

interface Text {
  readonly text: string;
  readonly rows: number;
}

/** A note, and how many cells have it. */
export interface CountedNote extends Note {
  readonly rows: number;
}

export interface Noted<T extends Text> {
  /** The texts without their notes. */
  readonly texts: readonly T[];
  /** The longest first. */
  readonly notes: readonly Note[];
  /** The same with the rows that have each, the most first. */
  readonly counted: readonly CountedNote[];
}

/** The notes at numbers; null where there are none. */
export function withoutNotes<T extends Text>(texts: readonly T[]): Noted<T> | null {
  const parted = texts.map((one) => ({ one, found: notesOf(one.text) }));
  const notes = new Map(parted.flatMap(({ found }) => found.notes.map((note) => [`${note.before} ${note.text}`, note] as const)));
  if (notes.size === 0 || notes.size > MOST_NOTES) return null;
  const rowsOf = (some: typeof parted) => some.reduce((sum, { one }) => sum + one.rows, 0);
  const bare = rowsOf(parted.filter(({ found }) => found.notes.length === 0)) / rowsOf(parted);
  const told = [...notes.values()];
  const lettered = told.filter(({ text, before }) => !before && /[\p{L}\d]/u.test(text));
  const isDoubtful = lettered.length > 1 || told.includes(BRACKETS[0]) || lettered.some(({ text }) => isFlag(text)) || told.some(isLimit);
  if ((bare < LEAST_BARE && isDoubtful) || partsNumbers(parted.map(({ found }) => found))) return null;
  return {
    texts: parted.map(({ one, found }) => (found.notes.length === 0 ? one : { ...one, text: found.rest })),
    counted: told
      .map((note) => ({ ...note, rows: rowsOf(parted.filter(({ found }) => found.notes.some((one) => isSame(one, note)))) }))
      .sort((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1)),
    notes: told.sort((a, b) => b.text.length - a.text.length || (a.text < b.text ? -1 : 1)),
  };
}

const isSame = (a: Note, b: Note) => a.text === b.text && a.before === b.before;

/** "<", ">=": what lies beyond the number. */
export const isLimit = ({ text, before }: Note) => before && /[<>≤≥]/.test(text);

/** Share of the numbers with a letter or a mark of a limit that stand with another one as well. */
const MOST_PARTED = 0.2;

/** Whether the same number comes with several letters, or below and above: "12 (a)" and "12 (b)" are two houses, "<5" and ">5" two kinds of patients. */
function partsNumbers(found: readonly Parted[]): boolean {
  const seen = new Map<string, Set<string>>();
  for (const { rest, notes } of found)
    for (const note of notes.filter((one) => isLimit(one) || /[\p{L}\d]/u.test(one.text))) {
      const own = seen.get(rest.trim()) ?? new Set();
      if (own.size === 0) seen.set(rest.trim(), own);
      own.add(isLimit(note) ? (note.text[0] ?? "").replace("≤", "<").replace("≥", ">") : note.text);
    }
  const several = [...seen.values()].filter(({ size }) => size > 1).length;
  return several > MOST_PARTED * seen.size;
}

/** A letter without brackets: beside a unit it may be one as well. */
export const isFlag = (note: string) => /^\p{L}$/u.test(note);

interface Parted {
  readonly rest: string;
  readonly notes: readonly Note[];
}

function notesOf(text: string): Parted {
  const [, inBrackets] = BRACKETED.exec(text) ?? [];
  if (inBrackets !== undefined) return { rest: inBrackets, notes: BRACKETS };
  const [, mark, number = text] = BEFORE.exec(text) ?? [];
  const [, rest, note] = BEHIND.exec(number) ?? FLAG.exec(number) ?? [];
  const front: readonly Note[] = mark === undefined ? [] : [{ text: mark, before: true }];
  if (rest === undefined || note === undefined || !/\d/.test(rest) || mayMeasure(note)) return { rest: number, notes: front };
  return { rest, notes: [...front, { text: note, before: false }] };
}

function mayMeasure(note: string): boolean {
  const letters = /\p{L}+/u.exec(note)?.[0] ?? "";
  if (/^\(/.test(note) && SIGNS.includes(letters.toLowerCase())) return true;
  return !isListed(note) && (unitOf(letters) !== null || magnitudeOf(letters) !== null);
}

/** Notes begin with a; nobody writes units so. */
const isListed = (note: string) => /^(\[.*\]|\([ab]\))$/u.test(note);

/** A text without the note before it and the one behind it. `notes`: the longest first. */
export function stripNotes(text: string, notes: readonly Note[]): string {
  if (notes.length === 0) return text;
  const whole = text.replace(/^[ \t]+|[ \t]+$/g, "");
  const front = notes.find(({ text: one, before }) => before && whole.startsWith(one));
  const rest = whole.slice(front?.text.length ?? 0);
  const end = notes.find(({ text: one, before }) => !before && rest.endsWith(one));
  return end === undefined ? rest : rest.slice(0, -end.text.length);
}
