/** One observation: error (0 = perfect) of a model trained on `rows` rows. */
export interface ErrorPoint {
  readonly rows: number;
  readonly error: number;
}

export interface Extrapolation {
  /** Weighted mean of all curves of the grid. */
  readonly value: number;
  /** Weighted 10th and 90th percentile of the curves. Too narrow by itself: see `curve-forecast.ts`. */
  readonly low: number;
  readonly high: number;
}

/** c and A of a curve c + A phi(n). */
interface GridCurve {
  readonly floor: number;
  readonly scale: number;
  readonly rss: number;
}

/** phi of a family at x = rows / largest rows of the curve; falls as x grows. `rows` itself is for ilog2. */
type Shape = (x: number, rows: number) => number;

export interface CurveFit {
  at(rows: number): Extrapolation;
  /** How much the error falls between two sizes, curve by curve; negative = it rises (no family does). */
  gain(from: number, to: number): Extrapolation;
  /** `value` of the gain alone. */
  meanGain(from: number, to: number): number;
  /** Root of the least mean squared residual on the grid: the noise of the curve as drawn. */
  readonly residual: number;
}

/** Only this many octaves below the largest size are fitted: dropping the earliest anchors helps every good family. */
const WINDOW_OCTAVES = 4;

/** exp(-(n / WEIGHT_DIVISOR) ln(RSS / RSSmin)). */
const WEIGHT_DIVISOR = 6;

/**
 * Error curves averaged over a grid, without an optimiser. y = c + A phi(n; theta), 0 <= c <= min y, A >= 0; theta on a grid; (c, A) by least
 * squares under these bounds. Families pow3, pow4, exp3, wbl4, mmf4, ilog2 of Mohr, Viering and others (LCDB, ECML 2022). The weight of
 * a curve is (RSS / RSSmin)^(-n/6). On LCDB 1.1 this beats any single family: bench/results/learning-curve.json.
 */
export function fitCurve(points: readonly ErrorPoint[]): CurveFit {
  return curvesThrough(points.map(({ rows }) => rows))(points.map(({ error }) => error));
}

/** `fitCurve` for many errors at the same sizes: what hangs on the sizes alone is computed once. */
export function curvesThrough(sizes: readonly number[]): (errors: readonly number[]) => CurveFit {
  const largest = Math.max(...sizes);
  const isUsed = (rows: number) => rows * 2 ** WINDOW_OCTAVES >= largest * (1 - 1e-9);
  const shapesAt = (rows: number) => SHAPES.map((shape) => shape(rows / largest, rows));
  const columns = sizes.filter(isUsed).map(shapesAt);
  const phi = SHAPES.map((_, shape) => columnOf(columns.map((column) => column[shape] ?? 0)));
  const known = new Map<number, readonly number[]>();
  const read = (rows: number): readonly number[] => {
    const found = known.get(rows) ?? shapesAt(rows);
    known.set(rows, found);
    return found;
  };
  return (given) =>
    fitted(
      phi,
      given.filter((_, i) => isUsed(sizes[i] ?? 0)),
      read,
    );
}

/** @param read every shape at so many rows. */
function fitted(phi: readonly Column[], errors: readonly number[], read: (rows: number) => readonly number[]): CurveFit {
  const sums = errorsOf(errors);
  const curves: readonly GridCurve[] = phi.map((column) => withinBounds(column, sums));
  const best = Math.max(
    curves.reduce((least, { rss }) => Math.min(least, rss), Number.POSITIVE_INFINITY),
    SMALLEST_RSS * sums.squares,
  );
  const weights = Float64Array.from(curves, ({ rss }) => (best > 0 ? Math.max(1, rss / best) ** (-errors.length / WEIGHT_DIVISOR) : 1));
  const at = (rows: number) => {
    const [shapes, values] = [read(rows), new Float64Array(curves.length)];
    curves.forEach(({ floor, scale }, i) => {
      values[i] = floor + scale * (shapes[i] ?? 0);
    });
    return values;
  };
  const gains = (from: number, to: number) => {
    const [gained, after] = [at(from), at(to)];
    for (let i = 0; i < gained.length; i++) gained[i] = (gained[i] ?? 0) - (after[i] ?? 0);
    return gained;
  };
  return {
    residual: Math.sqrt(best / errors.length),
    at: (rows) => weightedSpread(at(rows), weights),
    gain: (from, to) => weightedSpread(gains(from, to), weights),
    meanGain: (from, to) => weightedMean(gains(from, to), weights),
  };
}

