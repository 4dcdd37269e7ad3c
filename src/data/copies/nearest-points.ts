import type { Random } from "../../core/random.ts";
import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { nthSmallest } from "../../stats/index.ts";
import type { Cloud } from "./segments.ts";

const LEAF = 40;
const TREES = 3;

/** Points with a distance. */
export interface Space extends Cloud {
  /** A column of numbers each, by which the points may be halved. */
  readonly halvedBy: readonly Float64Array[];
  /** How far two points are apart, in a measure that grows with the distance, of `width` numbers from the places x and y on; at least `limit` where it is no less, and where they count as one point. */
  apart(values: Float64Array, x: number, y: number, width: number, limit: number): number;
  /** The distance itself. */
  distance(apart: number): number;
}

/** Squares add up; equal points count as none. */
export function euclidean(cloud: Cloud): Space {
  const { rows, width, values } = cloud;
  return {
    ...cloud,
    halvedBy: Array.from({ length: width }, (_, column) => float64From(placesUpTo(rows), (point) => values[point * width + column] ?? 0)),
    apart: squareApart,
    distance: Math.sqrt,
  };
}

function squareApart(values: Float64Array, x: number, y: number, width: number, limit: number): number {
  let square = 0;
  for (let k = 0; k < width && square < limit; k++) {
    const difference = (values[x + k] ?? 0) - (values[y + k] ?? 0);
    square += difference * difference;
  }
  return square === 0 ? limit : square;
}

/** The `kept` nearest other points of each point, and how far they are: rows x kept, ascending; Infinity where none was met. */
export interface Nearest {
  readonly kept: number;
  readonly apart: Float64Array;
  readonly rows: Int32Array;
}

type IsOther = (point: number) => boolean;

/**
 * Nearest neighbours by random trees: the points are halved at the median of a random column until forty are left, which are compared with each other; three times. Points much nearer than
 * others are hardly ever parted, nor are those with equal values where another column parts as well. Cost: rows x log(rows), never rows squared. isOther: the points that may be a neighbour, by which is halved; absent = all.
 */
export async function nearestPoints(
  space: Space,
  kept: number,
  random: Random,
  pause: () => Promise<void>,
  isOther: IsOther | null = null,
): Promise<Nearest> {
  // Not yet distances until the end.
  const apart = new Float64Array(space.rows * kept).fill(Number.POSITIVE_INFINITY);
  const rows = new Int32Array(space.rows * kept).fill(-1);
  const nearest = { kept, apart, rows };
  const { halvedBy } = space;
  const points = placesUpTo(space.rows);
  const upper = new Int32Array(space.rows);
  for (let tree = 0; tree < TREES; tree++) {
    const open: (readonly [number, number])[] = [[0, space.rows]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [from, to] = next;
      const part = points.subarray(from, to);
      const others = isOther === null ? part : int32Where(part, isOther);
      if (others.length <= LEAF) compareAll(space, others, part, nearest, isOther);
      else {
        const cut = from + halve(halvedBy, random.integer(halvedBy.length), part, others, upper);
        open.push([from, cut], [cut, to]);
      }
      await pause();
    }
  }
  for (let i = 0; i < apart.length; i++) apart[i] = space.distance(apart[i] ?? 0);
  return nearest;
}

/** Of the points that may be a neighbour, so many are in the smaller half at least; where no column parts them so, equal values part. */
const LEAST_SHARE = 0.25;

/**
 * Puts first the points of the lower half by a column, or the next one in which equal values can stay together, and says how many these are. Both halves keep their
 * order. upper: room for the others.
 */
function halve(columns: readonly Float64Array[], drawn: number, part: Int32Array, others: Int32Array, upper: Int32Array): number {
  for (let tried = 0; tried < columns.length; tried++) {
    const values = columns[(drawn + tried) % columns.length] ?? new Float64Array(0);
    const limit = limitOf(float64From(others, (point) => values[point] ?? 0));
    if (limit !== null) return partBy((point) => (values[point] ?? 0) < limit, part, upper);
  }
  const middle = part.indexOf(others[others.length >> 1] ?? 0);
  return partBy((_, place) => place < middle, part, upper);
}

/** The value below which half of the numbers lie, or as near to half as equal ones let; null where that is too far. They are moved about. */
function limitOf(numbers: Float64Array): number | null {
  const [count, half] = [numbers.length, numbers.length >> 1];
  const middle = nthSmallest(numbers, half);
  let [below, next] = [0, Number.POSITIVE_INFINITY];
  let upTo = 0;
  for (const number of numbers) {
    if (number < middle) below++;
    if (number <= middle) upTo++;
    else if (number < next) next = number;
  }
  const [limit, lower] = half - below <= upTo - half ? [middle, below] : [next, upTo];
  return Math.min(lower, count - lower) < LEAST_SHARE * count ? null : limit;
}

function partBy(isLower: (point: number, place: number) => boolean, part: Int32Array, upper: Int32Array): number {
  let [below, above] = [0, 0];
  for (let place = 0; place < part.length; place++) {
    const point = part[place] ?? 0;
    if (isLower(point, place)) part[below++] = point;
    else upper[above++] = point;
  }
  part.set(upper.subarray(0, above), below);
  return below;
}

function compareAll(space: Space, others: Int32Array, part: Int32Array, nearest: Nearest, isOther: IsOther | null): void {
  const all = isOther === null ? part : Int32Array.from([...others, ...int32Where(part, (point) => !isOther(point))]);
  const { kept, apart } = nearest;
  const { width, values } = space;
  const count = all.length;
  // Side by side: the points of a part are strewn over the table.
  const near = new Float64Array(count * width);
  const most = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const point = all[i] ?? 0;
    most[i] = apart[point * kept + kept - 1] ?? 0;
    for (let k = 0; k < width; k++) near[i * width + k] = values[point * width + k] ?? 0;
  }
  for (let i = 0; i < others.length; i++) {
    const a = all[i] ?? 0;
    for (let j = i + 1; j < count; j++) {
      const limit = Math.max(most[i] ?? 0, most[j] ?? 0);
      const between = space.apart(near, i * width, j * width, width, limit);
      if (between >= limit) continue;
      const b = all[j] ?? 0;
      offer(nearest, b, a, between);
      most[j] = apart[b * kept + kept - 1] ?? 0;
      if (j >= others.length) continue;
      offer(nearest, a, b, between);
      most[i] = apart[a * kept + kept - 1] ?? 0;
    }
  }
}

function offer({ kept, apart, rows }: Nearest, point: number, other: number, between: number): void {
  const start = point * kept;
  let place = start + kept - 1;
  if (between >= (apart[place] ?? 0)) return;
  for (let i = start; i < start + kept; i++) if (rows[i] === other) return;
  while (place > start && (apart[place - 1] ?? 0) > between) {
    apart[place] = apart[place - 1] ?? 0;
    rows[place] = rows[place - 1] ?? -1;
    place--;
  }
  apart[place] = between;
  rows[place] = other;
}
