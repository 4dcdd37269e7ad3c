/** A measured number: never printed without its interval and the experiments it comes from. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Coverage of [low, high], e.g. 0.95. */
  readonly level: number;
  /** Name of the estimator of the interval, e.g. "corrected resampled t". */
  readonly method: string;
  /** Ids of ledger entries. */
  readonly experiments: readonly string[];
}
