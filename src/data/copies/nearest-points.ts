import type { Random } from "../../core/random.ts";
import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { nthSmallest } from "../../stats/index.ts";
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
  // Squares of distances until the end.
  const apart = new Float64Array(cloud.rows * kept).fill(Number.POSITIVE_INFINITY);
  const rows = new Int32Array(cloud.rows * kept).fill(-1);
  const nearest = { kept, apart, rows };
  const columns = Array.from({ length: cloud.width }, (_, column) =>
    float64From(placesUpTo(cloud.rows), (point) => cloud.values[point * cloud.width + column] ?? 0),
  );
  for (let tree = 0; tree < TREES; tree++) {
    const open: Int32Array[] = [placesUpTo(cloud.rows)];
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      const others = isOther === null ? part : int32Where(part, isOther);
      if (others.length <= LEAF) compareAll(cloud, others, part, nearest, isOther);
      else open.push(...halves(columns[random.integer(cloud.width)] ?? new Float64Array(0), part, others));
      await pause();
    }
  }
  for (let i = 0; i < apart.length; i++) apart[i] = Math.sqrt(apart[i] ?? 0);
  return nearest;
}

/** values: of a column. At the value that half of the others lie below; of those that lie at it the first ones go to the lower half. */
function halves(values: Float64Array, part: Int32Array, others: Int32Array): readonly [Int32Array, Int32Array] {
  const low = others.length >> 1;
  const sides = float64From(others, (point) => values[point] ?? 0);
  const cut = nthSmallest(sides, low - 1);
  // Now the low smallest come first.
  let atCut = 0;
  for (let i = 0; i < low; i++) if (sides[i] === cut) atCut++;
  const [below, above] = [new Int32Array(part.length), new Int32Array(part.length)];
  let [inBelow, inAbove, met] = [0, 0, 0];
  const isAll = others === part;
  let next = 0;
  for (const point of part) {
    const value = values[point] ?? 0;
    const isCounted = isAll || others[next] === point;
    if (isCounted) next++;
    const isLow = value < cut || (value === cut && met < atCut);
    if (isLow && value === cut && isCounted) met++;
    if (isLow) below[inBelow++] = point;
    else above[inAbove++] = point;
  }
  return [below.slice(0, inBelow), above.slice(0, inAbove)];
}

function compareAll({ width, values }: Cloud, others: Int32Array, part: Int32Array, nearest: Nearest, isOther: IsOther | null): void {
  const all = isOther === null ? part : Int32Array.from([...others, ...int32Where(part, (point) => !isOther(point))]);
  const { kept, apart } = nearest;
  // Side by side: the points of a part are strewn over the table.
  const near = new Float64Array(all.length * width);
  for (let i = 0; i < all.length; i++) for (let k = 0; k < width; k++) near[i * width + k] = values[(all[i] ?? 0) * width + k] ?? 0;
  for (let i = 0; i < others.length; i++) {
    const a = all[i] ?? 0;
    for (let j = i + 1; j < all.length; j++) {
      const b = all[j] ?? 0;
      const most = Math.max(apart[a * kept + kept - 1] ?? 0, apart[b * kept + kept - 1] ?? 0);
      let square = 0;
      for (let k = 0; k < width && square < most; k++) square += ((near[i * width + k] ?? 0) - (near[j * width + k] ?? 0)) ** 2;
      if (square === 0 || square >= most) continue;
      offer(nearest, b, a, square);
      if (j < others.length) offer(nearest, a, b, square);
    }
  }
}

function offer({ kept, apart, rows }: Nearest, point: number, other: number, square: number): void {
  const start = point * kept;
  let place = start + kept - 1;
  if (square >= (apart[place] ?? 0)) return;
  for (let i = start; i < start + kept; i++) if (rows[i] === other) return;
  while (place > start && (apart[place - 1] ?? 0) > square) {
    apart[place] = apart[place - 1] ?? 0;
    rows[place] = rows[place - 1] ?? -1;
    place--;
  }
  apart[place] = square;
  rows[place] = other;
}
