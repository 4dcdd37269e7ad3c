import type { Dataset } from "../core/dataset.ts";
import type { TestOverlap, WholeCounts } from "../core/whole-counts.ts";

/** Equal rows of a table. */
export interface DuplicateGroups {
  /** Rows that repeat an earlier one. */
  readonly rows: number;
  /** Sets of two or more equal rows. */
  readonly groups: number;
  /** The first 20 of `repeats`. */
  readonly sample: readonly number[];
  /** Row numbers (0-based, ascending) of all rows that repeat an earlier one: dropping them keeps each row once. */
  readonly repeats: Int32Array;
}

/**
 * Exact statistics over all rows of a dataset version, in bounded memory, whatever sample is loaded. One implementation computes in
 * process; a cluster can be another.
 */
export interface TableEngine extends WholeCounts {
  countMissing(columns: readonly string[]): Promise<Map<string, number>>;
  /** Different present values. */
  exactDistinct(columns: readonly string[]): Promise<Map<string, number>>;
  /**
   * Rows equal in all columns but `ignoring`; missing equals missing. `unlike`: some of these columns in which, alone, few rows are equal; then only those are compared
   * in all, and `labelConflicts` over the same columns looks at no others.
   */
  duplicateGroups(ignoring: readonly string[], unlike?: readonly string[]): Promise<DuplicateGroups>;
  /** Rows of this table and rows that `longer` has behind them that are equal in these columns; missing equals missing, but in `present` leaves a row out. */
  testOverlap(longer: Dataset, columns: readonly string[], present: readonly string[]): Promise<TestOverlap>;
}
