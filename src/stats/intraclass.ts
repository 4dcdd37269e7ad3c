import logGamma from "@stdlib/math-base-special-gammaln";
import { normalQuantile } from "./normal.ts";
import { tTwoSidedP } from "./student-t.ts";

/** The normal quantile is accurate above it. */
const LEAST_P = 1e-300;

/** Rows of two samples that come in groups. A group that has rows in both samples is one unit in each. */
export interface GroupedSamples {
  /** Unit of each row, 0.. without gaps; a row without a group is a unit of its own. */
  readonly units: Int32Array;
  /** Sample of each unit: 0 or 1. */
  readonly sampleOf: Uint8Array;
  /** Rows of each unit. */
  readonly sizes: Int32Array;
}

/** @param groups of the rows of the first sample, then of those of the second; negative = the row stands alone. */
export function groupedSamples(groups: ArrayLike<number>, firstRows: number): GroupedSamples {
  const places = [new Map<number, number>(), new Map<number, number>()] as const;
  const units = new Int32Array(groups.length);
  const [sampleOf, sizes]: [number[], number[]] = [[], []];
  for (let row = 0; row < groups.length; row++) {
    const sample = row < firstRows ? 0 : 1;
    const group = groups[row]!;
    let unit = group < 0 ? undefined : places[sample].get(group);
    if (unit === undefined) {
      unit = sampleOf.length;
      sampleOf.push(sample);
      sizes.push(0);
      if (group >= 0) places[sample].set(group, unit);
    }
    units[row] = unit;
    sizes[unit]!++;
  }
  return { units, sampleOf: Uint8Array.from(sampleOf), sizes: Int32Array.from(sizes) };
}

/**
 * Intraclass correlation of numbers, 0..1: one-way analysis of variance of units about the mean of their sample (Donner 1986, doi:10.2307/1403259), so that a
 * difference of the samples is not taken for one of groups. 1 where nothing is known: no more units than samples. 0 where every row is a unit.
 */
export function intraclassOfNumbers(values: ArrayLike<number>, grouped: GroupedSamples): number {
  const { units, sampleOf, sizes } = grouped;
  const ofUnit = new Float64Array(sizes.length);
  const ofSample = new Float64Array(2);
  let squares = 0;
  for (let row = 0; row < units.length; row++) {
    const [unit, value] = [units[row]!, values[row]!];
    ofUnit[unit]! += value;
    ofSample[sampleOf[unit]!]! += value;
    squares += value * value;
  }
  const rows = rowsOf(grouped);
  const [betweenUnits, betweenSamples] = [sumOver(ofUnit, sizes), sumOver(ofSample, rows)];
  return fromSquares(squares - betweenUnits, betweenUnits - betweenSamples, grouped);
}

/** The same of levels (codes from 0): sums of squares of the indicators of all levels together (Landis and Koch 1977, doi:10.2307/2529786). */
export function intraclassOfLevels(codes: ArrayLike<number>, grouped: GroupedSamples): number {
  const { units, sampleOf, sizes } = grouped;
  const rows = rowsOf(grouped);
  const [ofUnit, ofSample] = [new Map<number, number>(), new Map<number, number>()];
  let width = 1;
  for (let row = 0; row < units.length; row++) width = Math.max(width, codes[row]! + 1);
  for (let row = 0; row < units.length; row++) {
    const [unit, code] = [units[row]!, codes[row]!];
    const [inUnit, inSample] = [unit * width + code, sampleOf[unit]! * width + code];
    ofUnit.set(inUnit, (ofUnit.get(inUnit) ?? 0) + 1);
    ofSample.set(inSample, (ofSample.get(inSample) ?? 0) + 1);
  }
  const sum = (counts: ReadonlyMap<number, number>, of: ArrayLike<number>) => {
    let total = 0;
    for (const [key, count] of counts) total += count ** 2 / of[Math.floor(key / width)]!;
    return total;
  };
  const [betweenUnits, betweenSamples] = [sum(ofUnit, sizes), sum(ofSample, rows)];
  return fromSquares(units.length - betweenUnits, betweenUnits - betweenSamples, grouped);
}

