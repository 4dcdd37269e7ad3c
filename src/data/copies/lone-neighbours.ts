import { float64From, int32From, int32Where } from "../../core/typed-from.ts";
import { ascendingOrder, binomialUpperTail } from "../../stats/index.ts";
import type { Nearest } from "./nearest-points.ts";

/** Points that are far nearer to one other than to any third one. */
export interface LoneNeighbours {
  readonly points: Int32Array;
  /** Points that stand out at the further neighbours, where copies are rare. */
  readonly expected: number;
  readonly p: number;
}

/** Neighbours on each side of a gap that are looked at. */
export const GAPS = 4;
/** Of a table without copies, over the limits looked at. */
const CHANCE = 1e-6;
/** So many times what the further neighbours let expect: where these stand out nearly as often, the rows lie in clumps. */
const TIMES = 5;
const LEAST = 8;

/**
 * Where the number of points that are nearer than d grows as a power of d, k log(d_k+1 / d_k) has the same distribution for the k-th neighbours of all k (spacings of an exponential sample, Renyi 1953);
 * ties, kinds, and places that are thinner or denser move all of them alike. Copies come in pairs: with them the first is large far more often than the next ones. The limit is the one that leaves
 * the most points beyond what the worst of the next lets expect. Of each point there are GAPS + 1 neighbours, of which `apart` is the logarithm of the distance. asked: the points that may be copies; isPaired: whether
 * their nearest may be a copy of them, too.
 */
export function loneNeighbours({ kept, apart, rows }: Nearest, asked: Int32Array, isPaired: boolean): LoneNeighbours | null {
  const spacing = (point: number, k: number) => {
    const between = k * ((apart[point * kept + k] ?? 0) - (apart[point * kept + k - 1] ?? 0));
    return Number.isFinite(between) ? between : 0;
  };
  const points = asked.length;
  const others = Array.from({ length: GAPS - 1 }, (_, i) => float64From(asked, (point) => -spacing(point, i + 2)).sort());
  const paired = isPaired ? int32Where(asked, (point) => rows[(rows[point * kept] ?? 0) * kept] === point) : asked;
  const order = ascendingOrder(float64From(paired, (point) => -spacing(point, 1)));
  const first = int32From(order, (place) => paired[place] ?? 0);
  let best: LoneNeighbours | null = null;
  for (let expected = 1; expected <= points / TIMES; expected *= 2) {
    // Of each of the next spacings fewer than `expected` are larger.
    const limit = others.reduce((most, one) => Math.max(most, -(one[expected - 1] ?? 0)), 0);
    const end = first.findIndex((point) => spacing(point, 1) <= limit);
    const count = end < 0 ? first.length : end;
    const p = binomialUpperTail(count, points, expected / points);
    if (count < Math.max(LEAST, TIMES * expected) || p > CHANCE) continue;
    if (best === null || count - TIMES * expected > best.points.length - TIMES * best.expected)
      best = { points: first.subarray(0, count), expected, p };
  }
  return best;
}
