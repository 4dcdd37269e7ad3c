import type { Random } from "../../core/random.ts";
import type { Cloud } from "./segments.ts";

const LEAF = 40;
const TREES = 3;

/** The `kept` nearest other points of each point, and how far they are: rows x kept, ascending; Infinity where none was met. Equal points count as none. */
export interface Nearest {
  readonly kept: number;
  readonly apart: Float64Array;
  readonly rows: Int32Array;
}

/**
 * Nearest neighbours by random trees: the points are halved at the median of a random column until forty are left, which are compared with each other; three times. Points much nearer than
 * others are hardly ever parted. Cost: rows x log(rows), never rows squared.
 */
export async function nearestPoints(cloud: Cloud, kept: number, random: Random, pause: () => Promise<void>): Promise<Nearest> {
  const apart = new Float64Array(cloud.rows * kept).fill(Number.POSITIVE_INFINITY);
  const rows = new Int32Array(cloud.rows * kept).fill(-1);
  const nearest = { kept, apart, rows };
  for (let tree = 0; tree < TREES; tree++) {
    const open: Int32Array[] = [Int32Array.from({ length: cloud.rows }, (_, row) => row)];
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      if (part.length <= LEAF) compareAll(cloud, part, nearest);
      else open.push(...halves(cloud, part, random));
      await pause();
    }
  }
  return nearest;
}

function halves({ width, values }: Cloud, part: Int32Array, random: Random): readonly [Int32Array, Int32Array] {
  const column = random.integer(width);
  const sorted = part.toSorted((a, b) => (values[a * width + column] ?? 0) - (values[b * width + column] ?? 0));
  return [sorted.subarray(0, sorted.length >> 1), sorted.subarray(sorted.length >> 1)];
}

function compareAll({ width, values }: Cloud, part: Int32Array, nearest: Nearest): void {
  for (let i = 0; i < part.length; i++)
    for (let j = i + 1; j < part.length; j++) {
      const [a, b] = [part[i] ?? 0, part[j] ?? 0];
      let square = 0;
      for (let k = 0; k < width; k++) square += ((values[a * width + k] ?? 0) - (values[b * width + k] ?? 0)) ** 2;
      if (square === 0) continue;
      const apart = Math.sqrt(square);
      offer(nearest, a, b, apart);
      offer(nearest, b, a, apart);
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
