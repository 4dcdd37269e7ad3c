import { type AmountReading, CODE_LENGTH, isNumberLike, type MarksShown, NEARLY_ALL } from "../core/amount-reading.ts";
import type { ColumnType } from "../core/column.ts";
import { ordersOf, otherOrderOf } from "../core/date-order.ts";
import { fixed } from "../core/digits.ts";
import { type AmountWriting, isInUnits } from "../core/written-amount.ts";
import type { CountedNote } from "../core/written-notes.ts";
import { periodFormat } from "../core/written-period.ts";
import type { BesideNumbers } from "./letter-codes.ts";
import { isPointedCode, type ZeroLed } from "./zero-codes.ts";

/** What was counted about a column of text cells. */
export interface TextMeasure {
  readonly present: number;
  /** Cells that write a number. */
  readonly numeric: number;
  /** Different spellings among the cells that do not; counted only when it matters, else null. */
  readonly strays: number | null;
  /** What stands among numbers: codes that are spelt with letters, or steps of an amount. */
  readonly beside?: BesideNumbers | null;
  /** Among numbers, codes with a decimal mark: see `isPointedCode`. */
  readonly pointed?: ZeroLed | null;
  /** These spellings all say "no value", and the numbers beside them are many different ones. */
  readonly onlyNulls?: boolean;
  /** Cells that begin with 0 and another digit. */
  readonly zeroLed: number;
  /** Whole numbers above 2^53, which doubles cannot tell apart. */
  readonly tooBig: number;
  /** Characters of the shortest and the longest cell that writes a number. */
  readonly shortest: number;
  readonly longest: number;
  /** Best date pattern, the cells that follow it, and those that say "no value". */
  readonly date: { readonly format: string | null; readonly cells: number; readonly blanks: number; readonly why: string } | null;
  /** What its texts write, when they are no plain numbers and no dates; the cells that do. */
  readonly amount?: { readonly reading: AmountReading; readonly cells: number } | null;
  /** Counted only for columns that are none of these. */
  readonly words: { readonly distinct: number; readonly meanLength: number; readonly meanSpaces: number } | null;
}

export interface TypeDecision {
  readonly type: ColumnType;
  readonly why: string;
  readonly dateFormat: string | null;
  /** How the numbers of a column of texts are written. */
  readonly amount?: AmountWriting;
  /** How many cells have which note at their number. */
  readonly noted?: readonly CountedNote[];
  /** All present cells parse, and by one pattern. */
  readonly complete: boolean;
  /** Cells with a text and the different ones, where they were counted and the texts stay as they are. */
  readonly counted?: { readonly present: number; readonly distinct: number };
}

/** Free text: on average three words or more of twenty letters together, and most cells different. */
const TEXT = { meanLength: 20, meanSpaces: 2, distinctShare: 0.5 };

/** The type of a column of text cells, with the reason. */
export function decideType(measure: TextMeasure): TypeDecision {
  const { present, numeric, date, amount, words } = measure;
  if (present === 0) return category("all cells are empty");
  if (amount?.reading.kind === "read") return decideAmount(amount.reading, amount.cells, present);
  if (isNumberLike(measure)) {
    if (measure.beside === "steps")
      return category(
        `${cells(numeric, present)} are numbers, and the others steps of the same amount, which say more than a missing number`,
      );
    if (measure.beside === "codes")
      return category(
        `${cells(numeric, present)} are numbers, and the others the same kind of code with letters in it: names, not a measure`,
      );
    if (isCode(measure)) return decideCode(measure, measure.longest, "", present);
    if (measure.pointed != null) return decideCode(measure, measure.pointed.whole.longest, " before the decimal mark", present);
    if (measure.tooBig > 0)
      return category(`${cells(measure.tooBig, present)} are whole numbers above 2^53, which numbers cannot hold exactly: a code`);
    return {
      type: "number",
      why: `${cells(numeric, present)} are numbers${rest(present - numeric)}`,
      dateFormat: null,
      complete: numeric === present,
    };
  }
  if (date !== null && isDateLike(date, present)) return decideDate(date, present);
  if (words === null) return category(`${cells(numeric, present)} are numbers`);
  return decideWords(words, present, numeric);
}

/** Of zero-led texts in a file that has types, whether they are a code; null when they are none. */
export function decideZeroLed(found: ZeroLed, present: number): TypeDecision | null {
  if (isCode(found)) return decideCode(found, found.longest, "", present);
  return isPointedCode(found) ? decideCode(found, found.whole.longest, " before the decimal mark", present) : null;
}

function decideCode({ zeroLed }: Pick<ZeroLed, "zeroLed">, digits: number, where: string, present: number): TypeDecision {
  return category(`digits of one length (${digits})${where}, ${cells(zeroLed, present)} begin with 0: a code, not a measure`);
}

