import { MONTH_NUMBERS } from "../core/month-names.ts";
import { datePart, daysOfDate, type IntegerArithmetic, PLAIN_ARITHMETIC } from "./calendar.ts";

/** As of strptime (G, V: year and week of ISO 8601), and q, the quarter. Behind a month's name or short form (b) a point may stand that the format lacks. */
export type DateField = "d" | "m" | "b" | "q" | "Y" | "y" | "G" | "V" | "H" | "M" | "S" | "f";

/** Fields that follow each other without a text between, each of its full width where there are several, and the literal text behind them, empty at most behind the last. */
export interface DateToken {
  readonly fields: readonly DateField[];
  readonly after: string;
}

/** A format taken apart. */
export interface DateFormat {
  /** Literal text in front of the first field. */
  readonly before: string;
  readonly tokens: readonly DateToken[];
  /** Regular expression (RE2 and JavaScript agree on it) of the whole text, one group for each field. */
  readonly pattern: string;
  /** A text that follows the format. */
  readonly example: string;
}

const DAY_MS = 86_400_000;

export const COMPACT = "%Y%m%d";

const PATTERNS: Readonly<Record<DateField, string>> = {
  d: "0?[1-9]|[12][0-9]|3[01]",
  m: "0?[1-9]|1[0-2]",
  b: [...MONTH_NUMBERS.keys()].join("|"),
  q: "[1-4]",
  Y: "[0-9]{4}",
  y: "[0-9]{2}",
  G: "[0-9]{4}",
  V: "0?[1-9]|[1-4][0-9]|5[0-3]",
  H: "[01]?[0-9]|2[0-3]",
  M: "[0-5][0-9]",
  S: "[0-5][0-9]",
  f: "[0-9]{3}",
};

/** Of a field beside others without a text between. */
const FULL: Partial<Readonly<Record<DateField, string>>> = { d: "0[1-9]|[12][0-9]|3[01]", m: "0[1-9]|1[0-2]", H: "[01][0-9]|2[0-3]" };

const EXAMPLES: Readonly<Record<DateField, string>> = {
  ...{ d: "1", m: "1", b: "Jan", q: "1", Y: "1970", y: "70", G: "1970", V: "1" },
  ...{ H: "0", M: "00", S: "00", f: "000" },
};
const FULL_EXAMPLES: Partial<Readonly<Record<DateField, string>>> = { d: "01", m: "01", H: "00" };

/** Digits of a field beside others without a text between; a month's name has none. */
export const WIDTHS: Partial<Readonly<Record<DateField, number>>> = { d: 2, m: 2, Y: 4, H: 2, M: 2, S: 2, f: 3 };

/** @throws RangeError for a format that has other parts, no parts, or two without a text between of which one has no width of its own (a defect of the recipe's maker). */
export function dateFormat(format: string): DateFormat {
  const parts = [...format.matchAll(/%([dmbqYyGVHMSf])([^%]*)/g)];
  const before = /^[^%]*/.exec(format)?.[0] ?? "";
  const tokens: { fields: DateField[]; after: string }[] = [];
  for (const [, field, after] of parts) {
    const last = tokens.at(-1);
    if (last !== undefined && last.after === "") last.fields.push(field as DateField);
    else tokens.push({ fields: [field as DateField], after: "" });
    (tokens.at(-1) ?? { after: "" }).after = after ?? "";
  }
  const isWhole = `${before}${parts.map(([text]) => text).join("")}` === format;
  const haveWidths = tokens.every(({ fields }) => fields.length === 1 || fields.every((field) => WIDTHS[field] !== undefined));
  if (tokens.length === 0 || !isWhole || !haveWidths) throw new RangeError(`"${format}" is no date format`);
  const write = (
    full: Partial<Record<DateField, string>>,
    plain: Record<DateField, string>,
    wrap: (text: string, next: string) => string,
  ) =>
    tokens.map(({ fields, after }) => ({
      text: fields
        .map((field) => wrap((fields.length > 1 ? full[field] : undefined) ?? plain[field], field === "b" ? after : "."))
        .join(""),
      after,
    }));
  // A month may stand short, with the point of what is shortened.
  const group = (text: string, next: string) => (next.startsWith(".") ? `(${text})` : `((?:${text})\\.?)`);
  const fields = write(FULL, PATTERNS, group).map(({ text, after }) => `${text}${escaped(after)}`);
  const examples = write(FULL_EXAMPLES, EXAMPLES, (text) => text).map(({ text, after }) => `${text}${after}`);
  return { before, tokens, pattern: `${escaped(before)}${fields.join("")}`, example: `${before}${examples.join("")}` };
}

function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N} ]/gu, "\\$&");
}

