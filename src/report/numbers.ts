import type { Estimate } from "../core/estimate.ts";

export type Bounds = Pick<Estimate, "low" | "high">;
export type Interval = Pick<Estimate, "value" | "low" | "high">;

/** Digits after the point for numbers of this size: three around 1, fewer for large ones, more for tiny ones. */
export function decimalsFor(size: number): number {
  const magnitude = Math.abs(size);
  if (magnitude === 0 || !Number.isFinite(magnitude)) return 3;
  if (magnitude >= 10) return magnitude >= 1000 ? 0 : magnitude >= 100 ? 1 : 2;
  return Math.min(9, Math.max(3, Math.ceil(-Math.log10(magnitude))));
}

/** A score or a difference of scores; "unknown" when it is no number. */
export function numberText(value: number, decimals = decimalsFor(value)): string {
  if (!Number.isFinite(value)) return "unknown";
  const text = value.toFixed(decimals);
  const [whole = "", fraction] = text.split(".");
  if (Math.abs(value) < 10_000) return text;
  return fraction === undefined ? groupThousands(whole) : `${groupThousands(whole)}.${fraction}`;
}

/** Value and bounds with the same number of digits, enough that none that is not 0 reads as 0. */
export function intervalTexts({ value, low, high }: Interval): { readonly value: string; readonly low: string; readonly high: string } {
  const known = [value, low, high].filter(Number.isFinite);
  const base = decimalsFor(Math.max(0, ...known.map(Math.abs)));
  const smallest = Math.min(Number.POSITIVE_INFINITY, ...known.map(Math.abs).filter((size) => size > 0));
  const needed = Number.isFinite(smallest) && smallest < 0.5 * 10 ** -base ? Math.ceil(-Math.log10(smallest)) : base;
  const decimals = Math.min(base + 2, needed);
  return { value: numberText(value, decimals), low: numberText(low, decimals), high: numberText(high, decimals) };
}

/** "0.789 [0.772, 0.806]". An interval that reaches to infinity is unknown. */
export function intervalText(estimate: Interval): string {
  const { value, low, high } = intervalTexts(estimate);
  if (!Number.isFinite(estimate.value)) return "unknown";
  return `${value} ${isBounded(estimate) ? `[${low}, ${high}]` : "[interval unknown]"}`;
}

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
  const value = 100 * share;
  if (value > 0 && value < 0.005) return "< 0.01 %";
  return `${Number(value.toFixed(Math.abs(value) < 0.1 ? 2 : Math.abs(value) < 10 ? 1 : 0))} %`;
}

/** p and q values: no more digits than they are worth. */
export function probabilityText(p: number): string {
  return Number.isFinite(p) ? (p < 0.001 ? "< 0.001" : p.toFixed(3)) : "unknown";
}

function groupThousands(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ",");
}
