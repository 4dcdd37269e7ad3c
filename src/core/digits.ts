/** Numbers for people: every room, the terminal and the report print scores by these, so that one number reads the same everywhere. */

export interface Ends {
  readonly low: number;
  readonly high: number;
}

export interface Range extends Ends {
  readonly value: number;
}

/** Below this size numbers are written with a power of ten. */
const TINY = 1e-4;
/** From this size on too: a number of 64 bits has no more digits before its point. */
const HUGE = 1e15;

/** More significant digits than any score of ours deserves. */
const MOST_SIGNIFICANT = 6;

interface Form {
  readonly exponent: number;
  readonly decimals: number;
}

/**
 * A number with as many digits as its interval is worth: two of half its width. Without an interval, or one of no width: three significant digits.
 * Thousands are parted, tiny and huge numbers get a power of ten ("4.1e-5"), zero has no sign, what is no number is "unknown".
 */
export function digits(value: number, ends: Ends | null = null): string {
  if (ends !== null && Number.isFinite(ends.high - ends.low) && ends.high > ends.low) return written(value, formOf({ value, ...ends }));
  if (!Number.isFinite(value)) return "unknown";
  const size = Math.abs(value);
  if (size >= HUGE) return tiny(value);
  if (size >= 1000 || value === 0) return fixed(value, 0);
  return size < TINY ? tiny(value) : String(Number(value.toPrecision(3)));
}

/** More significant digits no number of 64 bits has. */
const ALL_SIGNIFICANT = 17;

/** Different numbers beside each other, such as the bounds of ranges: as short as may be (from `fewest` significant digits on), but no two alike. */
export function digitsApart(values: readonly number[], fewest = 3, write: (value: number) => string = digits): string[] {
  const wanted = new Set(values).size;
  const isApart = (texts: readonly string[]) => new Set(texts).size === wanted;
  const short = values.map((value) => write(value));
  if (isApart(short)) return short;
  for (let significant = fewest + 1; significant < ALL_SIGNIFICANT; significant++) {
    const texts = values.map((value) => significantText(value, significant));
    if (isApart(texts)) return texts;
  }
  return values.map(String);
}

/** Thousands are parted where there are more than four digits before the point: 1989.5 may be a year. */
function significantText(value: number, significant: number): string {
  const rounded = Number(value.toPrecision(significant));
  const size = Math.abs(rounded);
  if (size !== 0 && (size < TINY || size >= HUGE)) return rounded.toExponential();
  const decimals = (String(rounded).split(".")[1] ?? "").length;
  return size < 10_000 ? String(rounded) : fixed(rounded, decimals);
}

/** Value and ends with the same number of digits. An end that is not finite leaves the width, and with it the digits, unknown. */
export function rangeTexts(range: Range): { readonly value: string; readonly low: string; readonly high: string } {
  const { value, low, high } = range;
  if (!Number.isFinite(high - low)) return { value: digits(value), low: digits(low), high: digits(high) };
  const form = formOf(range);
  return { value: written(value, form), low: written(low, form), high: written(high, form) };
}

/** "0.789 [0.772, 0.806]"; "0.789 [interval unknown]" when it reaches to infinity; "unknown" without a value. */
export function rangeText(range: Range): string {
  if (!Number.isFinite(range.value)) return "unknown";
  const { value, low, high } = rangeTexts(range);
  return `${value} ${Number.isFinite(range.low) && Number.isFinite(range.high) ? `[${low}, ${high}]` : "[interval unknown]"}`;
}

/** With so many digits after the point, thousands parted, never "-0". */
export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return "unknown";
  const text = value.toFixed(decimals);
  const [whole = "", fraction] = (Number(text) === 0 ? text.replace("-", "") : text).split(".");
  const parted = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? parted : `${parted}.${fraction}`;
}

function formOf({ value, low, high }: Range): Form {
  const size = Math.max(...[value, low, high].filter(Number.isFinite).map(Math.abs));
  if (size === 0) return { exponent: 0, decimals: 0 };
  const exponent = size < TINY || size >= HUGE ? Math.floor(Math.log10(size)) : 0;
  const order = Math.floor(Math.log10(size)) - exponent;
  const half = (high - low) / 2;
  const wanted = half > 0 ? 1 - (Math.floor(Math.log10(half)) - exponent) : 2 - order;
  return { exponent, decimals: Math.max(0, Math.min(wanted, MOST_SIGNIFICANT - 1 - order)) };
}

function written(value: number, { exponent, decimals }: Form): string {
  if (exponent === 0) return fixed(value, decimals);
  const text = fixed(value / 10 ** exponent, decimals);
  return Number(text) === 0 || text === "unknown" ? text : `${text}e${exponent}`;
}

function tiny(value: number): string {
  const [mantissa = "", power = ""] = value.toExponential(2).split("e");
  return `${Number(mantissa)}e${power}`;
}
