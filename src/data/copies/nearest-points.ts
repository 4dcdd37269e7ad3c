import type { Random } from "../../core/random.ts";
import { float64From, int32From } from "../../core/typed-from.ts";
import { ascendingOrder } from "../../stats/index.ts";
import type { Cloud } from "./segments.ts";

const LEAF = 40;
const TREES = 3;

/** The `kept` nearest other points of each point, and how far they are: rows x kept, ascending; Infinity where none was met. Equal points count as none. */
export interface Nearest {
  readonly kept: number;
  readonly apart: Float64Array;
  readonly rows: Int32Array;
}

type IsOther = (point: number) => boolean;

/**
 * Nearest neighbours by random trees: the points are halved at the median of a random column until forty are left, which are compared with each other; three times. Points much nearer than
 * others are hardly ever parted. Cost: rows x log(rows), never rows squared. isOther: the points that may be a neighbour, by which is halved; absent = all.
 */
export async function nearestPoints(
  cloud: Cloud,
  kept: number,
  random: Random,
  pause: () => Promise<void>,
  isOther: IsOther | null = null,
): Promise<Nearest> {
  const apart = new Float64Array(cloud.rows * kept).fill(Number.POSITIVE_INFINITY);
  const rows = new Int32Array(cloud.rows * kept).fill(-1);
  const nearest = { kept, apart, rows };
  const ranks = Array.from({ length: cloud.width }, (_, column) => ranksOf(cloud, column));
  for (let tree = 0; tree < TREES; tree++) {
    const open: Int32Array[] = [Int32Array.from({ length: cloud.rows }, (_, row) => row)];
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      const others = isOther === null ? part : part.filter(isOther);
      if (others.length <= LEAF) compareAll(cloud, others, part, nearest, isOther);
      else open.push(...halves(ranks[random.integer(cloud.width)] ?? new Int32Array(0), part, others.length >> 1, isOther));
      await pause();
    }
  }
  return nearest;
}

/** Of each point: how many different values of the column are smaller. */
function ranksOf({ width, values, rows }: Cloud, column: number): Int32Array {
  const at = (point: number) => values[point * width + column] ?? 0;
  const order = ascendingOrder(Float64Array.from({ length: rows }, (_, point) => at(point)));
  const ranks = new Int32Array(rows);
  for (let place = 1, rank = 0; place < rows; place++) {
    const point = order[place] ?? 0;
    if (at(point) !== at(order[place - 1] ?? 0)) rank++;
    ranks[point] = rank;
  }
  return ranks;
}

/** `low`: how many of the points that may be a neighbour go to the lower half. Equal ones keep their order. */
function halves(ranks: Int32Array, part: Int32Array, low: number, isOther: IsOther | null): readonly [Int32Array, Int32Array] {
  // Rank and place in one whole number, exact below 2^53: numbers alone are sorted fastest.
  const count = part.length;
  const keys = float64From(part, (point, place) => (ranks[point] ?? 0) * count + place).sort();
  const sorted = int32From(keys, (key) => part[key % count] ?? 0);
  let cut = isOther === null ? low : 0;
  if (isOther !== null) for (let left = low; left > 0; cut++) if (isOther(sorted[cut] ?? 0)) left--;
  return [sorted.subarray(0, cut), sorted.subarray(cut)];
}

function compareAll({ width, values }: Cloud, others: Int32Array, part: Int32Array, nearest: Nearest, isOther: IsOther | null): void {
  const all = isOther === null ? part : [...others, ...part.filter((point) => !isOther(point))];
  for (let i = 0; i < others.length; i++) {
    const a = all[i] ?? 0;
    for (let j = i + 1; j < all.length; j++) {
      const b = all[j] ?? 0;
      let square = 0;
      for (let k = 0; k < width; k++) square += ((values[a * width + k] ?? 0) - (values[b * width + k] ?? 0)) ** 2;
      if (square === 0) continue;
      const apart = Math.sqrt(square);
      offer(nearest, b, a, apart);
      if (j < others.length) offer(nearest, a, b, apart);
    }
  }
}

function offer({ kept, apart, rows }: Nearest, point: number, other: number, distance: number): void {
  const start = point * kept;
  let place = start + kept - 1;
  if (distance >= (apart[place] ?? 0)) return;
  for (let i = start; i < start + kept; i++) if (rows[i] === other) return;
  while (place > start && (apart[place - 1] ?? 0) > distance) {
    apart[place] = apart[place - 1] ?? 0;
    rows[place] = rows[place - 1] ?? -1;
    place--;
  }
  apart[place] = distance;
  rows[place] = other;
}
