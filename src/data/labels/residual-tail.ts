import { createRandom } from "../../core/random.ts";
import { float64From } from "../../core/typed-from.ts";
import { expectedBeyond, type ParetoExtremes, paretoExtremes, paretoTail, quantileOfSorted, sortedCopy } from "../../stats/index.ts";

/** Residuals whose size no tail explains that the bulk of them has. */
export interface ResidualTail {
  /** Absolute residuals in units of their neighbours' median, neighbours by prediction: 80 % and 95 % quantile. */
  readonly q80: number;
  readonly q95: number;
  /** Exponent of the Pareto tail through both. */
  readonly exponent: number;
  /** From here on fewer than EXPECTED residuals are expected. */
  readonly limit: number;
  /** Its largest, or the number of outliers, is among the 0.2 % highest that such a tail draws. */
  readonly isSure: boolean;
  readonly outliers: readonly { readonly place: number; readonly size: number; readonly probability: number }[];
}

/** Rows whose median absolute residual is one row's unit. */
const LEAST_STRIP = 100;
const MOST_STRIPS = 20;
const EXPECTED = 0.05;
/** Nothing is said unless the largest residual is one of the 1 % largest that such a tail draws. */
const LEVEL = 0.01;
const SURE = 0.002;
/** So many that the limit of SURE hangs on more than the one or two largest of them. */
const DRAWS = 4999;

/**
 * A Pareto tail through two quantiles of the scaled absolute residuals, continued: heavier than that of normal, exponential or log-normal residuals.
 * Where residuals that it does not expect are there, each is an error of its label with probability 1 - expected / seen (tail-area false discovery rate,
 * Efron 2007). null when there is none.
 */
export function residualOutliers(truth: Float64Array, predicted: Float64Array): ResidualTail | null {
  const size = scaledResiduals(truth, predicted);
  const sorted = sortedCopy(size);
  const n = sorted.length;
  if (n < LEAST_STRIP) return null;
  const tail = paretoTail(sorted);
  if (tail === null) return null;
  const { q80, q95, exponent } = tail;
  const beyond = (stretch: number) => q95 * Math.exp(stretch / exponent);
  const limit = q95 * ((n * 0.05) / EXPECTED) ** (1 / exponent);
  const places = Array.from(size.keys())
    .filter((place) => (size[place] ?? 0) > limit)
    .sort((a, b) => (size[b] ?? 0) - (size[a] ?? 0));
  const largest = size[places[0] ?? 0] ?? 0;
  if (places.length === 0) return null;
  const law = extremesOf(n);
  if (largest <= beyond(quantileOfSorted(law.largest, 1 - LEVEL))) return null;
  const outliers = places.map((place, i) => {
    const own = size[place] ?? 0;
    return { place, size: own, probability: Math.max(0, 1 - expectedBeyond(tail, n, own) / (i + 1)) };
  });
  // Two looks at half the chance.
  const isSure =
    largest > beyond(quantileOfSorted(law.largest, 1 - SURE / 2)) || places.length > quantileOfSorted(law.beyond, 1 - SURE / 2);
  return { q80, q95, exponent, limit, isSure, outliers };
}

/** What such tails draw hangs on the number of rows alone, so it is drawn by a seed of that number. */
function extremesOf(n: number): ParetoExtremes {
  return paretoExtremes(n, Math.log((n * 0.05) / EXPECTED), DRAWS, createRandom(n, "residual-tail"));
}

/** Strips from which the growth of the errors is known, the upper ones; errors that grow as the value does have 1. */
const [UPPER, MOST_GROWTH] = [10, 1];

/** The power of the prediction with which the errors grow over the upper strips (least squares of logarithms), 0 to 1. */
function growthOf(strips: readonly { readonly at: number; readonly unit: number }[]): number {
  const upper = strips.slice(-UPPER).filter(({ at, unit }) => at > 0 && unit > 0);
  if (upper.length < UPPER) return 0;
  const points = upper.map(({ at, unit }) => [Math.log(at), Math.log(unit)] as const);
  const mean = (of: 0 | 1) => points.reduce((sum, one) => sum + one[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const spread = points.reduce((sum, one) => sum + (one[0] - x) ** 2, 0);
  const slope = points.reduce((sum, one) => sum + (one[0] - x) * (one[1] - y), 0) / spread;
  return spread > 0 ? Math.min(MOST_GROWTH, Math.max(0, slope)) : 0;
}

/**
 * |truth - predicted| over the median of it among rows with similar predictions: errors that grow with the value are no wonder. The uppermost strip reaches far where the target has a
 * long tail: in it the median grows on as it does from strip to strip.
 */
function scaledResiduals(truth: Float64Array, predicted: Float64Array): Float64Array {
  const n = truth.length;
  const order = Array.from(predicted.keys()).sort((a, b) => (predicted[a] ?? 0) - (predicted[b] ?? 0) || a - b);
  const strips = Math.max(1, Math.min(MOST_STRIPS, Math.floor(n / LEAST_STRIP)));
  const sizes = truth.map((value, place) => Math.abs(value - (predicted[place] ?? 0)));
  const whole = quantileOfSorted(sortedCopy(sizes), 0.5);
  const scaled = new Float64Array(n);
  const all = Array.from({ length: strips }, (_, strip) => {
    const places = order.slice(Math.floor((strip * n) / strips), Math.floor(((strip + 1) * n) / strips));
    const middle = quantileOfSorted(sortedCopy(float64From(places, (place) => sizes[place] ?? 0)), 0.5);
    // A strip whose target hardly varies must not make all others wonders.
    return { places, at: predicted[places[places.length >> 1] ?? 0] ?? 0, unit: Math.max(middle, whole / 10) || 1 };
  });
  const growth = growthOf(all);
  all.forEach(({ places, at, unit }, strip) => {
    const grows = growth > 0 && strip === strips - 1;
    for (const place of places)
      scaled[place] = (sizes[place] ?? 0) / (grows ? unit * Math.max(1, (predicted[place] ?? 0) / at) ** growth : unit);
  });
  return scaled;
}