/** Below this share of the sum of squares two residuals are equal: rounding, not evidence. */
const SMALLEST_RSS = 1e-12;

function sumOfSquares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

/** Sums over the points of one shape. */
interface Column {
  readonly phi: readonly number[];
  readonly sum: number;
  readonly squares: number;
}

/** Sums over the errors, and the least of them. */
interface Errors {
  readonly y: readonly number[];
  readonly sum: number;
  readonly squares: number;
  readonly least: number;
}

function columnOf(phi: readonly number[]): Column {
  return { phi, sum: phi.reduce((sum, p) => sum + p, 0), squares: sumOfSquares(phi) };
}

function errorsOf(y: readonly number[]): Errors {
  return { y, sum: y.reduce((sum, value) => sum + value, 0), squares: sumOfSquares(y), least: Math.min(...y) };
}

/** Least squares of y = c + A phi under 0 <= c <= min y and A >= 0. The problem is convex: outside the bounds the optimum lies on an edge. */
export function boundedLeastSquares(phi: readonly number[], y: readonly number[]): GridCurve {
  return withinBounds(columnOf(phi), errorsOf(y));
}

function withinBounds({ phi, sum: sumP, squares: sumPP }: Column, { y, sum: sumY, squares: sumYY, least }: Errors): GridCurve {
  const n = y.length;
  let sumPY = 0;
  for (let i = 0; i < n; i++) sumPY += (phi[i] ?? 0) * (y[i] ?? 0);
  const curve = (floor: number, scale: number): GridCurve => {
    const rss = sumYY - 2 * floor * sumY - 2 * scale * sumPY + n * floor * floor + 2 * scale * floor * sumP + scale * scale * sumPP;
    return { floor, scale, rss: Math.max(0, rss) };
  };
  const determinant = n * sumPP - sumP * sumP;
  if (determinant > 1e-12 * n * sumPP) {
    const scale = (n * sumPY - sumP * sumY) / determinant;
    const floor = (sumY - scale * sumP) / n;
    if (scale >= 0 && floor >= 0 && floor <= least) return curve(floor, scale);
  }
  const onEdge = (floor: number) => curve(floor, sumPP > 0 ? Math.max(0, (sumPY - floor * sumP) / sumPP) : 0);
  const without = onEdge(0);
  const at = onEdge(least);
  return without.rss < at.rss ? without : at;
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights[i] ?? 0;
    total += weight;
    sum += (values[i] ?? 0) * weight;
  }
  return sum / total;
}

function weightedSpread(values: Float64Array, weights: Float64Array): Extrapolation {
  const order = Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const quantileAt = (share: number) => {
    let below = 0;
    for (const i of order) {
      below += weights[i] ?? 0;
      if (below >= share * total) return values[i] ?? 0;
    }
    return values[order.at(-1) ?? 0] ?? 0;
  };
  return { value: weightedMean(values, weights), low: quantileAt(0.1), high: quantileAt(0.9) };
}

/** `count` values from low to high, each the same factor above the one before. */
function geometric(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => low * (high / low) ** (i / (count - 1)));
}

function shapes(): Shape[] {
  const pow3 = geometric(0.05, 3, 20).map(
    (c): Shape =>
      (x) =>
        x ** -c,
  );
  const pow4 = geometric(0.1, 8, 16).flatMap((c) =>
    geometric(1 / 64, 2, 8).map(
      (d): Shape =>
        (x) =>
          (x + d) ** -c,
    ),
  );
  const exp3 = geometric(0.2, 60, 20).map(
    (a): Shape =>
      (x) =>
        Math.exp(-a * x),
  );
  const wbl4 = geometric(0.1, 30, 16).flatMap((a) =>
    geometric(0.1, 2, 8).map(
      (d): Shape =>
        (x) =>
          Math.exp(-a * x ** d),
    ),
  );
  const mmf4 = geometric(1e-3, 10, 16).flatMap((b) =>
    geometric(0.1, 3, 8).map(
      (d): Shape =>
        (x) =>
          b / (b + x ** d),
    ),
  );
  const ilog2: Shape = (_, rows) => 1 / Math.log(Math.max(2, rows));
  return [...pow3, ...pow4, ...exp3, ...wbl4, ...mmf4, ilog2];
}

const SHAPES = shapes();
