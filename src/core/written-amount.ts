import type { AmountUnit } from "./amount-units.ts";
import type { Magnitude } from "./magnitudes.ts";
import { certainText, UNCERTAINTY } from "./uncertain-digits.ts";
import { type Note, stripNotes } from "./written-notes.ts";

/** How the numbers of a column of texts are written: "$2,210.00", "1.234,56", "12 kg". */
export interface AmountWriting {
  readonly decimal: "." | ",";
  /** Signs between groups of three digits, one kind within a number; empty where there are none. */
  readonly thousands: readonly string[];
  /** What may stand at a number, the longest first. A number without is in the unit whose factor is 1. */
  readonly units: readonly AmountUnit[];
  /** What may stand behind the digits, the longest first: the M of "€4.1M". Left out where there is none. */
  readonly magnitudes?: readonly Magnitude[];
  /** What may stand before and behind all that, the longest first. Letters behind without brackets only where there is no unit. Left out where there is none. */
  readonly notes?: readonly Note[];
  /** How far off the last digits may be may stand behind them in brackets: "1.00794(7)". Left out where it does not. */
  readonly uncertain?: true;
  /** The other mark stands before the decimals too ("13.6" and "13,3"): then no sign stands between thousands, and three digits behind a mark, which may be thousands, are not read. Left out where it does not. */
  readonly either?: true;
}

/** Plain numbers, as a file with types gives them in strings. */
export function isPlain({ decimal, thousands, units, magnitudes = [], notes = [], uncertain, either }: AmountWriting): boolean {
  return (
    uncertain !== true && either !== true && decimal === "." && thousands.length + units.length + magnitudes.length + notes.length === 0
  );
}

/** Numbers in several units, which are brought to one. */
export function isInUnits({ units }: Pick<AmountWriting, "units">): boolean {
  return units.some(({ factor, offset }) => factor !== 1 || offset !== 0);
}

/** Most signs between groups of one number, and most blanks around it: an exported model takes them out one by one. */
export const MOST_GROUPS = 5;
export const MOST_BLANKS = 4;
export const HARD_BLANKS = "\u00a0\u202f";
export const MINUS = "\u2212";

/**
 * Texts that are read under the writing, for JavaScript and RE2 alike. A sign stands before or after the currency, or behind the digits; brackets are a
 * minus; leading zeros make a code. The bounds keep every match inside the range of a double.
 * only: texts with this magnitude alone.
 */
export function amountPattern(writing: AmountWriting, only: Magnitude | null = null): string {
  const { units, magnitudes = [], notes = [] } = writing;
  const [blank, edge] = [`(?:[ \\t]{0,${MOST_BLANKS}}|[${HARD_BLANKS}])`, `[ \\t]{0,${MOST_BLANKS}}`];
  const sign = `[-+${MINUS}]`;
  const bare = digitsPattern(writing);
  const size = anyOf(only === null ? magnitudes : [only]);
  const sized = (number: string) => (size === "" ? number : `${number}(?:${blank}${size})${only === null ? "?" : ""}`);
  const digits = sized(bare);
  const signed = writing.uncertain === true ? sized(`${bare}(?:${UNCERTAINTY})?`) : digits;
  const before = anyOf(units.filter(({ before }) => before));
  const after = anyOf(units);
  const dressed = (body: string) =>
    `(?:${body}${after === "" ? "" : `(?:${blank}${after})?`}${before === "" ? "" : `|${before}${blank}${body}`})`;
  const forms = [
    `(?:${sign}${blank})?${dressed(signed)}`,
    ...(only === null ? [dressed(`${bare}-`)] : []),
    `\\(${blank}${dressed(digits)}${blank}\\)`,
    ...(before === "" ? [] : [`${before}${blank}${sign}${blank}${signed}`]),
  ];
  const [front, behind] = [true, false].map((side) => notePattern(notes, side));
  return `${edge}${front === "" ? "" : `(?:${front}${blank})?`}(?:${forms.join("|")})${behind === "" ? "" : `(?:${blank}${behind})?`}${edge}`;
}

