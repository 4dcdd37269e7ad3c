import { unitOf } from "./units.ts";

/** What stands at a number: value * factor + offset is the value in the column's unit. */
export interface AmountUnit {
  readonly text: string;
  readonly factor: number;
  readonly offset: number;
  /** It may stand before the number too: a currency, and "%" where it does ("%24,50", as in Turkish). */
  readonly before: boolean;
}

/** Three letters may be the series of a number: INV 10023. */
export const CURRENCIES = new Set(
  "USD EUR GBP CHF JPY CNY INR AUD CAD NZD SEK NOK DKK PLN CZK HUF TRY BRL MXN ZAR RUB KRW SGD HKD".split(" "),
);

export function isCurrency(text: string): boolean {
  return /\p{Sc}/u.test(text) || CURRENCIES.has(text);
}

/** "%24" is a number, "kg 24" is none. */
export function standsBefore(text: string): boolean {
  return text === "%" || isCurrency(text);
}

/** An area or a volume that is written without a raised digit, alone or as a part of a rate: "m2", "m3/h", "kg/m3". Behind other letters a digit is a part of a name ("7b2"). */
export const POWER_UNIT = "(?:[\\p{L}\u00b5]{1,3}\\/)?(?:[cdkm\u00b5]?m|ft|in|yd|mi)[23](?:\\/\\p{L}{1,3})?";

const POWER = new RegExp(`^${POWER_UNIT}$`, "u");

export function isPowerUnit(text: string): boolean {
  return POWER.test(text);
}

/** A currency, "%" or a unit of measure: what stands behind the digits is no part of a name. */
export function isKnownUnit(text: string): boolean {
  return text === "%" || isCurrency(text) || unitOf(text) !== null || isPowerUnit(text);
}
