/** Most decimals that are told apart. */
const MOST_DECIMALS = 8;
/** Up to here all numbers of so many decimals are told apart by doubles, and their multiples rounded rightly. */
const MOST_EXACT = 2 ** 51 / 10 ** MOST_DECIMALS;
/** From here on a number is written as a power of ten. */
const LEAST_PLAIN = 1e-6;

/**
 * Decimals of the shortest text that means the number, up to 8; 9 where that is written as a power of ten, NaN of NaN. Found by dividing: a text for each of
 * millions of cells takes seconds.
 */
export function writtenDecimals(value: number): number {
  const size = Math.abs(value);
  if (Number.isNaN(value)) return value;
  if (!(size < MOST_EXACT)) return decimalsOfText(String(value));
  if (size !== 0 && size < LEAST_PLAIN) return MOST_DECIMALS + 1;
  for (let decimals = 0, ten = 1; decimals < MOST_DECIMALS; decimals++, ten *= 10)
    if (Math.round(size * ten) / ten === size) return decimals;
  return MOST_DECIMALS;
}

function decimalsOfText(text: string): number {
  if (text.includes("e")) return MOST_DECIMALS + 1;
  return Math.min(MOST_DECIMALS, text.includes(".") ? text.length - 1 - text.indexOf(".") : 0);
}
