import { type AmountUnit, isCurrency, isPowerUnit, POWER_UNIT, standsBefore } from "./amount-units.ts";
import { type Magnitude, magnitudeOf } from "./magnitudes.ts";
import { withoutUncertainty } from "./uncertain-digits.ts";
import { type Unit, unitOf } from "./units.ts";
import { type AmountWriting, amountOf, HARD_BLANKS, MINUS } from "./written-amount.ts";
import { type CountedNote, isFlag, withoutNotes } from "./written-notes.ts";

export interface CountedText {
  readonly text: string;
  readonly rows: number;
}

/** Marks that stand in texts; `writing` may hold others, for larger numbers to come. */
export interface MarksShown {
  readonly thousands: boolean;
  readonly decimal: boolean;
}

/** `writing` is how the texts are read; `open`: two readings are possible, a thousand times apart, and nothing in the texts tells which. */
export type AmountReading =
  | {
      readonly kind: "read";
      readonly writing: AmountWriting;
      readonly shown: MarksShown;
      readonly why: string;
      readonly noted?: readonly CountedNote[];
    }
  | { readonly kind: "open"; readonly thousands: AmountWriting; readonly decimals: AmountWriting };

export interface ReadingOptions {
  /** So many different numbers make a measure; fewer may be names of classes. */
  readonly least: number;
  /** The decimal mark that other columns of the file show; null when none does. */
  readonly decimal: "." | "," | null;
  /** Texts of plain numbers alone are read too: the file has types and gave strings. */
  readonly plain?: boolean;
  /** Units that end in a digit ("m3", "kg/m2") are read too: who takes the number out must not take that digit for one of its own. */
  readonly powers?: boolean;
}

/** Codes such as 02134 keep their zeros; shorter ones (months 01 to 12, hours) are ordered and stay numbers. */
export const CODE_LENGTH = 4;

/** A column is what at least this share of its present cells is: below a tenth, less is lost with the rest than by reading a measure as names. */
export const NEARLY_ALL = 0.9;
/** Up to this many spellings that are no numbers are marks of a missing value when at least half of the cells are numbers. */
export const FEW_MARKS = 3;

/** `onlyNulls`: the cells that are no numbers say "no value", so that there are more of them does not matter. */
export function isNumberLike(counts: {
  readonly present: number;
  readonly numeric: number;
  readonly strays: number | null;
  readonly onlyNulls?: boolean;
}): boolean {
  const { present, numeric, strays, onlyNulls = false } = counts;
  if (numeric >= NEARLY_ALL * present || onlyNulls) return numeric > 0;
  return numeric >= 0.5 * present && strays !== null && strays <= FEW_MARKS;
}

interface Part {
  readonly text: string;
  readonly rows: number;
  readonly unit: string;
  readonly before: boolean;
  /** Digits with their marks. */
  readonly body: string;
  readonly magnitude: Magnitude | null;
}

const GROUP_SIGNS = `'\u2019${HARD_BLANKS} `;
const TEXT = new RegExp(
  `^\\s*\\(?\\s*[-+${MINUS}]?\\s*(\\p{Sc}|[A-Z]{3}|R\\$|%)?\\s*[-+${MINUS}]?\\s*((?:\\d[\\d.,${GROUP_SIGNS}]*)?\\d|[.,]\\d+)-?\\s*(?:(\\p{L}{1,9}\\.?)(?=\\s*(?:\\p{Sc}|[A-Z]{3}\\s*\\)?\\s*$)|\\s*\\)?\\s*$))?\\s*(${POWER_UNIT}|[\\p{L}%\u00b0\\p{Sc}\u00b2\u00b3/]{0,6}|\\+)\\s*\\)?\\s*$`,
  "u",
);

function partOf({ text, rows }: CountedText): Part[] {
  const [, before = "", body = "", word = "", unit = ""] = TEXT.exec(text) ?? [];
  const magnitude = magnitudeOf(word);
  const after = magnitude === null ? `${word}${unit}` : unit;
  if (body === "" || after.length > LONGEST_UNIT || (before !== "" && after !== "")) return [];
  return [{ text, rows, unit: `${before}${after}`, before: before !== "", body, magnitude }];
}

/** Words that are nothing else, in any language: "million", "Mrd". */
const SURE_WORD = /^(?!mil$).{3,}$/i;

