import type { Feature, Matrix } from "../../core/matrix.ts";
import { sampleInOrder, uniformStream } from "./random.ts";

/** How a feature becomes small whole numbers. Values take bins 0 .. valueBins-1; the bin after them is for missing. */
export type FeatureBins =
  /** thresholds[i] parts bin i from bin i+1: a value <= thresholds[i] lies at or below bin i. */
  | { readonly kind: "numeric"; readonly valueBins: number; readonly thresholds: Float64Array }
  /** Codes that are rare or absent in the training rows share the bin of missing. */
  | { readonly kind: "categorical"; readonly valueBins: number; readonly binOfCode: Uint8Array };

/**
 * Features as bytes, row-major: bins[row * stride + i] is the bin of column i. Columns are the features that can split, in the order of
 * their names, so that the order in the matrix plays no part.
 */
export interface BinnedMatrix {
  readonly rows: number;
  readonly stride: number;
  readonly bins: Uint8Array;
  /** Place in the matrix of each column. */
  readonly source: Int32Array;
  readonly columns: readonly FeatureBins[];
  readonly valueBins: Int32Array;
  readonly categorical: Uint8Array;
}

export interface BinningRules {
  /** At most 255; the bin of missing comes on top. */
  readonly maxBins: number;
  readonly minRowsPerBin: number;
  readonly binSampleRows: number;
}

/** Bins learned on `rows` only, then given to every row of the matrix. */
export function binMatrix(matrix: Matrix, rows: Int32Array, rules: BinningRules, seed: number): BinnedMatrix {
  const sample = sampleRows(rows, rules.binSampleRows, seed);
  const found = matrix.features
    .map((feature, place) => ({ feature, place, bins: findBins(feature, sample, rules) }))
    .filter(({ feature, bins }) => canSplit(feature, bins, sample))
    .sort((a, b) => (a.feature.name < b.feature.name ? -1 : a.feature.name > b.feature.name ? 1 : a.place - b.place));
  const stride = found.length;
  const bins = new Uint8Array(matrix.rows * stride);
  for (const [i, { feature, bins: columnBins }] of found.entries()) fillColumn(feature, columnBins, bins, i, stride);
  return {
    rows: matrix.rows,
    stride,
    bins,
    source: Int32Array.from(found, ({ place }) => place),
    columns: found.map(({ bins: columnBins }) => columnBins),
    valueBins: Int32Array.from(found, ({ bins: columnBins }) => columnBins.valueBins),
    categorical: Uint8Array.from(found, ({ bins: columnBins }) => (columnBins.kind === "categorical" ? 1 : 0)),
  };
}

function sampleRows(rows: Int32Array, most: number, seed: number): Int32Array {
  if (rows.length <= most) return rows;
  const sample = new Int32Array(most);
  sampleInOrder(rows, rows.length, most, uniformStream(seed, 0x62696e), sample);
  return sample;
}

/** A feature splits if its rows fall into two bins; one bin of values and no missing is a constant. */
function canSplit(feature: Feature, bins: FeatureBins, sample: Int32Array): boolean {
  if (bins.valueBins > 1) return true;
  if (bins.valueBins === 0) return false;
  return sample.some((row) => isInMissingBin(feature, bins, row));
}

function isInMissingBin(feature: Feature, bins: FeatureBins, row: number): boolean {
  if (feature.kind === "numeric") return Number.isNaN(feature.values[row]!);
  const code = feature.codes[row]!;
  return code < 0 || code >= feature.levels || (bins.kind === "categorical" && bins.binOfCode[code] === bins.valueBins);
}

function findBins(feature: Feature, sample: Int32Array, rules: BinningRules): FeatureBins {
  return feature.kind === "numeric" ? findNumericBins(feature.values, sample, rules) : findCategoryBins(feature, sample, rules);
}

