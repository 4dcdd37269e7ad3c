/**
 * P(the sum of so many independent numbers, each evenly between 0 and 1, is at most this) (Irwin and Hall 1927). So the ranks of a few among many lie, as shares: of few their mean is not normal, and
 * of three no normal z exceeds 3. Its terms cancel where the sum is large: ask of the smaller tail.
 *
 * @param count at most 20
 */
export function uniformSumCdf(sum: number, count: number): number {
  let [total, ways] = [0, 1];
  for (let k = 0; k < Math.min(sum, count); k++) {
    total += (k % 2 === 0 ? 1 : -1) * ways * (sum - k) ** count;
    ways *= (count - k) / (k + 1);
  }
  for (let k = 2; k <= count; k++) total /= k;
  return Math.max(0, Math.min(1, total));
}
