import logGamma from "@stdlib/math-base-special-gammaln";

/** Rows with a 0 that the positive counts lead to expect. */
export interface ExpectedZeros {
  /** By the likeliest fit of the grid, whose means are 8 % apart. */
  readonly expected: number;
  /** Largest number of zeros among the fits that the positive counts do not reject (log-likelihood within 2 of the best: about 95 %). */
  readonly most: number;
}

/** Values above 0 that the fit looks at: quantiles when there are more. */
const MOST_VALUES = 200;
const SHAPES = Array.from({ length: 30 }, (_, i) => 10 ** (-1.5 + (4.5 * i) / 29));
const MEANS = 60;

/**
 * Zero-truncated negative binomial (Poisson at its limit) fitted to the positive counts by likelihood on a grid of shape r and mean; zeros expected =
 * positives p0 / (1 - p0). Overdispersed counts have many zeros honestly, so the fit must allow them
 * (truncated counts: Cameron and Trivedi 2013, chapter 4). all: different whole numbers, ascending; those above 0 count. often: how often each occurs. Assumes independent rows.
 */
export function expectedZeros(all: Float64Array, often: Int32Array): ExpectedZeros {
  const { values, counts: rows } = thinned(all, often);
  const positives = rows.reduce((sum, n) => sum + n, 0);
  const middle = values.reduce((sum, value, i) => sum + value * (rows[i] ?? 0), 0) / positives;
  const logFactorials = values.map((value) => logGamma(value + 1));
  const fits: { likelihood: number; zeros: number }[] = [];
  for (const r of SHAPES) {
    const logShapes = values.map((value) => logGamma(value + r) - logGamma(r));
    for (let step = 0; step < MEANS; step++) {
      // The untruncated mean lies below that of the positives.
      const mean = middle * 10 ** (-2 + (2 * (step + 1)) / MEANS);
      const [logFail, logWin] = [Math.log(mean / (mean + r)), Math.log(r / (mean + r))];
      const none = Math.exp(r * logWin);
      if (none >= 1 - 1e-12) continue;
      let likelihood = -positives * Math.log1p(-none);
      for (let i = 0; i < values.length; i++)
        likelihood += (rows[i] ?? 0) * ((logShapes[i] ?? 0) - (logFactorials[i] ?? 0) + (values[i] ?? 0) * logFail + r * logWin);
      fits.push({ likelihood, zeros: (positives * none) / (1 - none) });
    }
  }
  const best = fits.reduce((top, fit) => (fit.likelihood > top.likelihood ? fit : top), { likelihood: Number.NEGATIVE_INFINITY, zeros: 0 });
  const most = Math.max(...fits.filter(({ likelihood }) => likelihood >= best.likelihood - 2).map(({ zeros }) => zeros));
  return { expected: best.zeros, most };
}

function thinned(values: Float64Array, counts: Int32Array): { values: number[]; counts: number[] } {
  const positive = Array.from(values, (value, i) => ({ value, rows: counts[i] ?? 0 })).filter(({ value }) => value > 0);
  if (positive.length <= MOST_VALUES) return { values: positive.map(({ value }) => value), counts: positive.map(({ rows }) => rows) };
  const small = positive.slice(0, MOST_VALUES / 2);
  const rest = positive.slice(MOST_VALUES / 2);
  const size = Math.ceil(rest.length / (MOST_VALUES / 2));
  const pooled = Array.from({ length: Math.ceil(rest.length / size) }, (_, i) => rest.slice(i * size, (i + 1) * size)).map((part) => {
    const rows = part.reduce((sum, one) => sum + one.rows, 0);
    return { value: Math.round(part.reduce((sum, one) => sum + one.value * one.rows, 0) / rows), rows };
  });
  return { values: [...small, ...pooled].map(({ value }) => value), counts: [...small, ...pooled].map(({ rows }) => rows) };
}
