import type { Random } from "../../core/random.ts";
import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { nthSmallest } from "../../stats/index.ts";
import type { Cloud } from "./segments.ts";

const LEAF = 40;
const TREES = 3;
/** Smaller parts take no time in which somebody could want to stop. */
const PAUSED_AT = 1000;

/** Points with a distance. */
export interface Space extends Cloud {
  /** A column of numbers each, by which the points may be halved. */
  readonly halvedBy: readonly Float64Array[];
  /**
   * How far one of `count` points of `width` numbers each is from each one behind it, in a measure that grows with the distance: at least the `limits` of both where it is
   * no less than these, and infinite where they count as one point. `into` by the other point.
   */
  apart(points: Float64Array, width: number, point: number, count: number, limits: Float64Array, into: Float64Array): void;
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

function squareApart(points: Float64Array, width: number, point: number, count: number, limits: Float64Array, into: Float64Array): void {
  const [x, own] = [point * width, limits[point] as number];
  for (let other = point + 1; other < count; other++) {
    const limit = Math.max(own, limits[other] as number);
    const y = other * width;
    let square = 0;
    for (let k = 0; k < width && square < limit; k++) {
      const difference = (points[x + k] as number) - (points[y + k] as number);
      square += difference * difference;
    }
    into[other] = square === 0 ? Number.POSITIVE_INFINITY : square;
  }
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
  const points = placesUpTo(space.rows);
  const room = { upper: new Int32Array(space.rows), numbers: new Float64Array(space.rows) };
  for (let tree = 0; tree < TREES; tree++) {
    const open = [0, space.rows];
    for (let to = open.pop(), from = open.pop(); to !== undefined && from !== undefined; to = open.pop(), from = open.pop()) {
      const others = isOther === null ? null : int32Where(points.subarray(from, to), isOther);
      if ((others?.length ?? to - from) <= LEAF) comparePart(space, points, from, to, isOther, nearest);
      else {
        const cut = from + halve(space.halvedBy, random.integer(space.halvedBy.length), { points, from, to }, others, room);
        open.push(from, cut, cut, to);
      }
      if (to - from > PAUSED_AT) await pause();
    }
  }
  for (let i = 0; i < apart.length; i++) apart[i] = space.distance(apart[i] as number);
  return nearest;
}

function comparePart(space: Space, points: Int32Array, from: number, to: number, isOther: IsOther | null, nearest: Nearest): void {
  const part = points.slice(from, to);
  compareAll(space, part, isOther === null ? part.length : toTheFront(part, isOther), nearest);
}

/** How many there are; both kinds keep their order. */
function toTheFront(part: Int32Array, is: IsOther): number {
  const [some, rest] = [int32Where(part, is), int32Where(part, (point) => !is(point))];
  part.set(some);
  part.set(rest, some.length);
  return some.length;
}

/** Places of points, those of one part. */
interface Part {
  readonly points: Int32Array;
  readonly from: number;
  readonly to: number;
}

interface Room {
  readonly upper: Int32Array;
  readonly numbers: Float64Array;
}

/** Of the points that may be a neighbour, so many are in the smaller half at least; where no column parts them so, equal values part. */
const LEAST_SHARE = 0.25;

/**
 * Puts first the points of the lower half by a column, or the next one in which equal values can stay together, and says how many these are. Both halves keep their
 * order. others: the points that may be a neighbour, null = all.
 */
function halve(columns: readonly Float64Array[], drawn: number, part: Part, others: Int32Array | null, { upper, numbers }: Room): number {
  const { points, from, to } = part;
  const count = others?.length ?? to - from;
  for (let tried = 0; tried < columns.length; tried++) {
    const values = columns[(drawn + tried) % columns.length] ?? new Float64Array(0);
    if (others === null) gather(values, points, from, count, numbers);
    else gather(values, others, 0, count, numbers);
    const limit = limitOf(numbers, count);
    if (limit !== null) return partBelow(values, limit, points, from, to, upper);
  }
  return others === null ? count >> 1 : points.subarray(from, to).indexOf(others[count >> 1] ?? 0);
}

function gather(values: Float64Array, points: Int32Array, from: number, count: number, numbers: Float64Array): void {
  for (let i = 0; i < count; i++) numbers[i] = values[points[from + i] as number] as number;
}

/** The value below which half of the numbers lie, or as near to half as equal ones let; null where that is too far. They are moved about. */
function limitOf(numbers: Float64Array, count: number): number | null {
  const half = count >> 1;
  const middle = nthSmallest(numbers, half, count);
  const [below, upTo] = [countUpTo(numbers, count, middle, false), countUpTo(numbers, count, middle, true)];
  const [limit, lower] = half - below <= upTo - half ? [middle, below] : [nextAbove(numbers, count, middle), upTo];
  return Math.min(lower, count - lower) < LEAST_SHARE * count ? null : limit;
}

function countUpTo(numbers: Float64Array, all: number, limit: number, isWith: boolean): number {
  let count = 0;
  for (let i = 0; i < all; i++) {
    const number = numbers[i] as number;
    if (number < limit || (isWith && number === limit)) count++;
  }
  return count;
}

function nextAbove(numbers: Float64Array, all: number, limit: number): number {
  let next = Number.POSITIVE_INFINITY;
  for (let i = 0; i < all; i++) {
    const number = numbers[i] as number;
    if (number > limit && number < next) next = number;
  }
  return next;
}

function partBelow(values: Float64Array, limit: number, points: Int32Array, from: number, to: number, upper: Int32Array): number {
  let [below, above] = [from, 0];
  for (let place = from; place < to; place++) {
    const point = points[place] as number;
    if ((values[point] as number) < limit) points[below++] = point;
    else upper[above++] = point;
  }
  for (let i = 0; i < above; i++) points[below + i] = upper[i] as number;
  return below - from;
}

/** Side by side: the points of a part are strewn over the table. */
interface Near {
  readonly values: Float64Array;
  /** Of the farthest that is kept. */
  readonly limits: Float64Array;
  readonly apart: Float64Array;
  readonly rows: Int32Array;
}

/** The first ones may be a neighbour. */
function compareAll(space: Space, part: Int32Array, others: number, nearest: Nearest): void {
  const { width } = space;
  const { kept } = nearest;
  const count = part.length;
  const near: Near = {
    values: new Float64Array(count * width),
    limits: new Float64Array(count),
    apart: new Float64Array(count * kept),
    rows: new Int32Array(count * kept),
  };
  take(near, part, space, nearest);
  const far = new Float64Array(count);
  for (let i = 0; i < others; i++) {
    space.apart(near.values, width, i, count, near.limits, far);
    offerAll(near, kept, part, i, others, far);
  }
  for (let i = 0; i < count; i++) {
    const start = (part[i] as number) * kept;
    for (let k = 0; k < kept; k++) {
      nearest.apart[start + k] = near.apart[i * kept + k] as number;
      nearest.rows[start + k] = near.rows[i * kept + k] as number;
    }
  }
}

function take(near: Near, part: Int32Array, { width, values }: Space, { kept, apart, rows }: Nearest): void {
  for (let i = 0; i < part.length; i++) {
    const point = part[i] as number;
    for (let k = 0; k < width; k++) near.values[i * width + k] = values[point * width + k] as number;
    for (let k = 0; k < kept; k++) {
      near.apart[i * kept + k] = apart[point * kept + k] as number;
      near.rows[i * kept + k] = rows[point * kept + k] as number;
    }
    near.limits[i] = apart[point * kept + kept - 1] as number;
  }
}

function offerAll(near: Near, kept: number, part: Int32Array, i: number, others: number, far: Float64Array): void {
  const { limits } = near;
  const a = part[i] as number;
  for (let j = i + 1; j < part.length; j++) {
    const between = far[j] as number;
    if (between < (limits[j] as number)) offer(near, kept, j, a, between);
    if (j < others && between < (limits[i] as number)) offer(near, kept, i, part[j] as number, between);
  }
}

function offer({ limits, apart, rows }: Near, kept: number, i: number, other: number, between: number): void {
  const start = i * kept;
  for (let place = start; place < start + kept; place++) if (rows[place] === other) return;
  let place = start + kept - 1;
  while (place > start && (apart[place - 1] as number) > between) {
    apart[place] = apart[place - 1] as number;
    rows[place] = rows[place - 1] as number;
    place--;
  }
  apart[place] = between;
  rows[place] = other;
  limits[i] = apart[start + kept - 1] as number;
}
