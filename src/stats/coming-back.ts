/** What numbers have in common with those so many steps further on. */
export interface ComingBack {
  readonly steps: number;
  /** Numbers of which the one so many steps on is there too. */
  readonly pairs: number;
  /** In units of the estimates squared, summed over the sides. */
  readonly covariance: number;
  /** Fisher's z of the correlation, in standard errors. */
  readonly z: number;
}

const [MOST_STEPS, LEAST_PAIRS] = [100, 20];

/**
 * A pattern along whole numbers that comes back: weekdays along days, ends of prices, odd and even. Of all distances from `least` to 100 steps, the one with the largest correlation between the estimates of two numbers that lie
 * so far apart. Things that are numbered have nothing in common with those some steps further on.
 *
 * @param numbers different whole numbers, ascending. @param sides estimates of each number, for each of what is estimated. @param least the fewest steps. null where at no distance twenty pairs lie.
 */
export function comingBack(numbers: ArrayLike<number>, sides: readonly ArrayLike<number>[], least: number): ComingBack | null {
  const places = new Map<number, number>();
  for (let i = 0; i < numbers.length; i++) places.set(numbers[i]!, i);
  let best: ComingBack | null = null;
  for (let steps = least; steps <= MOST_STEPS; steps++) {
    const pairs: [number, number][] = [];
    for (let i = 0; i < numbers.length; i++) {
      const other = places.get(numbers[i]! + steps);
      if (other !== undefined) pairs.push([i, other]);
    }
    if (pairs.length < LEAST_PAIRS) continue;
    const found = { steps, pairs: pairs.length, ...between(pairs, sides) };
    if (best === null || found.z > best.z) best = found;
  }
  return best;
}

function between(pairs: readonly (readonly [number, number])[], sides: readonly ArrayLike<number>[]): Pick<ComingBack, "covariance" | "z"> {
  let [both, ofFirst, ofSecond] = [0, 0, 0];
  for (const side of sides) {
    let [first, second] = [0, 0];
    for (const [a, b] of pairs) [first, second] = [first + side[a]! / pairs.length, second + side[b]! / pairs.length];
    for (const [a, b] of pairs) {
      const [x, y] = [side[a]! - first, side[b]! - second];
      both += x * y;
      ofFirst += x * x;
      ofSecond += y * y;
    }
  }
  const spread = Math.sqrt(ofFirst * ofSecond);
  const r = spread > 0 ? Math.max(-1, Math.min(1, both / spread)) : 0;
  return { covariance: both / pairs.length, z: Math.atanh(Math.min(r, 1 - 1e-12)) * Math.sqrt(pairs.length - 3) };
}
