import { float64Where } from "../../core/typed-from.ts";
import type { NumberColumn } from "../columns/counts.ts";

/** Rows whose order is compared first: only columns that put them in one order are compared whole. */
const PROBES = 64;

/** Pairs of columns (first, copy) in which a larger value of one always goes with a larger, or always with a smaller, value of the other. Missing in the same rows. */
export function monotoneCopies(columns: readonly NumberColumn[], rows: number): readonly (readonly [NumberColumn, NumberColumn])[] {
  const groups = new Map<string, NumberColumn[]>();
  const step = Math.max(1, Math.floor(rows / PROBES));
  for (const column of columns) {
    const key = orderKey(column.values, step);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [column]);
    else known.push(column);
  }
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group;
    return first === undefined ? [] : others.flatMap((other) => (isMonotone(first.values, other.values) ? [[first, other] as const] : []));
  });
}

/** The ranks of the probed rows, the same for a column and its mirror image. */
function orderKey(values: Float64Array, step: number): string {
  const probed = float64Where(values, (_, row) => row % step === 0);
  const sorted = Float64Array.from(new Set(float64Where(probed, (value) => !Number.isNaN(value)))).sort();
  const place = new Map(Array.from(sorted, (value, rank) => [value, rank]));
  const ranks = Array.from(probed, (value) => place.get(value) ?? -1);
  const turned = ranks.map((rank) => (rank < 0 ? -1 : sorted.length - 1 - rank));
  const [up, down] = [ranks.join(" "), turned.join(" ")];
  return up < down ? up : down;
}

function isMonotone(a: Float64Array, b: Float64Array): boolean {
  const order = Array.from(a.keys()).filter((row) => !Number.isNaN(a[row]));
  if (b.some((value, row) => Number.isNaN(value) !== Number.isNaN(a[row]))) return false;
  order.sort((x, y) => (a[x] ?? 0) - (a[y] ?? 0));
  let direction = 0;
  for (let i = 1; i < order.length; i++) {
    const [before, row] = [order[i - 1] ?? 0, order[i] ?? 0];
    const step = Math.sign((b[row] ?? 0) - (b[before] ?? 0));
    if ((a[row] === a[before]) !== (step === 0)) return false;
    if (step !== 0 && direction !== 0 && step !== direction) return false;
    if (step !== 0) direction = step;
  }
  return direction !== 0;
}