/**
 * Letters that may be one need a sign of it: "12 m" may be metres, "7b" a house. Money beside them, or several sizes in most cells or with decimals ("850K", "1.2M"), or
 * thousands with decimals beside bare numbers below a thousand ("1.2k", "540").
 */
function withMagnitudes(parts: readonly Part[]): readonly Part[] {
  const sized = parts.filter(({ magnitude }) => magnitude !== null);
  if (sized.length === 0) return parts;
  const isMoney = parts.some(({ unit, rows }) => rows > 0 && isCurrency(unit));
  const powers = new Set(sized.map(({ magnitude }) => magnitude?.power));
  const decimals = rowsOf(sized.filter(({ body }) => /[.,]\d{1,2}$/.test(body)));
  const isWord = sized.some(({ magnitude }) => SURE_WORD.test(magnitude?.text ?? ""));
  const bare = parts.filter(({ unit, magnitude }) => unit === "" && magnitude === null);
  const isThousands =
    powers.size === 1 && powers.has(3) && bare.length > 0 && bare.every(({ body }) => Number(body.replace(",", ".")) < 1000);
  const isWritten = decimals >= 0.5 * rowsOf(sized);
  if (isMoney || isWord || (isThousands && isWritten)) return parts;
  if (powers.size > 1 && (isWritten || rowsOf(sized) >= 0.5 * rowsOf(parts))) return parts;
  return parts.flatMap((part) => {
    if (part.magnitude === null) return [part];
    return part.unit === "" ? [{ ...part, unit: part.magnitude.text, magnitude: null }] : [];
  });
}

function magnitudesOf(parts: readonly Part[]): Magnitude[] {
  const found = new Map(parts.flatMap(({ magnitude }) => (magnitude === null ? [] : [[magnitude.text, magnitude]])));
  return [...found.values()].sort((a, b) => b.text.length - a.text.length || (a.text < b.text ? -1 : 1));
}

const LONGEST_UNIT = 6;

/** Whether half of the texts could write amounts at all: a first look at a few of them. */
export function couldBeAmounts(texts: readonly CountedText[]): boolean {
  const mayBe = (some: readonly CountedText[]) => rowsOf(some.flatMap(partOf)) >= 0.5 * rowsOf(some);
  const sure = withoutUncertainty(texts) ?? texts;
  return mayBe(sure) || mayBe(withoutNotes(sure)?.texts ?? []);
}

/** How texts write amounts; null when they are none. What fits no writing are strays: see `isNumberLike`. Evidence only from the texts: no label is looked at. */
export function readAmounts(texts: readonly CountedText[], options: ReadingOptions): AmountReading | null {
  const sure = withoutUncertainty(texts);
  const reading = sure === null ? null : readNoted(sure, { ...options, plain: true });
  if (reading?.kind !== "read") return readNoted(texts, options);
  return { ...reading, writing: { ...reading.writing, uncertain: true } };
}

function readNoted(texts: readonly CountedText[], options: ReadingOptions): AmountReading | null {
  const noted = withoutNotes(texts);
  const reading = noted === null ? null : readBare(noted.texts, { ...options, plain: true });
  if (noted === null || reading === null) return readBare(texts, options);
  const { notes } = noted;
  if (reading.kind === "open") return { ...reading, thousands: { ...reading.thousands, notes }, decimals: { ...reading.decimals, notes } };
  const { units, magnitudes = [] } = reading.writing;
  // Beside a unit another letter may be one too.
  if (units.length + magnitudes.length > 0 && notes.some(({ text }) => isFlag(text))) return readBare(texts, options);
  return { ...reading, writing: { ...reading.writing, notes }, noted: noted.counted };
}