/** How many rows drawn singly tell as much as those of each sample: n / (1 + (m - 1) icc), m the mean size of the group of a row (Kish 1965; Rao and Scott 1992, doi:10.2307/2532311). */
export function effectiveRows(icc: number, grouped: GroupedSamples): readonly [number, number] {
  const rows = rowsOf(grouped);
  const squares = new Float64Array(2);
  grouped.sizes.forEach((size, unit) => {
    squares[grouped.sampleOf[unit]!]! += size * size;
  });
  const effective = (sample: 0 | 1) =>
    rows[sample] === 0 ? 0 : rows[sample]! / (1 + Math.max(0, squares[sample]! / rows[sample]! - 1) * icc);
  return [effective(0), effective(1)];
}

/**
 * A p value from effective rows, where the correlation is itself estimated from few units: its normal quantile is read as Student's t with units - 2 degrees of
 * freedom, as of a cluster-robust z (Cameron and Miller 2015, doi:10.3368/jhr.50.2.317). Never below the chance that of all ways to deal the units to the samples the one
 * at hand comes up, the least p that a permutation of units can have. 1 with at most two units.
 */
export function pOfUnits(p: number, { sampleOf, sizes }: GroupedSamples): number {
  if (Number.isNaN(p)) return p;
  if (sizes.length <= 2) return 1;
  if (p >= 1) return 1;
  const second = sampleOf.reduce((sum, sample) => sum + sample, 0);
  const ways = logGamma(sizes.length + 1) - logGamma(second + 1) - logGamma(sizes.length - second + 1);
  return Math.max(Math.exp(-ways), tTwoSidedP(normalQuantile(Math.max(p, LEAST_P) / 2), sizes.length - 2));
}

/** What two samples tell as if their rows were drawn singly. */
export interface SingleRows {
  /** Effective rows of each sample. */
  readonly rows: readonly [number, number];
  /** A p value from so many rows, with what few units leave of it. */
  p(ofRows: number): number;
}

/** @param grouped null: rows are independent, and each counts. @param rows of each sample. @param icc the intraclass correlation, asked for where rows come in groups. */
export function asSingleRows(
  grouped: GroupedSamples | null,
  rows: readonly [number, number],
  icc: (grouped: GroupedSamples) => number,
): SingleRows {
  if (grouped === null || rows[0] === 0 || rows[1] === 0) return { rows, p: (p) => p };
  return { rows: effectiveRows(icc(grouped), grouped), p: (p) => pOfUnits(p, grouped) };
}

function rowsOf({ sampleOf, sizes }: GroupedSamples): readonly [number, number] {
  let [first, second] = [0, 0];
  sizes.forEach((size, unit) => {
    if (sampleOf[unit] === 0) first += size;
    else second += size;
  });
  return [first, second];
}

/** Sum of (sum of squares)^2 / rows. */
function sumOver(sums: ArrayLike<number>, rows: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < sums.length; i++) if (rows[i]! > 0) total += sums[i]! ** 2 / rows[i]!;
  return total;
}

function fromSquares(within: number, between: number, grouped: GroupedSamples): number {
  const { sampleOf, sizes } = grouped;
  const rows = rowsOf(grouped);
  const samples = Number(rows[0] > 0) + Number(rows[1] > 0);
  const all = rows[0] + rows[1];
  if (sizes.length <= samples) return 1;
  if (sizes.length === all) return 0;
  let unevenness = 0;
  sizes.forEach((size, unit) => {
    unevenness += size ** 2 / rows[sampleOf[unit] === 0 ? 0 : 1];
  });
  const size = (all - unevenness) / (sizes.length - samples);
  const [meanBetween, meanWithin] = [between / (sizes.length - samples), Math.max(0, within) / (all - sizes.length)];
  const spread = meanBetween + (size - 1) * meanWithin;
  return spread > 0 ? Math.min(1, Math.max(0, (meanBetween - meanWithin) / spread)) : 1;
}
