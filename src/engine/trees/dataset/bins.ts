import type { Feature } from "../../../core/matrix.ts";

/** How a feature becomes small whole numbers. Values take bins 0 .. valueBins-1; the bin after them is for missing. */
export type FeatureBins =
  /** thresholds[i] parts bin i from bin i+1: a value <= thresholds[i] lies at or below bin i. */
  | { readonly kind: "numeric"; readonly valueBins: number; readonly thresholds: Float64Array }
  /** Codes that are rare or absent in the training rows share the bin of missing. */
  | { readonly kind: "categorical"; readonly valueBins: number; readonly binOfCode: Uint16Array };

export interface BinningRules {
  /** Value bins of a numeric feature; the bin of missing comes on top. At most 65,535. */
  readonly maxBin: number;
  readonly minDataInBin: number;
}

/** Levels beyond maxBin get a bin of their own as long as those before cover less than this share of the rows (LightGBM). */
const COVERED = 0.99;
const MOST_BINS = 65_535;

/** Bins of a numeric feature, with what of the sample lies in the fullest one. */
export interface NumericBins {
  readonly bins: FeatureBins & { readonly kind: "numeric" };
  readonly fullest: number;
  readonly inFullest: number;
}

/** sorted: the present values of the sample, ascending. */
export function numericBins(sorted: Float64Array, rules: BinningRules): NumericBins {
  const n = sorted.length;
  const distinct = new Float64Array(n);
  const counts = new Int32Array(n);
  let m = 0;
  for (let i = 0; i < n; i++) {
    if (m === 0 || sorted[i] !== distinct[m - 1]) distinct[m++] = sorted[i]!;
    counts[m - 1]!++;
  }
  const cuts = m <= rules.maxBin ? cutEachValue(counts, m, rules) : cutByQuantiles(counts, m, n, rules);
  const thresholds = Float64Array.from(cuts, (last) => between(distinct[last]!, distinct[last + 1]!));
  return { bins: { kind: "numeric", valueBins: n === 0 ? 0 : cuts.length + 1, thresholds }, ...fullestBin(counts, m, cuts) };
}

function fullestBin(counts: Int32Array, distinct: number, cuts: readonly number[]): { fullest: number; inFullest: number } {
  let fullest = 0;
  let inFullest = 0;
  for (let bin = 0, i = 0; bin <= cuts.length; bin++) {
    let rows = 0;
    for (const last = cuts[bin] ?? distinct - 1; i <= last; i++) rows += counts[i]!;
    if (rows > inFullest) [fullest, inFullest] = [bin, rows];
  }
  return { fullest, inFullest };
}

/** A number t with a <= t < b. Adding 0 turns -0 into 0, which JSON can keep. */
function between(a: number, b: number): number {
  const middle = a / 2 + b / 2;
  return (middle >= a && middle < b ? middle : a) + 0;
}

/** Last distinct value of each bin but the last: every value its own bin, unless it has fewer rows than wanted. */
function cutEachValue(counts: Int32Array, distinct: number, rules: BinningRules): number[] {
  const cuts: number[] = [];
  let inBin = 0;
  for (let i = 0; i < distinct - 1; i++) {
    inBin += counts[i]!;
    if (inBin >= rules.minDataInBin) {
      cuts.push(i);
      inBin = 0;
    }
  }
  return cuts;
}

/** LightGBM's GreedyFindBin: values with more rows than the mean bin stand alone, the rest is cut into bins of equal rows. */
function cutByQuantiles(counts: Int32Array, distinct: number, total: number, rules: BinningRules): number[] {
  const maxBins = Math.min(rules.maxBin, Math.max(1, Math.floor(total / rules.minDataInBin)));
  const isBig = (i: number) => counts[i]! >= total / maxBins;
  let restRows = total;
  let restBins = maxBins;
  for (let i = 0; i < distinct; i++) {
    if (isBig(i)) {
      restRows -= counts[i]!;
      restBins--;
    }
  }
  let wanted = restRows / restBins;
  const cuts: number[] = [];
  let inBin = 0;
  for (let i = 0; i < distinct - 1 && cuts.length < maxBins - 1; i++) {
    const alone = isBig(i);
    if (!alone) restRows -= counts[i]!;
    inBin += counts[i]!;
    if (!alone && inBin < wanted && !(isBig(i + 1) && inBin >= Math.max(1, wanted / 2))) continue;
    cuts.push(i);
    inBin = 0;
    if (!alone) wanted = restRows / --restBins;
  }
  return cuts;
}

/** The most frequent levels keep a bin of their own. others: rows of the sample that take the bin of missing. */
export function categoryBins(
  feature: Extract<Feature, { kind: "categorical" }>,
  rows: Int32Array,
  rules: BinningRules,
): { readonly bins: FeatureBins; readonly others: number } {
  const counts = new Int32Array(feature.levels);
  let total = 0;
  for (const row of rows) {
    const code = feature.codes[row]!;
    if (code < 0 || code >= feature.levels) continue;
    counts[code]!++;
    total++;
  }
  const byCount = Array.from(counts.keys())
    .filter((code) => counts[code]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || a - b);
  const kept: number[] = [];
  let covered = 0;
  for (const code of byCount) {
    const isRare = kept.length >= 2 && counts[code]! < rules.minDataInBin;
    const isEnough = kept.length >= rules.maxBin && covered >= COVERED * total;
    if (isRare || isEnough || kept.length >= MOST_BINS) break;
    kept.push(code);
    covered += counts[code]!;
  }
  const binOfCode = new Uint16Array(feature.levels).fill(kept.length);
  for (const [bin, code] of kept.sort((a, b) => a - b).entries()) binOfCode[code] = bin;
  return { bins: { kind: "categorical", valueBins: kept.length, binOfCode }, others: rows.length - covered };
}

/** Number of thresholds below the value; the bin of missing for NaN. */
export function numericBin(value: number, thresholds: Float64Array): number {
  if (Number.isNaN(value)) return thresholds.length + 1;
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value <= thresholds[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
