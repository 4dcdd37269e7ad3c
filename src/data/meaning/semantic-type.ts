import type { Column } from "../../core/column.ts";
import type { ColumnMeaning, SemanticType } from "../../core/role.ts";
import { unitOf } from "../../core/units.ts";
import type { AmountWriting } from "../../core/written-amount.ts";
import { areDates } from "./date-spellings.ts";
import { measuredBy } from "./measure-words.ts";
import { nameWords } from "./name-words.ts";
import { phrasesIn } from "./phrases.ts";
import { couldBePhone, timeUnit, type Written, writtenAs } from "./semantic-values.ts";
import { CURRENCIES, NAMED, UNITS } from "./semantic-words.ts";
import { unixTimesOf } from "./unix-times.ts";

/** Cells that are looked at, evenly over the column. */
const SHOWN = 1000;

/** Of a kind that cells can be written in, at least so many are. */
const MOSTLY = 0.8;

/**
 * How often each sort of evidence was right: (right + 1) / (all + 2), counted on 42 columns of `test/data/meaning/semantics/learned.json` and on
 * 98 columns of 20 tables of vega-datasets 3.2.1, labelled by hand before the first run.
 * `spelt` (3 of 3): the cells write it; `named` (46 of 46): the name says it and the values can be it; `shaped` (45 of 46): kind and
 * number of different values; `rest` (34 of 40): nothing else spoke.
 */
export const CONFIDENCE = { spelt: 0.8, named: 0.98, shaped: 0.96, rest: 0.83 } as const;

/** The same for keys (5 of 5), which the roles tell from the number of different values. */
export const KEY_CONFIDENCE = 0.86;

export type Evidence = keyof typeof CONFIDENCE;

type Judged = Omit<ColumnMeaning, "confidence"> & { readonly evidence: Evidence };

/** What the values of a column mean, from their spelling (amount: of numbers that the reader took out of texts) and the name. Ids are told by the roles, not here. */
export function semanticType(column: Column, amount?: AmountWriting): ColumnMeaning & { readonly evidence: Evidence } {
  const judged =
    "codes" in column
      ? ofWords(column.name, column.levels, column.type === "text", column.codes.length)
      : (ofWriting(amount) ?? ofNumbers(column));
  return { ...judged, confidence: CONFIDENCE[judged.evidence] };
}

function judge(evidence: Evidence, type: SemanticType, why: string, unit: string | null = null): Judged {
  return { type, unit, why, evidence };
}

/** So many rows of each on average: what comes back so often is a name of several words ("LOS ANGELES - RALPHS"), which nobody writes anew. */
const COMES_BACK = 5;

function ofWords(name: string, levels: readonly string[], isText: boolean, rows: number): Judged {
  const shown = evenly(levels);
  const spelt = speltBy(shown);
  if (spelt !== null) return judge("spelt", spelt.type, `${spelt.cells} of ${shown.length} different cells are written so`, spelt.unit);
  if (areDates(shown, name)) return judge("spelt", "date", "most cells are written as dates");
  const says = saying(name);
  const phone = says("phone");
  if (phone !== null && shareOf(shown, couldBePhone) >= MOSTLY) return judge("named", "phone", phone);
  if (isText) return judge("shaped", "text", "sentences that differ from row to row");
  const described = says("text");
  if (described !== null && shareOf(shown, (cell) => /\s\S+\s/.test(cell.trim())) >= 0.5) return judge("named", "text", described);
  const code = says("code");
  if (code !== null) return judge("named", "code", code);
  if (
    shown.length > 0 &&
    shareOf(shown, (cell) => cell.trim().split(/\s+/).length > 2) >= MOSTLY &&
    shown.length === levels.length &&
    shown.length > 20 &&
    rows < COMES_BACK * levels.length
  )
    return judge("shaped", "text", "several words in most cells, many of them different");
  if (isCodeLike(shown)) return judge("shaped", "code", "short words with digits, in few shapes");
  return judge("shaped", "category", `${levels.length} different words`);
}

/** The kind that most cells are written in. */
function speltBy(cells: readonly string[]): (Written & { readonly cells: number }) | null {
  const counts = new Map<string, { written: Written; cells: number }>();
  for (const cell of cells) {
    const written = writtenAs(cell);
    if (written === null) continue;
    const held = counts.get(written.type);
    counts.set(written.type, { written: held?.written ?? written, cells: (held?.cells ?? 0) + 1 });
  }
  // Durations of less than a day look like times of the day.
  const [hours, clock] = [counts.get("duration"), counts.get("date")];
  if (hours !== undefined && clock !== undefined) counts.set("duration", { ...hours, cells: hours.cells + clock.cells });
  const [best] = [...counts.values()].sort((a, b) => b.cells - a.cells);
  return best === undefined || best.cells < MOSTLY * cells.length ? null : { ...best.written, cells: best.cells };
}

function isCodeLike(cells: readonly string[]): boolean {
  if (cells.length < 3 || shareOf(cells, (cell) => /^[\p{L}\d._/-]{2,20}$/u.test(cell) && /\d/.test(cell)) < 0.95) return false;
  const shapes = new Set(cells.map((cell) => cell.replace(/\d/g, "9").replace(/\p{L}/gu, "a")));
  return shapes.size <= 3;
}

