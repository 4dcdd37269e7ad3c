import { digits, fixed, rangeText, rangeTexts } from "../core/digits.ts";
import type { Estimate } from "../core/estimate.ts";
import { percentBy } from "../core/percent.ts";

export type Bounds = Pick<Estimate, "low" | "high">;
export type Interval = Pick<Estimate, "value" | "low" | "high">;

/** A score or a difference of scores. */
export function numberText(value: number, decimals: number | null = null): string {
  return decimals === null ? digits(value) : fixed(value, decimals);
}

export const intervalTexts = rangeTexts;
export const intervalText = rangeText;

export function isBounded({ low, high }: Bounds): boolean {
  return Number.isFinite(low) && Number.isFinite(high);
}

/** The interval of a difference holds 0, or is unknown: no difference was shown. */
export function holdsZero(bounds: Bounds): boolean {
  return !isBounded(bounds) || (bounds.low <= 0 && bounds.high >= 0);
}

/** "+0.062", "-0.152". */
export function signed(text: string): string {
  return text.startsWith("-") || /^0(\.0+)?$/.test(text) || !/^\d/.test(text) ? text : `+${text}`;
}

/** "1 row", "4,119 rows". */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${groupThousands(String(count))} ${count === 1 ? one : many}`;
}

/** 4119 -> "4,119". */
export function wholeText(count: number): string {
  return Number.isFinite(count) ? groupThousands(String(Math.round(count))) : "unknown";
}

export function percentText(share: number): string {
  if (!Number.isFinite(share)) return "unknown";
  if (share > 0 && share < 0.00005) return "< 0.01 %";
  return percentBy((value) => String(Number(value.toFixed(Math.abs(value) < 0.1 ? 2 : Math.abs(value) < 10 ? 1 : 0))), share);
}

/** p and q values: no more digits than they are worth. */
export function probabilityText(p: number): string {
  return Number.isFinite(p) ? (p < 0.001 ? "< 0.001" : p.toFixed(3)) : "unknown";
}

function groupThousands(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ",");
}
