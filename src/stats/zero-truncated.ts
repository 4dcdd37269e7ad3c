import logGamma from "@stdlib/math-base-special-gammaln";

/** Rows with a 0 that the positive counts lead to expect. */
export interface ExpectedZeros {
  /** By the likeliest fit; Infinity when every positive count is 1. */
  readonly expected: number;
  /** Largest number of zeros among the shapes that the positive counts do not reject, each with its likeliest mean (log-likelihood within 2 of the best: about 95 %). */
  readonly most: number;
}

/** Values above 0 that the fit looks at: quantiles when there are more. */
const MOST_VALUES = 200;
/** log10 of the shapes r that are looked at first: from nearly logarithmic counts to Poisson. */
const SHAPES = Array.from({ length: 30 }, (_, i) => -1.5 + (4.5 * i) / 29);
const REFINEMENTS = 20;

interface Fit {
  readonly likelihood: number;
  readonly zeros: number;
}

/**
 * Zero-truncated negative binomial (Poisson at its limit) fitted to the positive counts by largest likelihood: for each shape r the likeliest mean, the shape
 * by a grid and then by halving steps; zeros expected = positives p0 / (1 - p0). Overdispersed counts have many zeros honestly, so the fit must allow them
 * (truncated counts: Cameron and Trivedi 2013, chapter 4). all: different whole numbers, ascending; those above 0 count. often: how often each occurs. Assumes independent rows.
 */
export function expectedZeros(all: Float64Array, often: Int32Array): ExpectedZeros {
  const seen = thinned(all, often);
  // Where every positive count is 1 the likeliest mean is 0.
  if (seen.values.every((value) => value === 1)) return { expected: Number.POSITIVE_INFINITY, most: Number.POSITIVE_INFINITY };
  const fitAt = fitter(seen);
  const fits = SHAPES.map((shape) => ({ shape, ...fitAt(shape) }));
  const likeliest = fits.reduce((top, fit) => (fit.likelihood > top.likelihood ? fit : top));
  let best = likeliest;
  let step = (SHAPES[1] ?? 0) - (SHAPES[0] ?? 0);
  for (let i = 0; i < REFINEMENTS; i++) {
    step /= 2;
    for (const shape of [best.shape - step, best.shape + step]) {
      const fit = fitAt(shape);
      if (fit.likelihood > best.likelihood) best = { shape, ...fit };
    }
  }
  const isKept = ({ likelihood }: Fit) => likelihood >= best.likelihood - 2;
  const kept = [...fits.filter(isKept), best];
  const edges = [-1, 1].map((side) => lastKept(best.shape, side * (2 * Math.max(...SHAPES)), (shape) => isKept(fitAt(shape))));
  return { expected: best.zeros, most: Math.max(...[...kept, ...edges.map(fitAt)].map(({ zeros }) => zeros)) };
}

/** The farthest shape from `from` towards `from + far` that is kept, by halving; the kept ones are taken to be an interval, and no shape beyond the grid is looked at. */
function lastKept(from: number, far: number, isKept: (shape: number) => boolean): number {
  const end = Math.min(Math.max(...SHAPES), Math.max(Math.min(...SHAPES), from + far));
  if (isKept(end)) return end;
  let [inside, outside] = [from, end];
  for (let i = 0; i < REFINEMENTS; i++) {
    const middle = (inside + outside) / 2;
    if (isKept(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}

/** The fit with the likeliest mean, by the logarithm of the shape. */
function fitter({ values, counts: rows }: { readonly values: readonly number[]; readonly counts: readonly number[] }) {
  const positives = rows.reduce((sum, n) => sum + n, 0);
  const middle = values.reduce((sum, value, i) => sum + value * (rows[i] ?? 0), 0) / positives;
  const logFactorials = values.map((value) => logGamma(value + 1));
  return (shape: number): Fit => {
    const r = 10 ** shape;
    const mean = likeliestMean(middle, r);
    const [logFail, logWin] = [Math.log(mean / (mean + r)), -Math.log1p(mean / r)];
    const some = -Math.expm1(r * logWin);
    const start = logGamma(r);
    let likelihood = -positives * Math.log(some);
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? 0;
      likelihood += (rows[i] ?? 0) * (logGamma(value + r) - start - (logFactorials[i] ?? 0) + value * logFail + r * logWin);
    }
    return { likelihood, zeros: (positives * (1 - some)) / some };
  };
}

/** With the shape given the law is an exponential family, so the likeliest mean is the one whose positives have the mean seen: mean / (1 - p0) = middle. */
function likeliestMean(middle: number, r: number): number {
  let [low, high] = [0, middle];
  for (let step = 0; step < 60; step++) {
    const mean = (low + high) / 2;
    const some = -Math.expm1(-r * Math.log1p(mean / r));
    if (mean < middle * some) low = mean;
    else high = mean;
  }
  return (low + high) / 2;
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
