import { wholeText } from "./numbers.ts";

/** "0.041 ms", "3.2 ms", "120 ms". */
export function millisecondsText(milliseconds: number): string {
  return `${significant(milliseconds, 2)} ms`;
}

/** "410 ms", "12 s", "3 min", "2.1 h". */
export function durationText(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return "unknown";
  if (milliseconds < 1000) return millisecondsText(milliseconds);
  const seconds = milliseconds / 1000;
  if (seconds < 120) return `${significant(seconds, 2)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${significant(seconds / 3600, 2)} h`;
}

/** Decimal units: "840 kB", "12 MB". */
export function bytesText(bytes: number): string {
  if (!Number.isFinite(bytes)) return "unknown";
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${significant(bytes / 1000 ** step, 2)} ${units[step] ?? ""}`;
}

/** "$0.42", "$49", "$1,240". */
export function usdText(usd: number): string {
  if (!Number.isFinite(usd)) return "unknown";
  if (usd === 0) return "$0";
  if (usd < 0.01) return `$${Number(usd.toPrecision(1))}`;
  return usd < 10 ? `$${usd.toFixed(2)}` : `$${wholeText(usd)}`;
}

/** "412,000", "12.8 million". */
export function rateText(perSecond: number): string {
  return perSecond >= 1e6 ? `${significant(perSecond / 1e6, 3)} million` : significant(perSecond, 3);
}

/** At least `digits` significant digits, thousands parted: 412345 -> "410,000" for rates, 3.217 -> "3.2". */
export function significant(value: number, digits: number): string {
  if (!Number.isFinite(value)) return "unknown";
  const rounded = Number(value.toPrecision(digits));
  return Math.abs(rounded) >= 1000 ? wholeText(rounded) : String(Math.abs(value) >= 10 ** digits ? Math.round(value) : rounded);
}