function findNumericBins(values: Float64Array, sample: Int32Array, rules: BinningRules): FeatureBins {
  const present = new Float64Array(sample.length);
  let n = 0;
  for (const row of sample) {
    const value = values[row]!;
    if (!Number.isNaN(value)) present[n++] = value;
  }
  const sorted = present.subarray(0, n).sort();
  const distinct = new Float64Array(n);
  const counts = new Int32Array(n);
  let m = 0;
  for (let i = 0; i < n; i++) {
    if (m === 0 || sorted[i] !== distinct[m - 1]) distinct[m++] = sorted[i]!;
    counts[m - 1]!++;
  }
  const cuts = m <= rules.maxBins ? cutEachValue(counts, m, rules) : cutByQuantiles(counts, m, n, rules);
  const thresholds = Float64Array.from(cuts, (last) => between(distinct[last]!, distinct[last + 1]!));
  return { kind: "numeric", valueBins: n === 0 ? 0 : cuts.length + 1, thresholds };
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
    if (inBin >= rules.minRowsPerBin) {
      cuts.push(i);
      inBin = 0;
    }
  }
  return cuts;
}

/** LightGBM's GreedyFindBin: values with more rows than the mean bin stand alone, the rest is cut into bins of equal rows. */
function cutByQuantiles(counts: Int32Array, distinct: number, total: number, rules: BinningRules): number[] {
  const maxBins = Math.min(rules.maxBins, Math.max(1, Math.floor(total / rules.minRowsPerBin)));
  const big = Uint8Array.from(counts.subarray(0, distinct), (count) => (count >= total / maxBins ? 1 : 0));
  let restRows = total;
  let restBins = maxBins;
  for (let i = 0; i < distinct; i++) {
    if (big[i] === 1) {
      restRows -= counts[i]!;
      restBins--;
    }
  }
  let wanted = restRows / restBins;
  const cuts: number[] = [];
  let inBin = 0;
  for (let i = 0; i < distinct - 1 && cuts.length < maxBins - 1; i++) {
    const alone = big[i] === 1;
    if (!alone) restRows -= counts[i]!;
    inBin += counts[i]!;
    if (!alone && inBin < wanted && !(big[i + 1] === 1 && inBin >= Math.max(1, wanted / 2))) continue;
    cuts.push(i);
    inBin = 0;
    if (!alone) wanted = restRows / --restBins;
  }
  return cuts;
}

function findCategoryBins(feature: Extract<Feature, { kind: "categorical" }>, sample: Int32Array, rules: BinningRules): FeatureBins {
  const counts = new Int32Array(feature.levels);
  for (const row of sample) {
    const code = feature.codes[row]!;
    if (code >= 0 && code < feature.levels) counts[code]!++;
  }
  const byCount = Array.from(counts.keys())
    .filter((code) => counts[code]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || a - b);
  const kept = byCount.filter((code, place) => place < rules.maxBins && (place < 2 || counts[code]! >= rules.minRowsPerBin));
  const binOfCode = new Uint8Array(feature.levels).fill(kept.length);
  for (const [bin, code] of kept.sort((a, b) => a - b).entries()) binOfCode[code] = bin;
  return { kind: "categorical", valueBins: kept.length, binOfCode };
}

function fillColumn(feature: Feature, columnBins: FeatureBins, bins: Uint8Array, column: number, stride: number): void {
  if (columnBins.kind === "numeric" && feature.kind === "numeric") {
    const { thresholds, valueBins } = columnBins;
    for (let row = 0, at = column; row < feature.values.length; row++, at += stride) {
      bins[at] = numericBin(feature.values[row]!, thresholds, valueBins);
    }
  } else if (columnBins.kind === "categorical" && feature.kind === "categorical") {
    const { binOfCode, valueBins } = columnBins;
    for (let row = 0, at = column; row < feature.codes.length; row++, at += stride) {
      const code = feature.codes[row]!;
      bins[at] = code >= 0 && code < feature.levels ? binOfCode[code]! : valueBins;
    }
  }
}

/** Number of thresholds below the value. */
function numericBin(value: number, thresholds: Float64Array, missingBin: number): number {
  if (Number.isNaN(value)) return missingBin;
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value <= thresholds[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
