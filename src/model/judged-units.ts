import type { Task } from "../core/task.ts";
import { type Unanimous, unanimous } from "../stats/index.ts";

/** What the judged rows can tell at most, however alike the folds look. */
export interface JudgedUnits {
  /** See `countUnits`. */
  readonly count: number;
  /** Of the metric. */
  readonly best: number;
  readonly worst: number;
}

/**
 * Judged rows (or groups) that tell a model from the same answer every time: those outside the commonest class, of two classes the rarer one; of numbers, all. Each row once.
 * clusters: group of each row, negative = it stands alone; null = all do.
 */
export function countUnits(task: Task, truth: ArrayLike<number>, clusters: Int32Array | null): number {
  const unitsOf = new Map<number, Set<number>>();
  for (let row = 0; row < truth.length; row++) {
    const label = task.kind === "regression" ? 0 : (truth[row] ?? Number.NaN);
    const cluster = clusters?.[row] ?? -1;
    const seen = unitsOf.get(label) ?? new Set();
    unitsOf.set(label, seen.add(cluster < 0 ? -1 - row : cluster));
  }
  const [commonest, ...others] = [...unitsOf.values()].sort((a, b) => b.size - a.size);
  if (task.kind === "regression") return commonest?.size ?? 0;
  return new Set(others.flatMap((units) => [...units])).size;
}

/**
 * An interval where nothing varies: what so many units leave possible (`unanimous`). Of a score, only when it is faultless: another one that is the same everywhere is that of the same answer to
 * all rows. Of a difference, each unit could show as much as the metric can differ; of a loss without end, as much as the larger of the two losses.
 * value: the score, or by how much it is better than `against`, the other score. sign: 1 where higher is better, else -1. units: absent = without end.
 */
export function withoutSpread(
  value: number,
  against: number | null,
  sign: 1 | -1,
  units: JudgedUnits | undefined,
  level: number,
): Unanimous {
  const certain = { low: value, high: value, p: value === 0 ? 1 : 0 };
  if (units === undefined) return certain;
  const { count, best, worst } = units;
  if (against !== null) {
    const losses = [against, against + sign * value].map((score) => Math.abs(best - score));
    const most = Number.isFinite(worst) ? Math.abs(best - worst) : Math.max(...losses);
    return unanimous(value, count, -most, most, level);
  }
  if (value !== best && count >= 2) return certain;
  return unanimous(value, count, Math.min(best, worst), Math.max(best, worst), level);
}
