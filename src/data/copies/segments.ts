import type { Random } from "../../core/random.ts";
import { placesUpTo } from "../../core/typed-from.ts";
import { type Block, createBlock } from "../../engine/neighbours/block.ts";

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
  /** The two between which each lies. */
  readonly ends: readonly (readonly [number, number])[];
}

const NEIGHBOURS = 16;
/** So many rows, with all of their columns, stay near the processor while each of the points is held beside them. */
const AT_ONCE = 2048;
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
  const ends: (readonly [number, number])[] = [];
  const near = nearestOfAll(cloud, order);
  for (const [place, point] of order.entries()) {
    const pair = endsOf(cloud, halves, point, near[place] ?? []);
    if (pair === null) continue;
    between.push(point);
    ends.push(pair);
  }
  return { looked: order.length, between, ends };
}

/** Steps of two columns whose ratio is the same to so much, in so many of the segments. */
const [SAME_RATIO, TIED] = [0.01, 0.5];

/**
 * Columns that go with an earlier one by one slope along most of the segments, as the time that somebody was followed does with the day of entry where all are followed until one day: they agree by themselves, and
 * each such pair counts once.
 */
export function tiedColumns({ width, values }: Cloud, ends: readonly (readonly [number, number])[]): ReadonlySet<number> {
  const tied = new Set<number>();
  const step = ([a, b]: readonly [number, number], i: number) => (values[b * width + i] ?? 0) - (values[a * width + i] ?? 0);
  for (let i = 0; i < width; i++)
    for (let j = 0; j < i && !tied.has(i); j++) {
      if (tied.has(j)) continue;
      const ratios = ends.map((pair) => step(pair, i) / step(pair, j)).filter((ratio) => Number.isFinite(ratio) && ratio !== 0);
      const middle = ratios.toSorted((a, b) => a - b)[ratios.length >> 1] ?? Number.NaN;
      const same = ratios.filter((ratio) => Math.abs(ratio - middle) <= SAME_RATIO * Math.abs(middle)).length;
      if (same > TIED * ends.length) tied.add(i);
    }
  return tied;
}

/** The nearest other rows of each point that are not equal to it, ascending; of equally near ones the first. */
function nearestOfAll(cloud: Cloud, points: Int32Array): readonly (readonly number[])[] {
  const { rows, width, values } = cloud;
  const block = createBlock(Math.min(rows, AT_ONCE), width);
  const near = Array.from(points, () => ({ found: 0, rows: new Int32Array(NEIGHBOURS), apart: new Float64Array(NEIGHBOURS) }));
  for (let from = 0; from < rows; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, rows - from);
    fill(block, cloud, from, count);
    for (const [place, kept] of near.entries()) {
      const point = points[place] ?? 0;
      block.own.set(values.subarray(point * width, (point + 1) * width));
      keepNearest(block.squares(count), from, count, kept);
    }
  }
  return near.map(({ found, rows: kept }) => Array.from(kept.subarray(0, found)));
}

function fill({ values: to, stride }: Block, { width, values }: Cloud, from: number, count: number): void {
  for (let i = 0; i < count; i++) for (let k = 0; k < width; k++) to[k * stride + i] = values[(from + i) * width + k] as number;
}

/** Neighbours of a point, ascending: rows, and squares of how far they are. */
interface Kept {
  found: number;
  readonly rows: Int32Array;
  readonly apart: Float64Array;
}

/** Whatever is equal to the point, and so it itself, is endlessly far. */
function keepNearest(squares: Float64Array, from: number, count: number, kept: Kept): void {
  const { rows, apart } = kept;
  let { found } = kept;
  let limit = found === NEIGHBOURS ? (apart[NEIGHBOURS - 1] as number) : Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const square = squares[i] as number;
    if (square >= limit) continue;
    let place = found < NEIGHBOURS ? found++ : NEIGHBOURS - 1;
    for (; place > 0 && (apart[place - 1] as number) > square; place--) {
      apart[place] = apart[place - 1] as number;
      rows[place] = rows[place - 1] as number;
    }
    apart[place] = square;
    rows[place] = from + i;
    if (found === NEIGHBOURS) limit = apart[NEIGHBOURS - 1] as number;
  }
  kept.found = found;
}

function endsOf(cloud: Cloud, halves: Float64Array, point: number, near: readonly number[]): readonly [number, number] | null {
  for (const [i, a] of near.entries()) for (const b of near.slice(i + 1)) if (onWay(cloud, halves, point, a, b)) return [a, b];
  return null;
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
