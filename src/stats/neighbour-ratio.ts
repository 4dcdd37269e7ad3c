import { placesUpTo } from "../core/typed-from.ts";
/** How far the order of some levels tells what they are like. */
export interface NeighbourRatio {
  /** Squared difference of neighbours by that of any two levels (von Neumann 1941): 1 where the order means nothing, about 0 where it is all. */
  readonly ratio: number;
  /** Share of random orders whose ratio is as small; NaN, as the next one, where the ratio is below the least that was asked for. */
  readonly p: number;
  /** The same of all pairs that are at most a quarter of the levels apart: an order that holds at large. */
  readonly nearP: number;
  /** The smallest ratio, and the smallest share of the difference of any two, with one level left out: that it does not hang on one of them. */
  readonly leastRatio: number;
  readonly leastSpread: number;
  /** Levels of equal weight that these are worth. */
  readonly worth: number;
}

const DRAWS = 200;

/**
 * @param squares of each pair of levels, row by row, the squared difference of their means less what noise makes of it
 * @param weights of these differences, the inverse of their noise
 * @param levels in their order; four at least
 * @param least a ratio below it is small enough to need no random orders
 */
export function neighbourRatio(
  squares: Float64Array,
  weights: Float64Array,
  levels: number,
  shuffle: (order: Int32Array) => Int32Array,
  least = Number.NEGATIVE_INFINITY,
): NeighbourRatio {
  const products = squares.map((square, i) => square * weights[i]!);
  const own = placesUpTo(levels);
  const reach = Math.max(1, Math.floor(levels / 4));
  const meanNear = (order: Int32Array, most: number) => {
    let [sum, weight] = [0, 0];
    for (let i = 0; i < levels; i++)
      for (let j = i + 1; j < levels && j <= i + most; j++) {
        sum += products[order[i]! * levels + order[j]!]!;
        weight += weights[order[i]! * levels + order[j]!]!;
      }
    return sum / weight;
  };
  const any = meanNear(own, levels);
  const [ratio, near] = [meanNear(own, 1) / any, meanNear(own, reach) / any];
  const rest = { ...withoutOne(products, weights, levels, any), worth: worthOf(weights, levels) };
  if (ratio < least) return { ratio, p: Number.NaN, nearP: Number.NaN, ...rest };
  let [smaller, nearer] = [0, 0];
  for (let draw = 0; draw < DRAWS; draw++) {
    const order = shuffle(own.slice());
    if (meanNear(order, 1) / any <= ratio + 1e-12) smaller++;
    if (meanNear(order, reach) / any <= near + 1e-12) nearer++;
  }
  return {
    ratio,
    p: smaller / DRAWS,
    nearP: nearer / DRAWS,
    ...withoutOne(products, weights, levels, any),
    worth: worthOf(weights, levels),
  };
}

function withoutOne(products: Float64Array, weights: Float64Array, levels: number, any: number) {
  let [leastRatio, leastSpread] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const [sums, totals] = [products, weights].map((cells) =>
    Float64Array.from({ length: levels }, (_, i) => {
      let sum = 0;
      for (let j = 0; j < levels; j++) if (j !== i) sum += cells[i * levels + j]!;
      return sum;
    }),
  );
  const half = (rows: Float64Array | undefined) => (rows ?? weights).reduce((sum, one) => sum + one, 0) / 2;
  for (let left = 0; left < levels; left++) {
    const spread = (half(sums) - sums![left]!) / (half(totals) - totals![left]!);
    let [sum, weight, before] = [0, 0, -1];
    for (let i = 0; i < levels; i++) {
      if (i === left) continue;
      if (before >= 0) {
        sum += products[before * levels + i]!;
        weight += weights[before * levels + i]!;
      }
      before = i;
    }
    leastSpread = Math.min(leastSpread, spread / any);
    leastRatio = Math.min(leastRatio, spread > 0 ? sum / weight / spread : 0);
  }
  return { leastRatio, leastSpread };
}

/** As many levels make as many pairs as Kish's effective number of these. */
function worthOf(weights: Float64Array, levels: number): number {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < levels; i++)
    for (let j = 0; j < i; j++) {
      sum += weights[i * levels + j]!;
      squares += weights[i * levels + j]! ** 2;
    }
  return (1 + Math.sqrt(1 + (8 * sum ** 2) / squares)) / 2;
}
