import type { Random } from "../../core/random.ts";
import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { type ComparedPoints, type Comparer, createComparer, type Measure } from "../../engine/neighbours/comparer.ts";
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
  /** How far two points are, in a measure that grows with the distance; infinite where they count as one point. */
  readonly measure: Measure;
  /** The distance itself. */
  distance(apart: number): number;
}

/** Squares add up; equal points count as none. */
export function euclidean(cloud: Cloud): Space {
  const { rows, width, values } = cloud;
  return {
    ...cloud,
    halvedBy: Array.from({ length: width }, (_, column) => float64From(placesUpTo(rows), (point) => values[point * width + column] ?? 0)),
    measure: { kind: "squares" },
    distance: Math.sqrt,
  };
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
  const points = placesUpTo(space.rows);
  const comparer = createComparer(space.rows, space.width, kept);
  // Not yet distances until the end.
  const { apart, rows } = comparer;
  const room = { upper: new Int32Array(space.rows), numbers: new Float64Array(space.rows) };
  for (let tree = 0; tree < TREES; tree++) {
    const open = [0, space.rows];
    for (let to = open.pop(), from = open.pop(); to !== undefined && from !== undefined; to = open.pop(), from = open.pop()) {
      const others = isOther === null ? null : int32Where(points.subarray(from, to), isOther);
      if ((others?.length ?? to - from) <= LEAF) comparePart(space, comparer, points.subarray(from, to), isOther);
      else {
        const cut = from + halve(space.halvedBy, random.integer(space.halvedBy.length), { points, from, to }, others, room);
        open.push(from, cut, cut, to);
      }
      if (to - from > PAUSED_AT) await pause();
    }
  }
  for (let i = 0; i < apart.length; i++) apart[i] = space.distance(apart[i] as number);
  return { kept, apart, rows };
}

function comparePart(space: Space, comparer: Comparer, points: Int32Array, isOther: IsOther | null): void {
  const compared = comparer.take(points.length);
  const places = compared.places.subarray(0, points.length);
  places.set(points);
  const others = isOther === null ? places.length : toTheFront(places, isOther);
  bring(places, space, compared);
  comparer.compare(space.measure, others);
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
  points.set(upper.subarray(0, above), below);
  return below - from;
}

/** Side by side: the points of a part are strewn over the table. */
function bring(places: Int32Array, { width, values }: Space, part: ComparedPoints): void {
  for (let i = 0; i < places.length; i++) {
    const from = (places[i] as number) * width;
    for (let k = 0, to = i; k < width; k++, to += part.stride) part.values[to] = values[from + k] as number;
  }
}