/** With the counts of the texts, where these stay as they are. words: counted for those alone. */
export function withCounted(decision: TypeDecision, present: number, words: { readonly distinct: number } | undefined): TypeDecision {
  const isText = decision.type !== "number" && decision.type !== "date";
  return isText && words !== undefined ? { ...decision, counted: { present, distinct: words.distinct } } : decision;
}

export function decideDate({ format, cells: read, why }: NonNullable<TextMeasure["date"]>, present: number): TypeDecision {
  const [first, ...others] = format === null ? ["as ISO 8601"] : ordersOf(format);
  const isTurned = format !== null && otherOrderOf(format) !== null;
  return {
    type: "date",
    why: `${cells(read, present)} are ${periodsOf(format)} written ${isTurned ? first : [first, ...others].join(" or ")}${why}${rest(present - read)}`,
    dateFormat: format,
    complete: read === present && !isTurned,
  };
}

function periodsOf(format: string | null): string {
  const period = format === null ? null : periodFormat(format);
  return period === null ? "dates" : `${period.period}s`;
}

/** Nearly all cells that do not say "no value" follow the pattern. */
export function isDateLike({ cells: read, blanks }: NonNullable<TextMeasure["date"]>, present: number): boolean {
  return read > 0 && read >= NEARLY_ALL * (present - blanks);
}

/** Digits of one length, some of which begin with 0; cells that are no numbers ("n/a") do not count. */
export function isCode({ zeroLed, shortest, longest }: Pick<TextMeasure, "zeroLed" | "shortest" | "longest">): boolean {
  return zeroLed > 0 && shortest === longest && longest >= CODE_LENGTH;
}

/** Numbers dressed as text. @param parsed cells that are read. */
export function decideAmount(
  { writing, shown, why, noted }: Extract<AmountReading, { kind: "read" }>,
  parsed: number,
  present: number,
): TypeDecision {
  return {
    type: "number",
    why: `${cells(parsed, present)} are numbers written as text${writtenWith(writing, shown)} (${why})${rest(present - parsed)}`,
    dateFormat: null,
    amount: writing,
    ...(noted === undefined ? {} : { noted }),
    complete: parsed === present,
  };
}

/** What stands in the cells: a mark that none has would only puzzle whoever looks at them. */
function writtenWith(
  { decimal, thousands, units, magnitudes = [], notes = [], uncertain, either }: AmountWriting,
  shown: MarksShown,
): string {
  const quoted = (texts: readonly string[]) => texts.map((text) => JSON.stringify(text)).join(" or ");
  return [
    ...(shown.thousands ? [`, ${quoted(thousands)} between thousands`] : []),
    ...(shown.decimal ? [`, ${quoted(either === true ? [".", ","] : [decimal])} before decimals`] : []),
    ...(units.length === 0 ? [] : [`, with ${quoted(units.map(({ text }) => text))} in some or all of them`]),
    ...(isInUnits({ units })
      ? [` brought to ${quoted(units.filter(({ factor, offset }) => factor === 1 && offset === 0).map(({ text }) => text))}`]
      : []),
    ...(magnitudes.length === 0 ? [] : [`, with ${magnitudes.map(({ text, power }) => `${quoted([text])} for 10^${power}`).join(", ")}`]),
    ...(notes.length === 0 ? [] : [`, with ${quoted(notes.map(({ text }) => text))} at some or all of them, which is left out`]),
    ...(uncertain === true ? [", with the uncertainty of the last digits in brackets behind them, which is left out"] : []),
  ].join("");
}

/** Free text or category. `numeric`: cells that write a number. */
export function decideWords(words: NonNullable<TextMeasure["words"]>, present: number, numeric: number): TypeDecision {
  const free = words.meanLength >= TEXT.meanLength && words.meanSpaces >= TEXT.meanSpaces && words.distinct >= TEXT.distinctShare * present;
  const found = `${fixed(words.distinct, 0)} different ${words.distinct === 1 ? "value" : "values"} in ${fixed(present, 0)} cells`;
  if (!free) return category(numeric > 0 ? `${found}, ${fixed(numeric, 0)} of them numbers` : found);
  return {
    type: "text",
    why: `${found}, on average ${words.meanLength.toFixed(0)} characters with ${words.meanSpaces.toFixed(1)} spaces`,
    dateFormat: null,
    complete: true,
  };
}

function category(why: string): TypeDecision {
  return { type: "category", why, dateFormat: null, complete: true };
}

function cells(part: number, whole: number): string {
  return part === whole ? `all ${fixed(whole, 0)} present cells` : `${fixed(part, 0)} of ${fixed(whole, 0)} present cells`;
}

function rest(unparsed: number): string {
  return unparsed === 0 ? "" : `; the other ${fixed(unparsed, 0)} are read as missing`;
}
