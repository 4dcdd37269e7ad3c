/** The widest gap in the tail of a sample of positive numbers. */
export interface TailGap {
  /** Values beyond it. */
  readonly beyond: number;
  /** The last value before it and the first beyond. */
  readonly from: number;
  readonly to: number;
  /** Chance that a Pareto tail, of whatever exponent, has such a gap anywhere among its largest values; of lighter tails it is smaller. */
  readonly p: number;
}

/** Spacings just below the gap that tell how far apart values of this tail lie. More of them tell it better, and of a part farther from the end. */
const BELOW = 30;

/** Values below the gap that tell how wide a step may be: whole numbers with a few odd ones among them have narrow ones too. */
const FOR_STEPS = 100;
/** Fewer different values below the gap are too coarse to have spacings of their own. */
const LEAST_DISTINCT = 5;

/**
 * Logarithms of a Pareto tail are exponential, so k times the k-th spacing from the top is, and of one mean (Renyi 1953). The spacing over the gap by the mean of the
 * 30 below it exceeds t with chance (1 + t / 30) ^ -30. Each number k of values beyond has its share 1 / k (k + 1) of the chance. Values that are rounded, counted or liked
 * for being round have gaps of their own: the widest step among the last values is taken off the gap, and few different ones are spread over their steps. sorted: ascending,
 * above 0. null with too few values.
 */
export function tailGap(sorted: Float64Array, most: number): TailGap | null {
  const last = Math.min(most, sorted.length - BELOW - 1);
  if (last < 1) return null;
  const first = Math.max(1, sorted.length - last - BELOW - 1);
  const logs = logSteps(sorted, first);
  let best: TailGap | null = null;
  for (let k = 1; k <= last; k++) {
    const found = gapAt(sorted, k, logs, first);
    if (found === null) continue;
    const p = Math.min(1, k * (k + 1) * found.p);
    if (best === null || p < best.p) best = { ...found, p };
  }
  return best;
}

/**
 * The gap above a bound that was known before, as if a value lay on it: from there to the next one is a step as between any two of the tail, and its chance that of this one
 * gap. sorted: ascending, above 0, as is the bound. null where it is no wider than a step, or with too few values.
 */
export function gapAbove(sorted: Float64Array, bound: number): TailGap | null {
  const k = sorted.reduce((sum, one) => sum + Number(one > bound), 0);
  const tail = Float64Array.from([...sorted, bound]).sort();
  const first = tail.length - k - BELOW;
  return k < 1 || first < 1 ? null : gapAt(tail, k, logSteps(tail, first), first);
}

/** logs: of the steps from `first` on. */
function gapAt(sorted: Float64Array, k: number, logs: Float64Array, first: number): TailGap | null {
  const n = sorted.length;
  const [from, to] = [sorted[n - k - 1]!, sorted[n - k]!];
  const { step, isCoarse } = stepsBefore(sorted, n - k, to - from);
  const gap = k * Math.log((to - step / 2) / (from + step / 2));
  if (!(gap > 0)) return null;
  const own = isCoarse
    ? spacingsOf(spreadOver(sorted.subarray(n - k - BELOW - 1, n - k), step / 2), k)
    : spacings(logs, n - k - 1 - first, k);
  return { beyond: k, from, to, p: (1 + gap / own) ** -BELOW };
}

/** Logarithms of each value from `first` on by the one before. */
function logSteps(sorted: Float64Array, first: number): Float64Array {
  const logs = new Float64Array(sorted.length - first);
  for (let i = 0; i < logs.length; i++) logs[i] = Math.log(sorted[first + i]! / sorted[first + i - 1]!);
  return logs;
}

/** Sum over the spacings of the values, the last of which is the k + 1-th from the top, each times its place from there. at: the log of the last of them. */
function spacings(logs: Float64Array, at: number, k: number): number {
  let sum = 0;
  for (let j = 1; j <= BELOW; j++) sum += (k + j) * logs[at + 1 - j]!;
  return sum;
}

function spacingsOf(values: Float64Array, k: number): number {
  return spacings(logSteps(values, 1), BELOW - 1, k);
}

/**
 * The widest step of the last values before the place; infinite where the side has too few different values. Where they stand on a coarse scale a gap of a step or two is
 * nothing: then it is two steps. It is not looked for any more once it is as wide as the gap.
 */
function stepsBefore(sorted: Float64Array, place: number, gap: number): { readonly step: number; readonly isCoarse: boolean } {
  const first = place - BELOW - 1;
  let [step, distinct, own] = [0, 1, 1];
  for (let at = place - 1; at > 0 && (at > place - FOR_STEPS || distinct < LEAST_DISTINCT); at--) {
    const size = sorted[at]! - sorted[at - 1]!;
    if (size > 0) distinct++;
    if (size > 0 && at > first) own++;
    if (size > step) step = size;
    if (step >= gap) break;
  }
  if (distinct < LEAST_DISTINCT && !(step >= gap)) return { step: Number.POSITIVE_INFINITY, isCoarse: false };
  return own < LEAST_DISTINCT ? { step: 2 * step, isCoarse: true } : { step, isCoarse: false };
}

/** Equal values lie evenly within half a step on both sides of themselves. */
function spreadOver(sorted: Float64Array, step: number): Float64Array {
  const spread = new Float64Array(sorted.length);
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    for (let place = start; place < end; place++)
      spread[place] = sorted[start]! + Math.min(step, sorted[start]!) * ((place - start + 0.5) / (end - start) - 0.5);
    start = end;
  }
  return spread;
}