function readBare(texts: readonly CountedText[], options: ReadingOptions): AmountReading | null {
  const parts = withMagnitudes(texts.flatMap(partOf));
  const present = rowsOf(texts);
  if (!couldBeAmounts(texts)) return null;
  const units = unitsOf(parts);
  if (units === null || (options.powers !== true && units.some(({ text }) => isPowerUnit(text)))) return null;
  const known = new Set(units.map(({ text }) => text));
  const own = parts.filter(({ unit }) => unit === "" || known.has(unit));
  const magnitudes = magnitudesOf(own);
  const isPlain = units.length === 0 && magnitudes.length === 0 && own.every(({ text }) => /^\s*[-+]?\d*\.?\d+\s*$/.test(text));
  if (isPlain && (options.plain !== true || isKey(own, present))) return null;
  if (units.length === 0 && magnitudes.length === 0 && isLoneComma(own)) return null;
  const mark = decimalOf(own, options.decimal);
  if (mark === null) return null;
  const make = (decimal: "." | ","): AmountWriting => ({
    decimal,
    thousands: mark.either === true || (isPlain && decimal === ".") ? [] : signsOf(own, decimal),
    units,
    ...(mark.either === true ? { either: true } : {}),
    ...(magnitudes.length === 0 ? {} : { magnitudes }),
  });
  if (mark.decimal !== null) {
    const writing = make(mark.decimal);
    return isMeasure(texts, own, writing, options.least) ? { kind: "read", writing, shown: marksIn(own, writing), why: mark.why } : null;
  }
  const [thousands, decimals] = mark.sign === "." ? [make(","), make(".")] : [make("."), make(",")];
  return isMeasure(texts, own, thousands, options.least) ? { kind: "open", thousands, decimals } : null;
}

/** In so few cells a spelling that no other number has is a slip, or a list of two. */
const SLIPS = 0.02;

/** Whole numbers and one text with a comma, "46,47": it does not make decimals of it that nothing else has. */
function isLoneComma(parts: readonly Part[]): boolean {
  const [lone, ...others] = parts.filter(({ body }) => !/^\d+$/.test(body));
  return (
    lone !== undefined &&
    others.length === 0 &&
    /^\d+,\d+$/.test(lone.body) &&
    !FITS["."].test(lone.body) &&
    lone.rows <= SLIPS * rowsOf(parts)
  );
}

function marksIn(parts: readonly Part[], { decimal, thousands }: AmountWriting): MarksShown {
  const has = (sign: string) => parts.some(({ body }) => body.includes(sign));
  return { thousands: thousands.some(has), decimal: has(decimal) };
}

function isMeasure(texts: readonly CountedText[], parts: readonly Part[], writing: AmountWriting, least: number): boolean {
  const read = texts.map(({ text }) => amountOf(text, writing));
  const numeric = rowsOf(texts.filter((_, place) => read[place] !== null));
  const strays = read.filter((value) => value === null).length;
  const different = new Set(read.filter((value) => value !== null)).size;
  return isNumberLike({ present: rowsOf(texts), numeric, strays }) && different >= least && !isGroupedCode(parts, writing);
}

function rowsOf(texts: readonly { readonly rows: number }[]): number {
  return texts.reduce((sum, { rows }) => sum + rows, 0);
}

/** Whole numbers of one length that are parted by blanks, quotes or points are numbers of something: accounts, phones, identity cards. */
function isGroupedCode(parts: readonly Part[], { decimal, units, thousands }: AmountWriting): boolean {
  if (units.length > 0 || thousands.length === 0 || thousands.includes(",") || parts.some(({ body }) => body.includes(decimal)))
    return false;
  return new Set(parts.map(({ body }) => body.replace(/\D/g, "").length)).size === 1;
}

/** Whole numbers of four digits that are no numbers of things. */
const YEARS = { first: 1800, last: 2100 };

/** Whole numbers of one length from four digits on that are no years, or nearly as many as there are rows. */
function isKey(parts: readonly Part[], present: number): boolean {
  if (parts.some(({ body }) => body.includes("."))) return false;
  if (parts.every(({ body }) => Number(body) >= YEARS.first && Number(body) <= YEARS.last)) return false;
  const isOneLength = new Set(parts.map(({ body }) => body.length)).size === 1 && (parts[0]?.body.length ?? 0) >= 4;
  return isOneLength || parts.length >= 0.95 * present;
}

/** Cells without a sign for each with one: what costs nothing is often written as 0, and who writes a unit now and then writes the same one. */
const MOST_FREE = 100;

