import type { Random } from "../../core/random.ts";
import { placesUpTo } from "../../core/typed-from.ts";

/** Points in rows of numbers, row-major. */
export interface Cloud {
  readonly width: number;
  readonly values: Float64Array;
  readonly rows: number;
}

/** How many of the looked-at points lie on the segment between two of their own neighbours. */
export interface OnSegments {
  readonly looked: number;
  readonly between: readonly number[];
}

const NEIGHBOURS = 16;
/** Coordinates of an interpolated point agree on the share of the way to so many digits; values are written with six or so. */
const SAME_SHARE = 2e-3;
/** Coordinates that must agree. */
const LEAST_COORDINATES = 3;
/** That the shares of the way agree by chance, in the room that rounding leaves: so one point in twenty fits one of the 120 pairs of its neighbours. */
const CHANCE = 0.05 / 120;
/** How far from its ends a point on the way is. */
const OFF_ENDS = 0.01;

/**
 * SMOTE (Chawla et al. 2002) makes x = a + u (b - a) with one u for all columns and a neighbour b of a. A point between two of its sixteen nearest, on whose way all differing
 * columns (three or more) agree, is made, not measured. The share of the way must leave the ends by a hundredth. halves: half of
 * the last written decimal of each column, in which a made row was rounded.
 */
export function pointsOnSegments(cloud: Cloud, halves: Float64Array, most: number, random: Random): OnSegments {
  const order = random.shuffle(placesUpTo(cloud.rows)).subarray(0, most);
  const between: number[] = [];
  for (const point of order) if (isBetween(cloud, halves, point, nearest(cloud, point))) between.push(point);
  return { looked: order.length, between };
}

/** The nearest other rows that are not equal to it, ascending; of equally near ones the first. */
function nearest(cloud: Cloud, point: number): readonly number[] {
  const { width, values } = cloud;
  const rows = new Int32Array(NEIGHBOURS);
  const apart = new Float64Array(NEIGHBOURS).fill(Number.POSITIVE_INFINITY);
  const own = values.slice(point * width, (point + 1) * width);
  return Array.from(rows.subarray(0, keepNearest(cloud, point, own, rows, apart)));
}

/** apart: how far the rows that are kept are, ascending, with room for others at the end. How many are kept. */
function keepNearest({ width, values, rows }: Cloud, point: number, own: Float64Array, kept: Int32Array, apart: Float64Array): number {
  let found = 0;
  let limit = Number.POSITIVE_INFINITY;
  for (let row = 0; row < rows; row++) {
    const square = squareApart(values, row * width, own, width, limit);
    if (square >= limit || square === 0 || row === point) continue;
    let place = found < NEIGHBOURS ? found++ : NEIGHBOURS - 1;
    for (; place > 0 && (apart[place - 1] as number) > square; place--) {
      apart[place] = apart[place - 1] as number;
      kept[place] = kept[place - 1] as number;
    }
    apart[place] = square;
    kept[place] = row;
    if (found === NEIGHBOURS) limit = apart[NEIGHBOURS - 1] as number;
  }
  return found;
}

function squareApart(values: Float64Array, from: number, own: Float64Array, width: number, limit: number): number {
  let square = 0;
  for (let i = 0; i < width && square < limit; i++) {
    const difference = (values[from + i] as number) - (own[i] as number);
    square += difference * difference;
  }
  return square;
}

function isBetween(cloud: Cloud, halves: Float64Array, point: number, near: readonly number[]): boolean {
  for (let i = 0; i < near.length; i++)
    for (let j = i + 1; j < near.length; j++) if (onWay(cloud, halves, point, near[i] ?? 0, near[j] ?? 0)) return true;
  return false;
}

function onWay({ width, values }: Cloud, halves: Float64Array, point: number, a: number, b: number): boolean {
  let [low, high, agreeing, chance, finest] = [OFF_ENDS, 1 - OFF_ENDS, 0, 1, 1];
  for (let i = 0; i < width; i++) {
    const [x, from, to] = [values[point * width + i] ?? 0, values[a * width + i] ?? 0, values[b * width + i] ?? 0];
    if (from === to) {
      if (x !== from) return false;
      continue;
    }
    const share = (x - from) / (to - from);
    const open = Math.max(SAME_SHARE / 2, (halves[i] ?? 0) / Math.abs(to - from));
    low = Math.max(low, share - open);
    high = Math.min(high, share + open);
    if (low > high) return false;
    agreeing++;
    chance *= Math.min(1, 2 * open);
    finest = Math.min(finest, 2 * open);
  }
  // The finest says where on the way the point is; by chance, each of the others leaves room for it there.
  return agreeing >= LEAST_COORDINATES && chance <= CHANCE * finest;
}
