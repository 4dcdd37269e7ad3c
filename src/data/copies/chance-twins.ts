import { float64From } from "../../core/typed-from.ts";
import { normalCdf } from "../../stats/index.ts";
import type { PairCount, PairCounts } from "./pair-agreement.ts";

/** How many pairs are expected to agree in every column by chance: by the most general model that the pairs can tell. */
export interface ChanceTwins {
  readonly expected: number;
  /** Standard error of log(equal pairs / expected). */
  readonly logError: number;
  /** Chance of so many equal pairs without a single copy. */
  readonly p: number;
}

/** An estimate of the pairs that agree by chance: the product of some counts over the product of others. */
interface Ratio {
  readonly log: number;
  /** How much each row moves log(equal / estimate). */
  readonly influence: Float64Array;
  readonly variance: number;
}

/** From fewer pairs no ratio is taken. */
const LEAST_PAIRS = 5;

/**
 * Pairs that differ in c and nothing else, n_c, and so on are the cells of a table (agree or not, per column) whose cell "agree in all" chance would fill:
 * - any two columns may go together, but for no more than that (log-linear model without the interaction of all three, Fienberg 1972): n_c n_d n_e n_cde / (n_cd n_ce n_de). Exact where a cause
 *   that all columns share makes the odds of differing log-normal over the pairs;
 * - where pairs that differ in three columns are too few, the larger of two that columns with a common cause make too small (Chao 1987): c and d independent given the rest,
 *   n_c n_d / n_cd (Petersen 1896), and by the target, in which copies agree, and twins as often as the nearest other pairs do: n_y sum n_c / sum n_cy.
 * `tried`: how many columns; `target`: the number of the target among them, null when it is none of them. null without enough pairs.
 */
export function chanceTwins(count: PairCounts, tried: number, target: number | null): ChanceTwins | null {
  const equal = count([]);
  const places = Array.from({ length: tried }, (_, c) => c);
  const pairs = places.flatMap((c) => places.slice(0, c).map((d) => [c, d] as const));
  const triples = pairs.flatMap(([c, d]) => places.slice(0, d).map((e) => [c, d, e] as const));
  const one = (...differing: number[]) => [count(differing)];
  const ofTwo = pairs.map(([c, d]) => ratio(equal, [one(c), one(d)], [one(c, d)]));
  const ofThree = triples.map(([c, d, e]) => ratio(equal, [one(c), one(d), one(e), one(c, d, e)], [one(c, d), one(c, e), one(d, e)]));
  const others = places.filter((c) => c !== target);
  const near = others.map((c) => count([c]));
  const byTarget = target === null ? null : ratio(equal, [one(target), near], [others.map((c) => count([c, target]))]);
  const found = [ofTwo, [byTarget]].flatMap((kind) => twinsOf(equal.pairs, kind) ?? []);
  return twinsOf(equal.pairs, ofThree) ?? found.sort((a, b) => b.p - a.p || b.expected - a.expected)[0] ?? null;
}

/** Each factor is a sum of counts. + 1 in the denominator takes away its bias for few (Chapman 1951). null where a count is too small. */
function ratio(equal: PairCount, above: readonly PairCount[][], below: readonly PairCount[][]): Ratio | null {
  const influence = float64From(equal.ofRow, (pairs) => pairs / equal.pairs);
  let log = 0;
  for (const [factors, sign] of [
    [above, 1],
    [below, -1],
  ] as const)
    for (const counts of factors) {
      const pairs = counts.reduce((sum, one) => sum + one.pairs, 0);
      if (pairs < LEAST_PAIRS) return null;
      log += sign * Math.log(sign > 0 ? pairs : pairs + 1);
      for (const { ofRow } of counts) addTo(influence, ofRow, -sign / pairs);
    }
  return { log, influence, variance: sumOfSquares(influence) };
}

/**
 * The mean of the logs, weighted by 1 / variance, and its error: of sampling, over rows since equal pairs come in clusters (jackknife of U statistics, which errs to the large side:
 * Efron and Stein 1981), and the spread between the sets of columns beyond sampling (DerSimonian and Laird 1986), which says how far dependence bends them.
 */
function twinsOf(equal: number, kind: readonly (Ratio | null)[]): ChanceTwins | null {
  const ratios = kind.filter((one) => one !== null);
  const [first] = ratios;
  if (first === undefined) return null;
  const weights = ratios.map(({ variance }) => 1 / variance);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const influence = new Float64Array(first.influence.length);
  let [log, squares] = [0, 0];
  ratios.forEach((one, i) => {
    const weight = (weights[i] ?? 0) / total;
    log += weight * one.log;
    squares += weight ** 2;
    addTo(influence, one.influence, weight);
  });
  const heterogeneity = ratios.reduce((sum, one, i) => sum + (weights[i] ?? 0) * (one.log - log) ** 2, 0) - (ratios.length - 1);
  const between = ratios.length < 2 ? 0 : Math.max(0, heterogeneity) / (total * (1 - squares));
  const logError = Math.sqrt(sumOfSquares(influence) + between);
  return { expected: Math.exp(log), logError, p: normalCdf((log - Math.log(equal)) / logError) };
}

function addTo(sum: Float64Array, values: ArrayLike<number>, times: number): void {
  for (let row = 0; row < sum.length; row++) sum[row] = (sum[row] ?? 0) + times * (values[row] ?? 0);
}

function sumOfSquares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value ** 2, 0);
}