/** The units of the column, null when they say that these are no amounts. Several have to be units of one quantity. */
function unitsOf(parts: readonly Part[]): readonly AmountUnit[] | null {
  const rows = new Map<string, number>();
  for (const part of parts) rows.set(part.unit, (rows.get(part.unit) ?? 0) + part.rows);
  const bare = rows.get("") ?? 0;
  rows.delete("");
  const [main, ...others] = [...rows].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([text]) => text);
  if (main === undefined) return [];
  const measured = unitOf(main);
  // A number without a unit among others with one: only where it cannot be in another, and the unit is no letter of a house or a class.
  const isKnown = isCurrency(main) || (measured !== null && main.length > 1);
  if (bare > (isKnown ? MOST_FREE : 10) * (rows.get(main) ?? 0)) return [];
  // Who writes a unit now and then may do so where it is another one: 72 kg among pounds.
  if (bare > 0 && !isCurrency(main) && !areAlike(parts, main)) return [];
  const isBefore = parts.some(({ unit, before }) => before && unit === main);
  if (isBefore && !standsBefore(main)) return null;
  const same = others.flatMap((text) => convertible(text, measured));
  if (bare > 0 && (same.length > 0 || !(isKnown || main === "+"))) return null;
  const first = { text: main, factor: 1, offset: 0, before: isCurrency(main) || isBefore };
  return [first, ...same].sort((a, b) => b.text.length - a.text.length || (a.text < b.text ? -1 : 1));
}

/** Middles of the numbers with a unit and without, within this factor: no two units of one quantity lie so near. */
const ALIKE = 1.5;

