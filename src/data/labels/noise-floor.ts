import { auc } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { featuresOf } from "../columns/features.ts";
import { groupsOf, rowHash } from "../columns/row-hash.ts";
import { LIKELY } from "../harm/ground.ts";
import { keyLikeness } from "../roles/key-likeness.ts";

/** What no model can exceed on these rows, because equal rows have different labels. */
export interface NoiseFloor {
  /** Labelled frame rows. */
  readonly rows: number;
  /** Rows of groups of equal rows that disagree. */
  readonly conflicting: readonly number[];
  readonly groups: number;
  /** Share of rows that the best rule per group gets right; null for regression. */
  readonly bestAccuracy: number | null;
  /** AUC of the share of positives per group; binary only. */
  readonly bestAuc: number | null;
  /** 1 - spread within groups / spread in all; regression only. */
  readonly bestR2: number | null;
}

/** Compares labels of rows that are equal in all features but keys. Bounds on the rows seen: rare groups make them too mild. */
export function noiseFloor(context: AuditContext): NoiseFloor {
  return context.shared("noise-floor", () => {
    const columns = featuresOf(context).filter((column) => (keyLikeness(context, column)?.confidence ?? 0) < LIKELY);
    const { group } = groupsOf(rowHash(columns, context.frame.rows));
    const labelled: number[] = [];
    context.target.forEach((value, row) => {
      if (!Number.isNaN(value)) labelled.push(row);
    });
    return context.task.kind === "regression" ? floorOfValues(context, group, labelled) : floorOfClasses(context, group, labelled);
  });
}

function floorOfClasses(context: AuditContext, group: Int32Array, labelled: readonly number[]): NoiseFloor {
  const { target, task } = context;
  const members = byGroup(group, labelled);
  const rate = new Float64Array(context.frame.rows);
  const conflicting: number[] = [];
  let right = 0;
  let groups = 0;
  for (const rows of members.values()) {
    const counts = new Map<number, number>();
    for (const row of rows) counts.set(target[row] ?? 0, (counts.get(target[row] ?? 0) ?? 0) + 1);
    right += Math.max(...counts.values());
    for (const row of rows) rate[row] = (counts.get(1) ?? 0) / rows.length;
    if (counts.size < 2) continue;
    groups++;
    for (const row of rows) conflicting.push(row);
  }
  conflicting.sort((a, b) => a - b);
  const truth = labelled.map((row) => target[row] ?? 0);
  const bestAuc =
    task.kind === "binary"
      ? auc(
          truth,
          labelled.map((row) => rate[row] ?? 0),
        )
      : null;
  return { rows: labelled.length, conflicting, groups, bestAccuracy: right / labelled.length, bestAuc, bestR2: null };
}

function floorOfValues({ target }: AuditContext, group: Int32Array, labelled: readonly number[]): NoiseFloor {
  const mean = labelled.reduce((sum, row) => sum + (target[row] ?? 0), 0) / labelled.length;
  const total = labelled.reduce((sum, row) => sum + ((target[row] ?? 0) - mean) ** 2, 0);
  const conflicting: number[] = [];
  let within = 0;
  let groups = 0;
  for (const rows of byGroup(group, labelled).values()) {
    const own = rows.reduce((sum, row) => sum + (target[row] ?? 0), 0) / rows.length;
    if (rows.every((row) => target[row] === target[rows[0] ?? 0])) continue;
    groups++;
    for (const row of rows) {
      within += ((target[row] ?? 0) - own) ** 2;
      conflicting.push(row);
    }
  }
  conflicting.sort((a, b) => a - b);
  return { rows: labelled.length, conflicting, groups, bestAccuracy: null, bestAuc: null, bestR2: total > 0 ? 1 - within / total : null };
}

function byGroup(group: Int32Array, labelled: readonly number[]): Map<number, number[]> {
  const members = new Map<number, number[]>();
  for (const row of labelled) {
    const id = group[row] ?? 0;
    const known = members.get(id);
    if (known === undefined) members.set(id, [row]);
    else known.push(row);
  }
  return members;
}
