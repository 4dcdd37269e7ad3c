/** Standard deviation of a normal by the spread between its quartiles. */
export const NORMAL_OF_QUARTILES = 1 / 1.349;
/** Standard deviation of a normal by the median of its absolute deviations. */
export const NORMAL_OF_DEVIATIONS = 1.4826;

/**
 * Standard error of the median of n independent normal values: that of the mean times sqrt(pi / 2), for large n (Kenney and Keeping 1962).
 * @param deviation standard deviation of one value. n: >= 1.
 */
export function medianError(deviation: number, n: number): number {
  return Math.sqrt(Math.PI / 2 / n) * deviation;
}