function areAlike(parts: readonly Part[], unit: string): boolean {
  const middle = (own: readonly Part[]) => {
    const sorted = own.map(({ body }) => Number(body.replace(",", "."))).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  const [own, bare] = [middle(parts.filter((part) => part.unit === unit)), middle(parts.filter((part) => part.unit === ""))];
  return !(own > ALIKE * bare || bare > ALIKE * own);
}

function convertible(text: string, main: Unit | null): AmountUnit[] {
  const unit = unitOf(text);
  if (unit === null || main === null || unit.dimension !== main.dimension) return [];
  const factor = round(unit.factor / main.factor);
  return [{ text, factor, offset: round((unit.offset - main.offset) / main.factor), before: false }];
}

/** 0.1 + 0.2 is no factor to write down. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}

const FITS = {
  ".": /^(?:(?:0|[1-9]\d*|[1-9]\d{0,2}([,'\u2019\u00a0\u202f ])\d{3}(?:\1\d{3})*)(?:\.\d+)?|\.\d+)$/,
  ",": /^(?:(?:0|[1-9]\d*|[1-9]\d{0,2}([.'\u2019\u00a0\u202f ])\d{3}(?:\1\d{3})*)(?:,\d+)?|,\d+)$/,
} as const;

/** Where decimals show their mark and no number reaches a thousand, a later one may: the other mark then stands between thousands. */
function signsOf(parts: readonly Part[], decimal: "." | ","): string[] {
  const fitting = parts.filter(({ body }) => FITS[decimal].test(body));
  const signs = new Set(fitting.flatMap(({ body }) => FITS[decimal].exec(body)?.[1] ?? []));
  if (signs.size === 0 && fitting.some(({ body }) => body.includes(decimal))) return [decimal === "." ? "," : "."];
  return [...signs].sort();
}

interface Mark {
  readonly decimal: "." | "," | null;
  readonly sign: "." | ",";
  readonly why: string;
  readonly either?: true;
}

/** Whole, or with one mark before one, two, or four digits and more: three could be thousands. */
const ONE_WAY = /^(?:\d+|\d*[.,](?:\d{1,2}|\d{4,}))$/;

/** Of cells that decide, so many at most may say the other: those that fit both would be misread in that share. */
const MOST_AGAINST = 1 - NEARLY_ALL;
/** Where last zeros are not written, a number of three decimals ends before its third digit once in ten. That none of so many does is a wonder below this. */
const FULL_LENGTH = 0.9;
const WONDER = 0.001;

/** Two digits behind the mark, of which one in ten decimals begins with 0; numbers of a list never do ("5,12", "7,30"). */
const TWO_BEHIND = /[.,](\d)\d$/;

function arePairs(parts: readonly Part[]): boolean {
  const firsts = parts.flatMap(({ body }) => TWO_BEHIND.exec(body)?.[1] ?? []);
  return !firsts.includes("0") && FULL_LENGTH ** firsts.length < WONDER;
}

/** Share of the marked numbers that lie within the others of a thousand and more once their mark is left out. */
const AMONG = 0.9;

function areAmongOthers(marked: readonly Part[], unmarked: readonly Part[], sign: "." | ","): boolean {
  const large = unmarked.map(({ body }) => Number(body)).filter((value) => value >= 1000);
  const low = large.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = large.reduce((most, value) => Math.max(most, value), 0);
  const within = marked.map(({ body }) => Number(body.replaceAll(sign, ""))).filter((value) => value >= low && value <= high);
  return large.length > FEW_MARKS && within.length >= AMONG * marked.length;
}

/** Prices of one unit (a litre, a share) are written with three decimals, and are small: of sums of money nearly all have two digits and more in front of the mark, and none begins with 0. */
const SUM = /^[1-9]\d{1,2}[.,]\d{3}$/;

/** Whether a currency stands at every number, and a mark of thousands would read them as sums without decimals. */
function areWholeMoney(parts: readonly Part[]): boolean {
  const sums = parts.filter(({ body }) => SUM.test(body));
  return (
    parts.every(({ unit, body }) => isCurrency(unit) && /^[1-9]\d{0,2}(?:[.,]\d{3})*$/.test(body)) &&
    rowsOf(sums) >= NEARLY_ALL * rowsOf(parts)
  );
}

/** The decimal mark; its `decimal` is null when the column can be read both ways, and null alone when it mixes writings. */
function decimalOf(parts: readonly Part[], file: "." | "," | null): Mark | null {
  const only = (mark: "." | ",", other: "." | ",") =>
    parts.filter(({ body }) => FITS[mark].test(body) && !FITS[other].test(body)).reduce((sum, { rows }) => sum + rows, 0);
  const [dot, comma] = [only(".", ","), only(",", ".")];
  const found = (decimal: "." | ",", why: string): Mark => ({ decimal, sign: decimal, why });
  // Of many different texts only some are looked at.
  const decided = (cells: number) => `the decimals of at least ${cells.toLocaleString("en")} cells can be read in no other way`;
  if (Math.min(dot, comma) > 1 && parts.every(({ body }) => ONE_WAY.test(body)) && !arePairs(parts)) {
    const why = `${dot.toLocaleString("en")} cells have "." before their decimals and ${comma.toLocaleString("en")} have ",", and none can be read in two ways`;
    return { ...found(dot >= comma ? "." : ",", why), either: true };
  }
  if (dot + comma > 0) {
    if (Math.min(dot, comma) > MOST_AGAINST * (dot + comma)) return null;
    return dot > comma ? found(".", decided(dot)) : found(",", decided(comma));
  }
  const [points, commas] = [".", ","].map((sign) => parts.filter(({ body }) => body.includes(sign)));
  if (points === undefined || commas === undefined || (points.length > 0 && commas.length > 0)) return null;
  if (points.length + commas.length === 0) return found(file ?? ".", "no number has decimals");
  const [sign, other]: ["." | ",", "." | ","] = points.length > 0 ? [".", ","] : [",", "."];
  const marked = points.length + commas.length;
  const isWonder = FULL_LENGTH ** marked < WONDER;
  if (file === sign && isWonder && areWholeMoney(parts))
    return found(
      other,
      `three digits follow ${JSON.stringify(sign)} in all of ${marked} different amounts of money, which have two decimals`,
    );
  if (file !== null) return found(file, `other columns of the file have ${JSON.stringify(file)} before the decimals`);
  const unmarked = parts.filter(({ body }) => !body.includes(sign));
  // Two programs may have written them: where a mark between thousands makes them as large as the others, it is that.
  if (isWonder && areAmongOthers([...points, ...commas], unmarked, sign))
    return found(
      other,
      `three digits follow it in all of ${marked} different numbers, and so they are as large as those that stand without it`,
    );
  // Up to three may be marks of a missing value among decimals of one length: 0, 999.
  if (unmarked.some(({ body }) => body.length > 3)) return found(sign, "numbers of a thousand and more stand without it");
  if (unmarked.length > FEW_MARKS && isWonder)
    return found(other, `three digits follow it in all of ${marked} different numbers, and the others are below a thousand`);
  return { decimal: null, sign, why: "" };
}
