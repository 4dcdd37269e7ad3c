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
   * How far a point is from each one behind it, in a measure that grows with the distance, of `width` numbers each; `limits` of both or more where it is no less, and
   * infinite where they count as one point. `into` by the other point.
   */
  apart(points: Float64Array, width: number, point: number, limits: Float64Array, into: Float64Array): void;
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

function squareApart(points: Float64Array, width: number, point: number, limits: Float64Array, into: Float64Array): void {
  const [x, own] = [point * width, limits[point] as number];
  for (let other = point + 1; other < limits.length; other++) {
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
      if (part.length > PAUSED_AT) await pause();
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
  const numbers = new Float64Array(others.length);
  for (let tried = 0; tried < columns.length; tried++) {
    const values = columns[(drawn + tried) % columns.length] ?? new Float64Array(0);
    gather(values, others, numbers);
    const limit = limitOf(numbers);
    if (limit !== null) return partBelow(values, limit, part, upper);
  }
  return part.indexOf(others[others.length >> 1] ?? 0);
}

function gather(values: Float64Array, points: Int32Array, numbers: Float64Array): void {
  for (let i = 0; i < numbers.length; i++) numbers[i] = values[points[i] as number] as number;
}

/** The value below which half of the numbers lie, or as near to half as equal ones let; null where that is too far. They are moved about. */
function limitOf(numbers: Float64Array): number | null {
  const [count, half] = [numbers.length, numbers.length >> 1];
  const middle = nthSmallest(numbers, half);
  const [below, upTo] = [countUpTo(numbers, middle, false), countUpTo(numbers, middle, true)];
  const [limit, lower] = half - below <= upTo - half ? [middle, below] : [nextAbove(numbers, middle), upTo];
  return Math.min(lower, count - lower) < LEAST_SHARE * count ? null : limit;
}

function countUpTo(numbers: Float64Array, limit: number, isWith: boolean): number {
  let count = 0;
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] as number;
    if (number < limit || (isWith && number === limit)) count++;
  }
  return count;
}

function nextAbove(numbers: Float64Array, limit: number): number {
  let next = Number.POSITIVE_INFINITY;
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] as number;
    if (number > limit && number < next) next = number;
  }
  return next;
}

function partBelow(values: Float64Array, limit: number, part: Int32Array, upper: Int32Array): number {
  let [below, above] = [0, 0];
  for (let place = 0; place < part.length; place++) {
    const point = part[place] as number;
    if ((values[point] as number) < limit) part[below++] = point;
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
    const point = all[i] as number;
    most[i] = apart[point * kept + kept - 1] as number;
    for (let k = 0; k < width; k++) near[i * width + k] = values[point * width + k] as number;
  }
  const far = new Float64Array(count);
  for (let i = 0; i < others.length; i++) {
    const a = all[i] as number;
    space.apart(near, width, i, most, far);
    for (let j = i + 1; j < count; j++) {
      const between = far[j] as number;
      if (between >= (most[i] as number) && between >= (most[j] as number)) continue;
      const b = all[j] as number;
      offer(nearest, b, a, between);
      most[j] = apart[b * kept + kept - 1] as number;
      if (j >= others.length) continue;
      offer(nearest, a, b, between);
      most[i] = apart[a * kept + kept - 1] as number;
    }
  }
}

function offer({ kept, apart, rows }: Nearest, point: number, other: number, between: number): void {
  const start = point * kept;
  let place = start + kept - 1;
  if (between >= (apart[place] as number)) return;
  for (let i = start; i < start + kept; i++) if (rows[i] === other) return;
  while (place > start && (apart[place - 1] as number) > between) {
    apart[place] = apart[place - 1] as number;
    rows[place] = rows[place - 1] as number;
    place--;
  }
  apart[place] = between;
  rows[place] = other;
}
