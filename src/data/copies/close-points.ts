import { float64From, float64Where } from "../../core/typed-from.ts";
import type { Nearest } from "./nearest-points.ts";

/** Points that lie nearer to another than chance has it. */
export interface ClosePoints {
  readonly close: ReadonlySet<number>;
  /** Columns that the density seems to have. */
  readonly dimension: number;
  /** How far a usual point is from its nearest. */
  readonly typical: number;
}

/** Numbers of fewer columns come close by chance too often. */
export const LEAST_COLUMNS = 3;
export const LEAST_ROWS = 100;
/** Largest group of copies whose members are recognised, and one beyond. */
export const KEPT = 5;
/** Expected points that stand out without near copies. */
export const CHANCE = 0.01;
export const LEAST_FOUND = 4;

/**
 * Around a point of a smooth density of dimension m the ratio of the distances of its k-th and next neighbour is below t with probability t^(m k) (Facco et al. 2017,
 * doi:10.1038/s41598-017-11873-y); m is read off the median of the first ratio of the `usual` points, which few copies do not move, and is at most the number of columns (even steps
 * along a curve would pass for more). One of the points `asked` stands out when that chance, times the points and the ratios looked at, is below one in a hundred.
 */
export function closePoints({ kept, apart }: Nearest, width: number, asked: Int32Array, usual: Int32Array = asked): ClosePoints {
  const ratio = (point: number, k: number) => (apart[point * kept + k - 1] ?? 0) / (apart[point * kept + k] ?? 0);
  const logs = float64Where(
    float64From(usual, (point) => -Math.log(ratio(point, 1))),
    (value) => Number.isFinite(value),
  ).sort();
  const dimension = Math.min(width, Math.LN2 / Math.max(1e-6, logs[logs.length >> 1] ?? 0));
  const limit = CHANCE / (asked.length * (kept - 1));
  const typical = float64From(usual, (point) => apart[point * kept] ?? 0).sort()[usual.length >> 1] ?? 0;
  const close = new Set<number>();
  for (const point of asked)
    for (let k = 1; k < kept; k++) {
      // A next neighbour that was not met says nothing of how far it is.
      if (!Number.isFinite(apart[point * kept + k])) break;
      if ((apart[point * kept + k - 1] ?? 0) < typical / 2 && ratio(point, k) ** (dimension * k) < limit) close.add(point);
    }
  return { close, dimension, typical };
}