/** The reader has taken the unit off the numbers. */
function ofWriting(amount: AmountWriting | undefined): Judged | null {
  const own = amount?.units.find(({ factor, offset }) => factor === 1 && offset === 0)?.text;
  const written = own === undefined ? null : writtenAs(`1${own}`);
  return written === null ? null : judge("spelt", written.type, `its numbers are written with "${own}"`, written.unit);
}

function ofNumbers(column: Extract<Column, { readonly values: Float64Array }>): Judged {
  if (column.type === "date") return judge("shaped", "date", "read as dates");
  const unix = unixTimesOf(column);
  if (unix !== null) return judge("shaped", "date", `whole numbers that count ${unix.unit}s since 1970`);
  const values = evenly(column.values).filter((value) => !Number.isNaN(value));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const whole = values.every(Number.isInteger);
  const distinct = new Set(values).size;
  const says = saying(column.name);
  const words = nameWords(column.name);
  const geo = says("geo");
  if (geo !== null && low >= -180 && high <= 180) return judge("named", "geo", geo, "degree");
  if (distinct === 2 && whole && low === 0 && high === 1) return judge("shaped", "category", "0 and 1 only");
  const code = says("code");
  if (code !== null && whole && low >= 0) return judge("named", "code", code);
  const phone = says("phone");
  if (phone !== null && whole && low >= 1e5) return judge("named", "phone", phone);
  return (
    byRate(column.name, words) ??
    byUnit(words) ??
    byName(says, { low, high, whole, distinct }) ??
    judge("rest", "quantity", "numbers, and nothing says of what")
  );
}

const IN_SPEEDS = new Set(["ms", "mps"]);

/** So much in a time, as the end of a name: "wind km/h", "wind_km_h" where it is a length; and metres per second where the name measures a speed. */
function byRate(name: string, words: readonly string[]): Judged | null {
  const [before = "", last = ""] = words.slice(-2);
  const isWritten = /\p{L}\s?\/\s?\p{L}+\W*$/u.test(name);
  const isOfTime = timeUnit(last) !== null;
  if (isOfTime && UNITS.includes(before) && (isWritten || (words.length > 2 && unitOf(before)?.dimension === "length")))
    return judge("named", "quantity", `"${before}/${last}" in the name is a unit`, `${before}/${last}`);
  if (words.length > 1 && IN_SPEEDS.has(last) && measuredBy(words) === "speed")
    return judge("named", "quantity", `"${last}" in the name of a speed is a unit`, "m/s");
  return null;
}

/** A unit as the last word of a name of several. */
function byUnit(words: readonly string[]): Judged | null {
  const last = words.at(-1) ?? "";
  if (words.length < 2) return null;
  if (CURRENCIES.includes(last)) return judge("named", "money", `"${last}" in the name is a currency`, last.toUpperCase());
  const time = timeUnit(last);
  if (time !== null) return judge("named", "duration", `"${last}" in the name is a unit of time`, time);
  return UNITS.includes(last) ? judge("named", "quantity", `"${last}" in the name is a unit`, last) : null;
}

interface Range {
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
  readonly distinct: number;
}

function byName(says: ReturnType<typeof saying>, { low, high, whole, distinct }: Range): Judged | null {
  const [count, duration, money, date, category] = [says("count"), says("duration"), says("money"), says("date"), says("category")];
  if (money !== null) return judge("named", "money", money);
  if (duration !== null && low >= 0) return judge("named", "duration", duration);
  const part = date === null || !whole ? null : datePart(low, high);
  if (date !== null && part !== null) return judge("named", "date", date, part);
  if (category !== null && whole && distinct <= 20) return judge("named", "category", category);
  return count !== null && whole && low >= 0 ? judge("named", "quantity", count, "count") : null;
}

/** What a whole number can be of a date; seconds and milliseconds since 1970 from 1985 on, to 2100. */
function datePart(low: number, high: number): string | null {
  if (low >= 0 && high <= 59) return "part of a date";
  if (low >= 1700 && high <= 2200) return "year";
  if (low >= 4.7e8 && high <= 4.1e9) return "seconds since 1970";
  return low >= 4.7e11 && high <= 4.1e12 ? "milliseconds since 1970" : null;
}

/** The phrase of the name that speaks for a kind, as a reason. */
function saying(name: string): (kind: keyof typeof NAMED) => string | null {
  const words = nameWords(name);
  return (kind) => {
    const phrase = phrasesIn(words, NAMED[kind])[0] ?? words.map((word) => lastPartOf(word, kind)).find((part) => part !== null);
    return phrase == null ? null : `"${phrase}" in the name says so`;
  };
}

/** Shorter words end others by chance. */
const LEAST_PART = 5;

/** The end of a compound such as "gesamtpreis" or "unitprice" that is a word of the kind. */
function lastPartOf(word: string, kind: keyof typeof NAMED): string | null {
  for (let start = 2; start <= word.length - LEAST_PART; start++) {
    const part = word.slice(start);
    if (NAMED[kind].get(part)?.some((phrase) => phrase.length === 1) === true) return part;
  }
  return null;
}

function evenly<T>(items: ArrayLike<T>): T[] {
  const step = Math.max(1, Math.ceil(items.length / SHOWN));
  return Array.from({ length: Math.ceil(items.length / step) }, (_, index) => items[index * step] as T);
}

function shareOf<T>(items: readonly T[], test: (item: T) => boolean): number {
  return items.filter(test).length / Math.max(1, items.length);
}
