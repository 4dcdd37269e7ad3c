/**
 * Weighted quantile of value(row) over rows[begin..end): the value at which the cumulative weight passes `share` of the total; the mean
 * with the next value when it is met exactly, so that 0.5 is the usual median. NaN without rows.
 */
export function weightedQuantile(
  value: (row: number) => number,
  weight: Float64Array | null,
  rows: Int32Array,
  begin: number,
  end: number,
  share: number,
): number {
  const n = end - begin;
  if (weight === null) {
    const sorted = new Float64Array(n);
    for (let i = 0; i < n; i++) sorted[i] = value(rows[begin + i]!);
    sorted.sort();
    return pick(
      n,
      (i) => sorted[i]!,
      () => 1,
      share,
    );
  }
  const items = Array.from(rows.subarray(begin, end), (row) => ({ value: value(row), weight: weight[row]! }));
  items.sort((a, b) => a.value - b.value);
  return pick(
    n,
    (i) => items[i]!.value,
    (i) => items[i]!.weight,
    share,
  );
}

function pick(n: number, valueAt: (i: number) => number, weightAt: (i: number) => number, share: number): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += weightAt(i);
  const wanted = share * total;
  let reached = 0;
  for (let i = 0; i < n; i++) {
    reached += weightAt(i);
    if (reached > wanted || i === n - 1) return valueAt(i);
    if (reached === wanted) return (valueAt(i) + valueAt(i + 1)) / 2;
  }
  return Number.NaN;
}
