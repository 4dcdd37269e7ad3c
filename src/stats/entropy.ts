/** Shannon entropy of counts, in nats; 0 of none. */
export function entropy(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const share = counts[i]! / total;
    if (share > 0) sum -= share * Math.log(share);
  }
  return sum === 0 ? 0 : sum;
}
