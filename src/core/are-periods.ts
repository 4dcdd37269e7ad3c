import { MONTH_NUMBERS } from "./month-names.ts";
import { type PeriodFormat, parsePeriod, periodFormat } from "./written-period.ts";

/** The largest number that terms and half-years of a year have, and quarters. */
const FEW = 4;

/** Weeks of so many years reach beyond the middle of one; rounds of a season and the numbers of products need not. */
const [SEVERAL_YEARS, HALF_YEAR] = [3, 26];

/** A single month beside numbers may be a name (Marta 1990, Mars 1807). */
const LEAST_NAMED = 2;

/** Of the months of a year, one is written with the last digits of the next year (2010/11). */
const MOSTLY_SEASONS = 0.5;

/** Texts that say many things: S is a week of four languages, a term, a file and a telephone; T a term and a quarter. */
const UNCLEAR = /^(?:S|Sem|T)(?=[^\p{L}]|$)/iu;

const PERIOD_NAMES: ReadonlySet<string> = new Set(
  [
    "w wk week weeks kw cw woche wochen kalenderwoche semaine semaines semana semanas settimana vecka uge uke tydzien hafta",
    "q qtr quarter quarters quartal quartale trim trimestre trimestres kvartal kwartal kwartaal",
    "month months mm monat monate mois mes mese maand miesiac manad maned ay date dates datum fecha data dato tarih day period periods periode periodo",
  ].flatMap((names) => names.split(" ")),
);
/** From here on a word may stand at the end of another (Lieferwoche). */
const LONG_NAME = 5;

/** The name of a column says that its texts are weeks, months, quarters or dates. */
function isCalledPeriod(name: string): boolean {
  const plain = name
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2");
  const words = plain.toLowerCase().split(/[^\p{L}]+/u);
  return words.some((word) => PERIOD_NAMES.has(word) || [...PERIOD_NAMES].some((one) => one.length >= LONG_NAME && word.endsWith(one)));
}

interface Part {
  readonly year: number;
  readonly number: number;
  readonly written: string;
}

/**
 * Whether texts that follow these formats of one kind of period may be periods at all. They are none where a text of the same shape writes a week, month or quarter
 * that no year has (W60, Q5), so that no cell is lost by reading them; nor where the numbers are not those of a calendar: see the conditions below. `name`: of the column.
 */
export function arePeriods(texts: readonly string[], formats: readonly string[], name = ""): boolean {
  const found = formats.flatMap((format) => periodFormat(format) ?? []);
  const [first] = found;
  if (first === undefined || found.length < formats.length) return false;
  const trimmed = [...new Set(texts.map((text) => text.trim()))];
  const parts = found.flatMap((format) => partsOf(trimmed, format));
  if (parts.includes(null)) return false;
  const known = parts.filter((part) => part !== null);
  if (known.length === 0) return false;
  if (first.period === "week") return areWeeks(known) && areClear(formats, known, name);
  if (first.period === "quarter") return areQuarters(known) && areClear(formats, known, name);
  return first.named ? numbersOf(known).size >= LEAST_NAMED : areMonths(known, found, name);
}

/** Null for a text of the format's shape that writes no period. */
function partsOf(texts: readonly string[], format: PeriodFormat): (Part | null)[] {
  const shape = new RegExp(`^${format.shape}$`, "u");
  return texts.flatMap((text) => {
    const match = shape.exec(text);
    if (match === null) return [];
    if (Number.isNaN(parsePeriod(text, format))) return [null];
    const [year = "", written = ""] = format.yearFirst ? [match[1], match[2]] : [match[2], match[1]];
    return [{ year: Number(year), number: format.named ? (MONTH_NUMBERS.get(written) ?? Number.NaN) : Number(written), written }];
  });
}

function numbersOf(parts: readonly Part[]): ReadonlySet<number> {
  return new Set(parts.map(({ number }) => number));
}

function yearsOf(parts: readonly Part[]): number {
  return new Set(parts.map(({ year }) => year)).size;
}

function areWeeks(parts: readonly Part[]): boolean {
  const most = Math.max(...numbersOf(parts));
  return most > (yearsOf(parts) >= SEVERAL_YEARS ? HALF_YEAR : FEW);
}

/** Quarters of two years or more are all four of them. */
function areQuarters(parts: readonly Part[]): boolean {
  return yearsOf(parts) < 2 || numbersOf(parts).size === FEW;
}

/** A unit that may be another word is believed where the name of the column agrees, or where weeks behind "S" reach beyond the middle of the year. */
function areClear(formats: readonly string[], parts: readonly Part[], name: string): boolean {
  const unclear = formats.filter((format) => format.split(/%[A-Za-z]/).some((text) => UNCLEAR.test(text.trim())));
  if (unclear.length === 0 || isCalledPeriod(name)) return true;
  return unclear.every((format) => /S%V/i.test(format)) && Math.max(...numbersOf(parts)) > HALF_YEAR;
}

/** No seasons, and written with two digits each or with all twelve numbers: others may be fractions, sizes or files. */
function areMonths(parts: readonly Part[], formats: readonly PeriodFormat[], name: string): boolean {
  const seasons = parts.filter(({ year, number }) => number === (year + 1) % 100).length;
  if (formats.some(({ yearFirst }) => yearFirst) && seasons >= MOSTLY_SEASONS * parts.length) return false;
  return parts.some(({ written }) => written.startsWith("0")) || numbersOf(parts).size === 12 || isCalledPeriod(name);
}
