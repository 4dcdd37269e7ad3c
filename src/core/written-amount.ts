/** How the numbers of a column of texts are written: "$2,210.00" has the decimal mark ".", "1.234,56" the mark ",". */
export interface AmountWriting {
  readonly decimal: "." | ",";
}

interface Parts {
  readonly unit: string;
  readonly digits: string;
}

const AMOUNT =
  /^([-+]?)\s*(\p{Sc}|[A-Z]{3}|R\$)?\s*([-+]?)((?:\d[\d.,'\u2019\u00a0\u202f ]*)?\d)\s*([\p{L}%\u00b0\p{Sc}\u00b2\u00b3/]{0,6})$/u;

function partsOf(text: string): Parts | null {
  const match = AMOUNT.exec(text.trim());
  if (match === null) return null;
  const [, sign = "", before = "", inner = "", digits = "", after = ""] = match;
  if ((before !== "" && after !== "") || (sign !== "" && inner !== "")) return null;
  return { unit: `${before}${after}`, digits: `${sign}${inner}${digits}` };
}

const WRITTEN = {
  ".": /^[-+]?(?:\d+|\d{1,3}(?:([,'\u2019\u00a0\u202f ])\d{3})(?:\1\d{3})*)(?:\.\d+)?$/,
  ",": /^[-+]?(?:\d+|\d{1,3}(?:([.'\u2019\u00a0\u202f ])\d{3})(?:\1\d{3})*)(?:,\d+)?$/,
} as const;

/** The number that a text writes, without its currency or unit; null if it writes none. Leading zeros make it a code. */
export function amountOf(text: string, { decimal }: AmountWriting): number | null {
  const parts = partsOf(text);
  if (parts === null || /^[-+]?0\d/.test(parts.digits) || !WRITTEN[decimal].test(parts.digits)) return null;
  const plain = parts.digits.replace(decimal === "." ? /[,'\u2019\u00a0\u202f ]/g : /[.'\u2019\u00a0\u202f ]/g, "");
  return Number(plain.replace(",", "."));
}

const NEARLY_ALL = 0.95;
/** Three letters may be the series of a number: INV 10023. */
export const CURRENCIES = new Set(
  "USD EUR GBP CHF JPY CNY INR AUD CAD NZD SEK NOK DKK PLN CZK HUF TRY BRL MXN ZAR RUB KRW SGD HKD".split(" "),
);

/**
 * How texts write amounts, null if they are none: nearly all are numbers under one reading of the decimal mark, with at most one unit.
 * "1.234" alone does not tell a thousand from one and a bit: for a currency it is a thousand (no currency has three decimals), else nothing is read.
 * @param texts the different texts
 * @param least so many have to be different numbers
 */
export function amountWriting(texts: readonly string[], least: number): AmountWriting | null {
  const parts = texts.flatMap((text) => partsOf(text) ?? []);
  const units = new Set(parts.map(({ unit }) => unit).filter((unit) => unit !== ""));
  const [unit = ""] = units;
  if (units.size > 1 || (/^[A-Z]{3}$/.test(unit) && !CURRENCIES.has(unit))) return null;
  if (unit === "" && parts.every(({ digits }) => /^[-+]?\d+$/.test(digits))) return null;
  const decimal = decimalMark(parts, /\p{Sc}/u.test(unit) || CURRENCIES.has(unit));
  if (decimal === null) return null;
  const read = texts.flatMap((text) => amountOf(text, { decimal }) ?? []);
  return read.length >= NEARLY_ALL * texts.length && new Set(read).size >= least ? { decimal } : null;
}

function decimalMark(parts: readonly Parts[], isCurrency: boolean): "." | "," | null {
  const fits = (mark: "." | ",") => parts.filter(({ digits }) => WRITTEN[mark].test(digits)).length;
  const [dot, comma] = [fits("."), fits(",")];
  if (dot !== comma) return dot > comma ? "." : ",";
  // Each text fits both: either no mark at all, or groups of three after it.
  if (parts.every(({ digits }) => !/[.,]/.test(digits))) return ".";
  if (!isCurrency) return null;
  return parts.some(({ digits }) => digits.includes(",")) ? "." : ",";
}
