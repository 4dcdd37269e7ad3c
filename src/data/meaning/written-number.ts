import { CURRENCIES, POWER_UNIT } from "../../core/amount-units.ts";

const PLAIN = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

/** The number a text writes in plain digits, null if none. Leading zeros make it a code. */
export function plainNumber(text: string): number | null {
  const trimmed = text.trim();
  return PLAIN.test(trimmed) && !/^[-+]?0\d/.test(trimmed) ? Number(trimmed) : null;
}

/** How numbers are dressed: currency, percent, unit, thousands, decimal comma. */
export interface WrittenNumber {
  readonly value: number;
  /** What stands before or after the digits, without blanks. */
  readonly unit: string;
  readonly style: "plain" | "decimal-comma" | "thousands" | "dressed";
}

const DRESSED = new RegExp(
  `^(\\p{Sc}|[A-Z]{3}|R\\$)?\\s*([-+]?[\\d.,'\u00a0 ]*\\d)\\s*(${POWER_UNIT}|[\\p{L}%\u00b0\\p{Sc}\u00b2\u00b3/]{0,6})$`,
  "u",
);

/** Reads "$1,234.50", "12 %", "3,5", "45kg". Null for ranges, dates, versions and anything else. */
export function writtenNumber(text: string): WrittenNumber | null {
  const trimmed = text.trim();
  const plain = plainNumber(trimmed);
  if (plain !== null) return { value: plain, unit: "", style: "plain" };
  const match = DRESSED.exec(trimmed);
  if (match === null || (match[1] !== undefined && match[3] !== "")) return null;
  const [, before = "", digits = "", after = ""] = match;
  const read = digitsOf(digits);
  if (read === null) return null;
  const unit = `${before}${after}`;
  return { value: read.value, unit, style: unit === "" ? read.style : "dressed" };
}

function digitsOf(digits: string): { value: number; style: "plain" | "decimal-comma" | "thousands" } | null {
  if (/^[-+]?0\d/.test(digits)) return null;
  if (/^[-+]?\d+(\.\d+)?$/.test(digits)) return { value: Number(digits), style: "plain" };
  if (/^[-+]?\d{1,3}([,'\u00a0 ]\d{3})+(\.\d+)?$/.test(digits))
    return { value: Number(digits.replace(/[,'\u00a0 ]/g, "")), style: "thousands" };
  if (/^[-+]?\d{1,3}(\.\d{3})+,\d+$/.test(digits))
    return { value: Number(digits.replaceAll(".", "").replace(",", ".")), style: "thousands" };
  if (/^[-+]?\d+,\d+$/.test(digits)) return { value: Number(digits.replace(",", ".")), style: "decimal-comma" };
  return null;
}

/** Of so many values, spread over all of them. */
const LOOKED_AT = 200;
const NEARLY_ALL = 0.95;

/** Three letters in front may be the series of a number: INV 10023. */
const SERIES = /^[A-Z]{3}$/;

/** Three capitals that are no currency. */
export function isSeries(unit: string): boolean {
  return SERIES.test(unit) && !CURRENCIES.has(unit);
}

/** Whether the texts are amounts: numbers dressed with one unit or currency, however many differ. */
export function areAmounts(levels: readonly string[]): boolean {
  const step = Math.max(1, Math.floor(levels.length / LOOKED_AT));
  const looked = levels.filter((_, i) => i % step === 0);
  const units = looked.flatMap((level) => {
    const read = writtenNumber(level);
    return read === null || read.style !== "dressed" ? [] : [read.unit];
  });
  const [unit = "", ...others] = new Set(units);
  if (others.length > 0 || isSeries(unit)) return false;
  return units.length >= NEARLY_ALL * Math.max(1, looked.length) && looked.length > 0;
}
