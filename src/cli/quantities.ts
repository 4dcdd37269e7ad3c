import { totalmem } from "node:os";
import { OldhandError } from "../core/error.ts";
import { nearestName } from "../core/nearest-name.ts";

const TIME: Record<string, number> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };
const BYTES: Record<string, number> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tb: 1e12,
  tib: 1024 ** 4,
};
const BYTES_OF_MIB = 1024 ** 2;
/** What the database has whatever is given (store/session.ts). */
const LEAST_MEMORY = 200 * BYTES_OF_MIB;
const COUNT: Record<string, number> = { "": 1, k: 1e3, m: 1e6, g: 1e9, b: 1e9 };

/** "60s", "5m", "1h" -> milliseconds. */
export function parseDuration(text: string, option: string): number {
  return parseQuantity(text, TIME, option, "a time such as 60s, 5m or 1h");
}

/** The same for `--budget`, of which 0 is one too: no experiments. */
export function parseBudget(text: string): number {
  return parseQuantity(text, TIME, "--budget", "a time such as 60s, 5m or 1h, or 0s for no experiments", 0);
}

/** "10", "0.5" or "10ms", "1s" -> milliseconds. */
export function parseMilliseconds(text: string, option: string): number {
  return parseQuantity(text, { "": 1, ms: 1, s: 1000 }, option, "a number of milliseconds such as 10 or 0.5");
}

/** "512MB", "1GiB" -> bytes of memory that this machine has. */
export function parseBytes(text: string, option: string): number {
  const bytes = parseQuantity(text, BYTES, option, "a size such as 512MB or 1GB");
  const most = totalmem();
  if (bytes >= LEAST_MEMORY && bytes <= most) return bytes;
  throw new OldhandError("bad-option", {
    what: `${option} is less than the database takes, or more than this machine has.`,
    expected: `200MiB to ${Math.floor(most / BYTES_OF_MIB)}MiB`,
    got: text,
  });
}

/** "1000000", "1M", "2.5k" -> number. */
export function parseCount(text: string, option: string): number {
  return parseQuantity(text, COUNT, option, "a number such as 50000 or 1M");
}

export function parseWhole(text: string, option: string, low: number, high: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text.trim()) && value >= low && value <= high) return value;
  throw new OldhandError("bad-option", {
    what: `${option} is not a whole number from ${low} to ${high}.`,
    expected: `${low} to ${high}`,
    got: text,
  });
}

export function parseChoice<T extends string>(text: string, option: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  const nearest = nearestName(text, choices);
  const meant = nearest === null ? "" : ` Did you mean "${nearest}"?`;
  throw new OldhandError("bad-option", { what: `${option} does not know "${text}".${meant}`, expected: choices.join(", "), got: text });
}

function parseQuantity(
  text: string,
  units: Record<string, number>,
  option: string,
  expected: string,
  least: number = Number.MIN_VALUE,
): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim());
  const unit = match === null ? undefined : units[(match[2] ?? "").toLowerCase()];
  const value = Number(match?.[1]) * (unit ?? Number.NaN);
  if (value >= least && Number.isFinite(value)) return value;
  throw new OldhandError("bad-option", { what: `${option} is not ${expected}.`, expected, got: text });
}
