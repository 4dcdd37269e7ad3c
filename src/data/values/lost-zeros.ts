import type { ValueCounts } from "../columns/counts.ts";
import { nameWords } from "../meaning/name-words.ts";

/** Codes of a place are written with as many digits everywhere. */
const POSTAL: ReadonlySet<string> = new Set("zip zipcode postcode postalcode plz postal postleitzahl cap cp postcodes fips".split(" "));
/** Digits of such codes, and the shares of the rows that have one fewer. */
const [FEWEST, MOST, LEAST_SHARE, MOST_SHARE] = [4, 6, 0.005, 0.4];
const LEAST_VALUES = 5;

/** Postal codes of which some have lost their leading zero, as all have the same digits but for those with one fewer. null where none have, or where they differ otherwise. */
export function lostZeros(
  name: string,
  { values, counts, present }: ValueCounts,
): { readonly digits: number; readonly share: number; readonly example: number } | null {
  if (!nameWords(name).some((word) => POSTAL.has(word))) return null;
  const digits = String(values.at(-1) ?? 0).length;
  if (digits < FEWEST || digits > MOST) return null;
  const least = 10 ** (digits - 2);
  const short = values.filter((value) => value >= least && value < 10 * least);
  const rowsOf = (is: (value: number) => boolean) => values.reduce((sum, value, i) => sum + (is(value) ? (counts[i] ?? 0) : 0), 0);
  const share = rowsOf((value) => value >= least && value < 10 * least) / present;
  const isOther = rowsOf((value) => value < least || !Number.isInteger(value)) > 0;
  if (isOther || short.length < LEAST_VALUES || share < LEAST_SHARE || share > MOST_SHARE) return null;
  return { digits, share, example: short[0] ?? least };
}