/** Whole numbers of type `T` for the fields of a date; what a format lacks is its first (1 January 1970, midnight). */
export type DateFields<T> = Partial<Readonly<Record<DateField, T>>>;

/**
 * Milliseconds since 1970 UTC, of a week or a quarter at its first day. Where `shown` is not `written` there is no such day (30 February), or no such week (the year of
 * its Thursday is another).
 */
export function momentOf<T>(ops: IntegerArithmetic<T>, fields: DateFields<T>): { ms: T; shown: T; written: T } {
  if (fields.V !== undefined) return weekOf(ops, fields.G ?? ops.constant(1970), fields.V);
  const { constant, add, mul } = ops;
  const year = fields.Y ?? (fields.y === undefined ? constant(1970) : fullYear(ops, fields.y));
  const ofQuarter = fields.q === undefined ? constant(1) : add(mul(fields.q, constant(3)), constant(-2));
  const days = daysOfDate(ops, year, fields.b ?? fields.m ?? ofQuarter, fields.d ?? constant(1));
  const times = (value: T | undefined, unit: number) => mul(value ?? constant(0), constant(unit));
  const clock = add(add(times(fields.H, 3_600_000), times(fields.M, 60_000)), add(times(fields.S, 1000), times(fields.f, 1)));
  const ms = add(mul(days, constant(86_400_000)), clock);
  return { ms, shown: datePart(ops, ms, "day"), written: fields.d ?? constant(1) };
}

/** 4 January is in the first week of its year, and a week belongs to the year of its Thursday. */
function weekOf<T>(ops: IntegerArithmetic<T>, year: T, week: T): { ms: T; shown: T; written: T } {
  const { constant, add, sub, mul } = ops;
  const inFirst = mul(daysOfDate(ops, year, constant(1), constant(4)), constant(DAY_MS));
  const monday = sub(inFirst, mul(datePart(ops, inFirst, "weekday"), constant(DAY_MS)));
  const ms = add(monday, mul(sub(week, constant(1)), constant(7 * DAY_MS)));
  return { ms, shown: datePart(ops, add(ms, constant(3 * DAY_MS)), "year"), written: year };
}

/** Of a year of two digits. */
export function fullYear<T>({ constant, add, whereBelow }: IntegerArithmetic<T>, short: T): T {
  return whereBelow(short, 69, add(short, constant(2000)), add(short, constant(1900)));
}

type Reader = (text: string) => number;

/** A recipe has a handful of formats. */
const readers = new Map<string, Reader>();

function readerFor(format: string): Reader {
  const known = readers.get(format);
  if (known !== undefined) return known;
  const made = readerOf(format);
  readers.set(format, made);
  return made;
}

/** Milliseconds since 1970 UTC of a text by the first format that it follows; NaN when it follows none or the day does not exist. */
export function parseDate(text: string, formats: readonly string[]): number {
  for (const format of formats) {
    const ms = readerFor(format)(text);
    if (!Number.isNaN(ms)) return ms;
  }
  return Number.NaN;
}

function readerOf(format: string): Reader {
  const { tokens, pattern, example } = dateFormat(format);
  const names = tokens.flatMap(({ fields }) => fields);
  const shape = shapeOf(example);
  let whole: RegExp | null = null;
  return (text) => {
    if (shapeOf(text) !== shape) return Number.NaN;
    whole ??= new RegExp(`^(?:${pattern})$`);
    const groups = whole.exec(text);
    if (groups === null) return Number.NaN;
    const fields: Partial<Record<DateField, number>> = {};
    names.forEach((field, i) => {
      const part = groups[i + 1] ?? "";
      fields[field] = field === "b" ? (MONTH_NUMBERS.get(part.replace(/\.$/, "")) ?? 1) : Number(part);
    });
    const { ms, shown, written } = momentOf(PLAIN_ARITHMETIC, fields);
    return shown === written ? ms : Number.NaN;
  };
}

/**
 * The text with every run of digits as "0" and every run of letters, with a point behind, as "a". Parts of a date are one run of digits or letters each, so texts of one
 * format have one shape. It is had sooner than an expression is compiled: hundreds of formats are tried on a column, and hardly one fits its shape.
 */
function shapeOf(text: string): string {
  let shape = "";
  let last = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const kind = code >= ZERO && code < ZERO + 10 ? ZERO : isLetter(code) ? LETTER : code;
    const isPointOfWord = code === POINT && last === LETTER;
    if (!isPointOfWord && (kind !== last || (kind !== ZERO && kind !== LETTER))) shape += String.fromCharCode(kind);
    last = kind;
  }
  return shape;
}

const ZERO = 48;
const LETTER = 97;
const POINT = 46;

/** What is beyond ASCII counts as a letter: months are written with some of it. */
function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code >= 128;
}