/** Any of the notes that stand before numbers, or of those behind; "" where there is none. */
export function notePattern(notes: readonly Note[], before: boolean): string {
  return anyOf(notes.filter((note) => note.before === before));
}

function digitsPattern({ decimal, thousands, either }: Pick<AmountWriting, "decimal" | "thousands" | "either">): string {
  const fraction = either === true ? "[.,](?:[0-9]{1,2}|[0-9]{4,100})" : `${escaped(decimal)}[0-9]{1,100}`;
  const whole = ["0", "[1-9][0-9]{0,99}", ...thousands.map((sign) => `[1-9][0-9]{0,2}(?:${escaped(sign)}[0-9]{3}){1,${MOST_GROUPS}}`)];
  return `(?:(?:${whole.join("|")})(?:${fraction})?|${fraction})`;
}

function anyOf(units: readonly { readonly text: string }[]): string {
  return units.length === 0 ? "" : `(?:${units.map(({ text }) => escaped(text)).join("|")})`;
}

export function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** Texts of a negative number, given that they are read. */
export const NEGATIVE_PATTERN = `.*[-(${MINUS}].*`;

const NEGATIVE = new RegExp(`[-(${MINUS}]`);
const compiled = new WeakMap<AmountWriting, Patterns>();

interface Patterns {
  readonly whole: RegExp;
  readonly sized: readonly (Magnitude & { readonly pattern: RegExp })[];
}

function patternsOf(writing: AmountWriting): Patterns {
  const known = compiled.get(writing);
  if (known !== undefined) return known;
  const full = (pattern: string) => new RegExp(`^(?:${pattern})$`, "u");
  const made = {
    whole: full(amountPattern(writing)),
    sized: (writing.magnitudes ?? []).map((one) => ({ ...one, pattern: full(amountPattern(writing, one)) })),
  };
  compiled.set(writing, made);
  return made;
}

/** The number that a text writes, in the unit whose factor is 1; null if it writes none. */
export function amountOf(text: string, writing: AmountWriting): number | null {
  const { whole, sized } = patternsOf(writing);
  if (!whole.test(text)) return null;
  const { notes = [], uncertain } = writing;
  return bareAmount(
    uncertain === true ? certainText(stripNotes(text, notes)) : stripNotes(text, notes),
    writing,
    sized.find(({ pattern }) => pattern.test(text)),
  );
}

function bareAmount(text: string, { decimal, units, either }: AmountWriting, magnitude: Magnitude | undefined): number {
  const unit = units.find((one) => text.includes(one.text));
  // A unit may end in a digit ("m3").
  const bare = unit === undefined ? text : text.replace(unit.text, "");
  const unsized = magnitude === undefined ? bare : bare.replace(magnitude.text, "");
  const size = unsized.replace(either === true ? /[^0-9.,]/g : decimal === "." ? /[^0-9.]/g : /[^0-9,]/g, "").replace(",", ".");
  const digits = magnitude === undefined ? size : `${size}e${magnitude.power}`;
  const value = NEGATIVE.test(text) ? -Number(digits) : Number(digits);
  if (unit === undefined) return value;
  return unit.offset === 0 ? value * unit.factor : value * unit.factor + unit.offset;
}

/** A finite number as a text that `amountOf` reads as exactly that number, without its unit; null beyond 1e-83 or 1e100. */
export function writtenText(value: number, { decimal }: Pick<AmountWriting, "decimal">): string | null {
  const shortest = String(value);
  const plain = /e/.test(shortest) ? withoutExponent(shortest) : shortest;
  return plain === null ? null : plain.replace(".", decimal);
}

function withoutExponent(text: string): string | null {
  const match = /^(-?)(\d)(?:\.(\d+))?e([-+]\d+)$/.exec(text);
  if (match === null) return null;
  const [, sign = "", first = "", rest = "", exponent = ""] = match;
  const power = Number(exponent);
  if (power >= 100 || rest.length - power > 100) return null;
  const digits = `${first}${rest}`;
  return power < 0 ? `${sign}0.${"0".repeat(-power - 1)}${digits}` : `${sign}${digits.padEnd(power + 1, "0")}`;
}
