import { arePeriods } from "../../core/are-periods.ts";
import { turned } from "../../core/date-order.ts";
import { MONTH_ELSEWHERE } from "../../core/month-names.ts";
import { periodFormat, periodFormatOf } from "../../core/written-period.ts";
import { parseDate } from "../../recipe/index.ts";

/** How the dates of a column are written. */
export interface DateSpellings {
  /** strptime formats, the one that reads most cells first; of two orders of day and month the likelier. */
  readonly formats: readonly string[];
  /** Cells read by each format, in the same order; every cell counts for the first that reads it. */
  readonly cells: readonly number[];
  /** Cells that no format reads. */
  readonly unread: number;
  /** Cells that can be read day first and month first with another result. */
  readonly ambiguous: number;
  /** Cells that can only be read day first, or only month first. */
  readonly dayFirst: number;
  readonly monthFirst: number;
}

const DAYS: readonly string[] = [
  ...["-", "/", "."].map((gap) => `%Y${gap}%m${gap}%d`),
  ...["-", "/", ".", " "].flatMap((gap) => ["%Y", "%y"].flatMap((year) => [`%d${gap}%m${gap}${year}`, `%m${gap}%d${gap}${year}`])),
  ...["-", " ", "/", ". ", " de "].flatMap((gap) => ["%Y", "%y"].map((year) => `%d${gap}%b${gap === ". " ? " " : gap}${year}`)),
  ...["%b %d, %Y", "%b %d %Y", "%b %dth, %Y", "%Y %b %d", "%Y-%b-%d"],
];
/** As letters, reports and the forms of one country write them. */
const LOCAL_DAYS: readonly string[] = [
  // Hungarian and Korean; Czech, Slovak, Slovenian and Serbian.
  ...["%Y. %m. %d.", "%Y. %m. %d", "%Y.%m.%d.", "%Y. %b %d.", "%Y. %b %d", "%d. %m. %Y", "%d. %m. %Y.", "%d.%m.%Y."],
  ...["%d. %b %Y.", "%Y年%m月%d日", "%Y년 %m월 %d일"],
  // "of" of the year.
  ...[
    "%d de %b del %Y",
    "%d de %b %Y",
    "%d %b de %Y",
    "%d de %b, %Y",
    ...["'", "’"].flatMap((sign) => [`%d d${sign}%b de %Y`, `%d d${sign}%b del %Y`]),
    "%d %b, %Y",
    "den %d %b %Y",
    "den %d. %b %Y",
  ],
  // "Year" behind it, in Russian, Ukrainian and Polish.
  ...["г.", "г", "года", "р.", "року", "r.", "roku"].flatMap((year) => [`%d %b %Y ${year}`, `%d.%m.%Y ${year}`]),
  // First, second.
  ...["st", "nd", "rd", "th", "er", "º", "°"].map((sign) => `%d${sign} %b %Y`),
  ...["st", "nd", "rd"].map((sign) => `%b %d${sign}, %Y`),
  ...["º", "°"].map((sign) => `%d${sign} de %b de %Y`),
];
const PLAIN_CLOCKS: readonly string[] = ["", " %H:%M:%S", " %H:%M"];
const CLOCKS: readonly string[] = ["", " %H:%M:%S", " %H:%M", "T%H:%M:%S", "T%H:%M", "T%H:%M:%SZ", ", %H:%M", ", %H:%M:%S"];
/** Sizes and files are written like it ("8/1950"). */
const NUMBERED_MONTH = "%m/%Y";
const MONTHS: readonly string[] = ["%b-%Y", "%b %Y", "%b-%y", "%Y-%b", NUMBERED_MONTH];
/** ISO 8601 without signs, as logs and listings write it. */
const COMPACT_CLOCKS: readonly string[] = ["T%H%M%S", "T%H%M%SZ", "T%H%M", " %H%M%S", " %H%M", "_%H%M%S", " %H:%M:%S", " %H:%M"].map(
  (clock) => `%Y%m%d${clock}`,
);
/** Times of the day without a day. A duration below a day that is written so stands in the same order. */
const TIMES: readonly string[] = ["%H:%M:%S", "%H:%M"];
const FORMATS: readonly string[] = [
  ...DAYS.flatMap((day) => CLOCKS.map((clock) => `${day}${clock}`)),
  ...LOCAL_DAYS.flatMap((day) => PLAIN_CLOCKS.map((clock) => `${day}${clock}`)),
  ...MONTHS,
  "%Y%m%d",
  ...COMPACT_CLOCKS,
  ...TIMES,
];
const CLOCK_ALONE = /^\d{1,2}:\d\d(:\d\d)?$/;

/** Spellings that are looked at to find the formats. */
const SHOWN = 400;
const MOST_FORMATS = 6;

/** A date has a digit, and is as long as one. */
function couldBeDate(text: string): boolean {
  if (CLOCK_ALONE.test(text) || periodFormatOf(text) !== null) return true;
  return text.length >= 6 && text.length <= 40 && /\d/.test(text) && /[-/. ,_年]|^\d{8}(T|$)/.test(text);
}

