import { float64Where } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "./counts.ts";

const LOOKED_AT = 200;

/** Most decimals among some of the values, 15 at most. */
export function decimalsOf(values: Float64Array): number {
  return mostOf(values, decimalsOfNumber);
}

function mostOf(values: Float64Array, of: (value: number) => number): number {
  const step = Math.max(1, Math.floor(values.length / LOOKED_AT));
  let most = 0;
  for (let i = 0; i < values.length; i += step) most = Math.max(most, of(values[i] ?? 0));
  return most;
}

/** Digits of a double that adding and multiplying leave as they were written: 0.1 + 0.2 is 0.30000000000000004. */
const SURE_DIGITS = 14;
/** Numbers in single precision ("26.100000381") were written with at most so many digits. */
const SINGLE_DIGITS = 7;

/** What the last written decimal stands for: 0.01 of numbers with two. The dust of computing is no decimal. */
export function lastDecimal(values: Float64Array): number {
  const digits = isSingle(values) ? SINGLE_DIGITS : SURE_DIGITS;
  return 10 ** -mostOf(values, (value) => decimalsIn(value, digits));
}

function isSingle(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (Math.fround(values[i] as number) !== (values[i] as number)) return false;
  return true;
}

/** Decimals of a number once it is written with so many digits. One that needs no more of them stays as it is, which is told much sooner. */
function decimalsIn(value: number, digits: number): number {
  const decimals = decimalsOfNumber(value);
  return decimals < MOST && Math.abs(value) * 10 ** decimals < 10 ** digits
    ? decimals
    : decimalsOfNumber(Number(value.toPrecision(digits)));
}

/** The same of a column of the frame, looked up once per audit. */
export function halfDecimalOf(context: AuditContext, { name, values }: NumberColumn): number {
  return context.shared(`half-decimal:${name}`, () => halfDecimal(float64Where(values, (value) => !Number.isNaN(value))));
}

/** Half of the last written decimal. */
export function halfDecimal(values: Float64Array): number {
  return 0.5 * lastDecimal(values);
}

const MOST = 15;
const POWERS = Float64Array.from({ length: MOST + 1 }, (_, decimals) => 10 ** decimals);

/** Decimals of the shortest way to write a number, `most` at most; 0 of NaN. Found by dividing: a text for each of millions of cells takes seconds. */
export function decimalsOfNumber(value: number, most: number = MOST): number {
  // An integer over a power of ten that is exact in both is rounded once: equal only if the number is written with so many decimals.
  for (let decimals = 0, power = 1; Math.abs(value) * power < Number.MAX_SAFE_INTEGER; decimals++, power *= 10)
    if (decimals === most || Math.round(value * power) / power === value) return decimals;
  const [digits = "", exponent = "0"] = String(value).split("e");
  return Math.min(most, Math.max(0, (digits.split(".")[1]?.length ?? 0) - Number(exponent)));
}

/** The same of each of the values into `decimals`; NaN stays NaN where there is room for it. Most of a column have as many as the one before: then two divisions tell. */
export function decimalsOfEach(values: Float64Array, decimals: Uint8Array | Float64Array, most: number = MOST): void {
  let before = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) decimals[row] = Number.NaN;
    else decimals[row] = before = isWrittenWith(value, before) ? before : decimalsOfNumber(value, most);
  }
}

/** Whether so many decimals write the number and one less does not. */
function isWrittenWith(value: number, decimals: number): boolean {
  if (decimals === 0) return false;
  const [less, power] = [POWERS[decimals - 1] as number, POWERS[decimals] as number];
  if (!(Math.abs(value) * power < Number.MAX_SAFE_INTEGER)) return false;
  return Math.round(value * power) / power === value && Math.round(value * less) / less !== value;
}
