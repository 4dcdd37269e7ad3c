import { MONTH_NUMBERS } from "./month-names.ts";

export type Period = "week" | "month" | "quarter";

/** A format that writes a week (%V, of ISO 8601, with its year %G), a month (%m, %b) or a quarter (%q) and its year, and no day. */
export interface PeriodFormat {
  readonly period: Period;
  /** Regular expression (RE2 and JavaScript agree on it) of the whole text, one group for the year and one for the number or name. */
  readonly pattern: string;
  /** The same with any number or word in place of the week's, month's or quarter's. */
  readonly shape: string;
  readonly yearFirst: boolean;
  /** The month stands by its name. */
  readonly named: boolean;
}

/** Years that a format reads, and those by which a text is known to write one. */
const ANY_YEAR = "[0-9]{4}";
const YEAR = "(?:19|20)[0-9]{2}";
const NUMBERS = { V: "0?[1-9]|[1-4][0-9]|5[0-3]", m: "0?[1-9]|1[0-2]", q: "[1-4]", b: "\\p{L}{3,}" };
const PERIODS: Readonly<Record<string, Period>> = { V: "week", m: "month", b: "month", q: "quarter" };

const known = new Map<string, PeriodFormat | null>();

/** Null for a format of days or times. */
export function periodFormat(format: string): PeriodFormat | null {
  const found = known.get(format);
  if (found !== undefined) return found;
  const made = formatOf(format);
  known.set(format, made);
  return made;
}

function formatOf(format: string): PeriodFormat | null {
  const fields = [...format.matchAll(/%([A-Za-z])/g)].map(([, field = ""]) => field);
  const [field] = fields.filter((one) => one in PERIODS);
  if (fields.length !== 2 || field === undefined || !fields.includes(field === "V" ? "G" : "Y")) return null;
  const literal = (text: string) => text.replaceAll(".", "\\.");
  const texts = format.split(/%[A-Za-z]/).map(literal);
  const write = (part: string) => {
    const groups = fields.map((one) => `(${one === field ? part : ANY_YEAR})`);
    return `${texts[0] ?? ""}${groups[0] ?? ""}${texts[1] ?? ""}${groups[1] ?? ""}${texts[2] ?? ""}`;
  };
  const named = field === "b";
  return {
    period: PERIODS[field] ?? "month",
    pattern: write(NUMBERS[field as keyof typeof NUMBERS]),
    shape: write(named ? "\\p{L}+" : "[0-9]+"),
    yearFirst: fields[0] !== field,
    named,
  };
}

const readers = new Map<string, RegExp>();

/** Milliseconds since 1970 UTC of the first day of the week, month or quarter that the text writes; NaN for another text, and for a week 53 that the year has not. */
export function parsePeriod(text: string, format: PeriodFormat): number {
  const reader = readers.get(format.pattern) ?? new RegExp(`^[ \\t]*${format.pattern}[ \\t]*$`, "u");
  readers.set(format.pattern, reader);
  const match = reader.exec(text);
  if (match === null) return Number.NaN;
  const [year = "", part = ""] = format.yearFirst ? [match[1], match[2]] : [match[2], match[1]];
  const number = format.named ? MONTH_NUMBERS.get(part) : Number(part);
  return number === undefined ? Number.NaN : firstDay(format.period, Number(year), number);
}

const DAY_MS = 86_400_000;

function firstDay(period: Period, year: number, number: number): number {
  if (period !== "week") return dayOf(year, period === "month" ? number - 1 : 3 * (number - 1), 1);
  // 4 January is in week 1 of its year, and a week belongs to the year of its Thursday.
  const inFirst = dayOf(year, 0, 4);
  const monday = inFirst + DAY_MS * (7 * (number - 1) - ((new Date(inFirst).getUTCDay() + 6) % 7));
  return new Date(monday + 3 * DAY_MS).getUTCFullYear() === year ? monday : Number.NaN;
}