/** Null when hardly any of the texts is a date. counts: rows of each text; name: of the column. */
export function dateSpellings(texts: readonly string[], counts: ArrayLike<number>, share: number, name = ""): DateSpellings | null {
  const step = Math.max(1, Math.ceil(texts.length / SHOWN));
  const shown = texts.filter((text, place) => place % step === 0 && couldBeDate(text));
  if (shown.length * step < share * texts.length) return null;
  const formats = formatsOf(shown, name);
  if (formats.length === 0) return null;
  return countCells(texts, counts, formats);
}

/** The format that reads most of what is left, until nothing is left that a format reads. */
function formatsOf(texts: readonly string[], name: string): string[] {
  const known = FORMATS.filter((format) => format !== NUMBERED_MONTH || arePeriods(texts, [format], name));
  const readers = [...new Set([...known, ...periodsIn(texts, name)])].map((format) => ({ format, one: [format] }));
  const chosen: string[] = [];
  let left = [...texts];
  while (left.length > 0 && chosen.length < MOST_FORMATS) {
    const head = left.slice(0, 60);
    const some = readers.filter(({ one }) => head.some((text) => !Number.isNaN(parseDate(text, one))));
    const reads = some.map((reader) => ({ ...reader, cells: left.filter((text) => !Number.isNaN(parseDate(text, reader.one))).length }));
    const best = reads.reduce<(typeof reads)[number] | null>((top, one) => (top === null || one.cells > top.cells ? one : top), null);
    if (best === null || best.cells === 0) break;
    chosen.push(best.format);
    left = left.filter((text) => Number.isNaN(parseDate(text, best.one)));
  }
  return chosen.filter((format) => !format.includes("%b") || nameMonths(texts, likeIn(chosen, format)));
}

/** Those that name a month too, and a day too or none. */
function likeIn(formats: readonly string[], format: string): readonly string[] {
  return formats.filter((one) => one.includes("%b") && one.includes("%d") === format.includes("%d"));
}

/**
 * Whether words that read as names of months are such: there are two months at least. A single one is believed beside a day and a year of four digits, or of one year of two, unless
 * it is another month elsewhere: "Rij-07", "Marta 1990" and "3-set-37" may be names.
 */
function nameMonths(texts: readonly string[], formats: readonly string[]): boolean {
  const read = texts.filter((text) => !Number.isNaN(parseDate(text, formats)));
  const dates = read.map((text) => new Date(parseDate(text, formats)));
  if (new Set(dates.map((date) => date.getUTCMonth())).size > 1) return true;
  if (!formats.every((format) => format.includes("%d")) || read.some((text) => MONTH_ELSEWHERE.test(text))) return false;
  return formats.every((format) => format.includes("%Y")) || new Set(dates.map((date) => date.getUTCFullYear())).size === 1;
}

/** Ways to write weeks, months and quarters that stand in the texts; those of one kind are judged together. */
function periodsIn(texts: readonly string[], name: string): string[] {
  const formats = [...new Set(texts.flatMap((text) => periodFormatOf(text) ?? []))];
  const kindOf = (format: string) => [periodFormat(format)?.period, periodFormat(format)?.named].join();
  const kinds = [...new Set(formats.map(kindOf))].map((kind) => formats.filter((format) => kindOf(format) === kind));
  return kinds.filter((kind) => arePeriods(texts, kind, name)).flat();
}

function countCells(texts: readonly string[], counts: ArrayLike<number>, formats: readonly string[]): DateSpellings {
  const cells = formats.map(() => 0);
  const found = { unread: 0, ambiguous: 0, dayFirst: 0, monthFirst: 0 };
  texts.forEach((text, place) => {
    const rows = counts[place] ?? 0;
    const first = formats.findIndex((format) => !Number.isNaN(parseDate(text, [format])));
    if (first < 0) {
      found.unread += rows;
      return;
    }
    cells[first] = (cells[first] ?? 0) + rows;
    const format = formats[first] ?? "";
    const other = turned(format);
    if (other === null) return;
    const moment = parseDate(text, [other]);
    if (Number.isNaN(moment)) found[format.startsWith("%d") ? "dayFirst" : "monthFirst"] += rows;
    else if (moment !== parseDate(text, [format])) found.ambiguous += rows;
  });
  return { formats, cells, ...found };
}

/** Spellings that are looked at to tell dates from names. */
const GLANCED = 100;

/** Nearly all of the texts are dates, judged by a hundred of them. */
export function areDates(texts: readonly string[], name = ""): boolean {
  if (texts.length < 5) return false;
  const step = Math.max(1, Math.ceil(texts.length / GLANCED));
  const shown = texts.filter((_, place) => place % step === 0);
  const found = dateSpellings(shown, new Uint8Array(shown.length).fill(1), 0.9, name);
  return found !== null && found.unread <= 0.1 * shown.length;
}

/** All of the whole numbers write a day as 20240229 does. */
export function areDayNumbers(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (value < 10_000_101 || value > 99_991_231 || Number.isNaN(parseDate(String(value), ["%Y%m%d"]))) return false;
  }
  return true;
}
