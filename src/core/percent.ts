/** So near to all, or to none, the rest is the dust of adding up. */
const DUST = 1e-11;
/** Smaller shares are no longer told apart. */
const LEAST = 1e-4;

/** A share as people write it: 0.963 -> "96.3 %", 0.0004 -> "0.04 %"; "100 %" of all alone and "0 %" of none alone, so 0.99997 -> "99.997 %". */
export function percent(share: number): string {
  const value = 100 * share;
  const [size, rest] = [Math.abs(value), 100 - value];
  if (size < DUST) return "0 %";
  if (Math.abs(rest) < DUST) return "100 %";
  if (size < LEAST) return `under ${LEAST} %`;
  if (rest > 0 && rest < LEAST) return `over ${100 - LEAST} %`;
  if (value > 99.99 && value < 100) return `${Number((100 - Number(rest.toPrecision(1))).toFixed(10))} %`;
  const digits = value >= 99.95 || size < 0.1 ? 2 : 1;
  return `${Number(size < 0.01 ? value.toPrecision(1) : value.toFixed(digits))} %`;
}

/** A share in fewer or other digits, by `write` of the percentage; as `percent` has it where that would say all of what is not all, or none of what is some. */
export function percentBy(write: (percentage: number) => string, share: number): string {
  const text = write(100 * share);
  return Number(text) === 100 || Number(text) === 0 ? percent(share) : `${text} %`;
}