/** The period whose first day this is, as the format writes it: weeks and months with two digits, names of months in English. */
export function writePeriod(ms: number, format: string): string {
  const date = new Date(ms);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  const ofWeek = new Date(ms + 3 * DAY_MS).getUTCFullYear();
  const week = () => 1 + Math.round((ms - firstDay("week", ofWeek, 1)) / (7 * DAY_MS));
  const two = (number: number) => String(number).padStart(2, "0");
  const named = () =>
    [...MONTH_NUMBERS].find(([name, number]) => number === month && name.length === 3 && /^\p{Lu}\p{Ll}/u.test(name))?.[0];
  const fields: Readonly<Record<string, () => string | undefined>> = {
    ...{ Y: () => String(year), G: () => String(ofWeek), V: () => two(week()), m: () => two(month), b: named },
    q: () => String((month + 2) / 3),
  };
  return format.replace(/%([A-Za-z])/g, (text, field: string) => fields[field]?.() ?? text);
}

/** `Date.UTC` takes the years below 100 for those of another century. */
function dayOf(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day);
}

const WORDS: readonly (readonly ["V" | "q", string])[] = [
  ["V", "w wk week kw cw woche kalenderwoche s sem semaine semana settimana sett v vecka uge uke tydzień tydz hafta"],
  ["q", "q qtr quarter quartal t trim trimestre k kv kvartal kwartał kwartaal"],
];
const FIELD_OF: ReadonlyMap<string, "V" | "q"> = new Map(
  WORDS.flatMap(([field, words]) => words.split(" ").map((word): [string, "V" | "q"] => [word, field])),
);

const GAP = "[ ./-]{0,2}";
const WORD_FIRST = new RegExp(`^(?<word>\\p{L}{1,13})(?<a>${GAP})\\d{1,2}(?<b>[ ./-]{1,3})${YEAR}$`, "u");
const YEAR_FIRST = new RegExp(`^${YEAR}(?<a>${GAP})(?<word>\\p{L}{1,13})(?<b>${GAP})\\d{1,2}$`, "u");
const NUMBER_FIRST = new RegExp(`^\\d{1,2}(?<a>(?:\\.|er|ère|e|º|ª|st|nd|rd|th)?${GAP})(?<word>\\p{L}{1,13})(?<b>${GAP})${YEAR}$`, "u");
const MONTH_NAMED = new RegExp(`^(?<word>\\p{L}{3,})\\.?(?<gap>[ /-])${YEAR}$`, "u");
const NAMED_LAST = new RegExp(`^${YEAR}(?<gap>[ /-])(?<word>\\p{L}{3,})$`, "u");
const MONTH_FIRST = new RegExp(`^\\d{1,2}(?<gap>[/-])${YEAR}$`);
const MONTH_LAST = new RegExp(`^${YEAR}(?<gap>[/-])\\d{1,2}$`);

/** The format of a text that writes a week, a month or a quarter of a year; null for any other. */
export function periodFormatOf(text: string): string | null {
  if (text.length < 6 || text.length > 30) return null;
  const format = worded(text) ?? named(text) ?? numbered(text);
  const read = format === null ? null : periodFormat(format);
  return read === null || Number.isNaN(parsePeriod(text, read)) ? null : format;
}

function worded(text: string): string | null {
  const first = WORD_FIRST.exec(text)?.groups ?? YEAR_FIRST.exec(text)?.groups;
  const groups = first ?? NUMBER_FIRST.exec(text)?.groups;
  const { word = "", a = "", b = "" } = groups ?? {};
  const field = FIELD_OF.get(word.toLowerCase());
  // "kW" is no "KW".
  if (field === undefined || ![word.toLowerCase(), word.toUpperCase(), capitalised(word)].includes(word)) return null;
  const year = field === "V" ? "%G" : "%Y";
  if (first === undefined) return `%${field}${a}${word}${b}${year}`;
  return /^\d/.test(text) ? `${year}${a}${word}${b}%${field}` : `${word}${a}%${field}${b}${year}`;
}

function capitalised(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1).toLowerCase()}`;
}

function named(text: string): string | null {
  const first = MONTH_NAMED.exec(text)?.groups;
  const { word = "", gap = "" } = first ?? NAMED_LAST.exec(text)?.groups ?? {};
  if (!MONTH_NUMBERS.has(word)) return null;
  return first === undefined ? `%Y${gap}%b` : `%b${text.startsWith(`${word}.`) ? "." : ""}${gap}%Y`;
}

function numbered(text: string): string | null {
  const first = MONTH_FIRST.exec(text)?.groups?.gap;
  if (first !== undefined) return `%m${first}%Y`;
  const last = MONTH_LAST.exec(text)?.groups?.gap;
  return last === undefined ? null : `%Y${last}%m`;
}
