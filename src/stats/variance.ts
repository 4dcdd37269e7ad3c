export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Sample variance, divisor n - 1; NaN below two values. */
  readonly variance: number;
}

/** Mean and variance in one pass without cancellation (Welford 1962). */
export function moments(values: ArrayLike<number>): Moments {
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const difference = values[i]! - mean;
    mean += difference / (i + 1);
    squares += difference * (values[i]! - mean);
  }
  const count = values.length;
  return { count, mean: count === 0 ? Number.NaN : mean, variance: count < 2 ? Number.NaN : squares / (count - 1) };
}

/** Sample variance, divisor n - 1; NaN below two values. */
export function variance(values: ArrayLike<number>): number {
  return moments(values).variance;
}

/** Square root of the sample variance. */
export function standardDeviation(values: ArrayLike<number>): number {
  return Math.sqrt(moments(values).variance);
}
