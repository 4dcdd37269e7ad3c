import type { Column } from "../../core/column.ts";
import { equalPairs, groupsOf, type RowHash, rowHash, withoutColumn } from "../columns/row-hash.ts";

/** Pairs of rows by the columns in which they agree. */
export interface PairCounts {
  /** Pairs that agree in every column. */
  readonly equal: number;
  /** Pairs that agree in all columns but the one, and may agree in it: `without[c]`. */
  readonly without: readonly number[];
  /** The same for two columns left out: `withoutTwo(c, d)`. */
  readonly withoutTwo: (c: number, d: number) => number;
}

/** Counts over the rows that agree with another one in all columns but those tried: the rest is in no pair. */
export function pairCounts(columns: readonly Column[], tried: readonly Column[], rows: number): PairCounts {
  const whole = rowHash(columns, rows);
  const { group, sizes } = groupsOf(tried.reduce(withoutColumn, whole));
  const alike = Int32Array.from(group.keys()).filter((row) => (sizes[group[row] ?? 0] ?? 0) > 1);
  const hash: RowHash = {
    low: Uint32Array.from(alike, (row) => whole.low[row] ?? 0),
    high: Uint32Array.from(alike, (row) => whole.high[row] ?? 0),
  };
  const own = tried.map((column) => hashOfRows(column, alike, rows));
  const less = (a: RowHash, b: RowHash | undefined): RowHash => ({
    low: a.low.map((value, row) => value - (b?.low[row] ?? 0)),
    high: a.high.map((value, row) => value - (b?.high[row] ?? 0)),
  });
  const one = own.map((column) => less(hash, column));
  return {
    equal: equalPairs(hash),
    without: one.map(equalPairs),
    withoutTwo: (c, d) => equalPairs(less(one[c] ?? hash, own[d])),
  };
}

function hashOfRows(column: Column, rows: Int32Array, all: number): RowHash {
  const { low, high } = rowHash([column], all);
  return { low: Uint32Array.from(rows, (row) => low[row] ?? 0), high: Uint32Array.from(rows, (row) => high[row] ?? 0) };
}

/** How many pairs are expected to agree in every column by chance. */
export interface ChanceTwins {
  readonly expected: number;
  /** Standard error of the estimate. */
  readonly error: number;
}

/** Fewer pairs that differ in two columns say nothing. */
const LEAST_PAIRS = 5;

/**
 * Pairs that differ in one column are no copies. Where agreement in c and in d are independent given the other columns, the 2 x 2 table of agreement gives the pairs
 * that agree in both by chance as n_c n_d / n_cd (n_c: pairs that differ in c alone, n_cd: in both and nothing else): the estimate of two samples (Petersen 1896)
 * as Chapman (1951) corrected it for few. Dependent columns err to either side, so the median over all (c, d) counts, weighted by 1 / (1/n_c + 1/n_d + 1/n_cd), the inverse of the
 * relative variance. null without enough such pairs.
 */
export function chanceTwins({ equal, without, withoutTwo }: PairCounts): ChanceTwins | null {
  const alone = without.map((pairs) => pairs - equal);
  const estimates: { expected: number; weight: number }[] = [];
  for (let c = 0; c < alone.length; c++)
    for (let d = 0; d < c; d++) {
      const [inC, inD] = [alone[c] ?? 0, alone[d] ?? 0];
      const both = withoutTwo(c, d) - equal - inC - inD;
      if (both < LEAST_PAIRS) continue;
      const weight = inC === 0 || inD === 0 ? 0 : 1 / (1 / inC + 1 / inD + 1 / both);
      estimates.push({ expected: ((inC + 1) * (inD + 1)) / (both + 1) - 1, weight });
    }
  estimates.sort((a, b) => a.expected - b.expected);
  const half = estimates.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let reached = 0;
  for (const { expected, weight } of estimates) {
    reached += weight;
    if (weight > 0 && reached >= half) return { expected: Math.max(0, expected), error: Math.max(0, expected) / Math.sqrt(weight) };
  }
  return null;
}
