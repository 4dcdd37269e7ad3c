/** Validation rows as metrics see them: n rows, k outputs, row-major; weight null = all 1, query null = none. */
export interface Judged {
  /** Link applied: probabilities, rates or values. */
  readonly predictions: Float64Array;
  readonly outputs: number;
  readonly target: Float64Array;
  readonly weight: Float64Array | null;
  readonly query: Int32Array | null;
}

/** What early stopping follows. */
export interface StoppingMetric {
  readonly name: string;
  readonly higherIsBetter: boolean;
  /** NaN where it is not defined, which early stopping takes for the worst. */
  score(judged: Judged): number;
}
