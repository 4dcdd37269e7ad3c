import { type Column, columnOf } from "../../core/column.ts";
import type { ComparedLabels, EqualGroups } from "../../core/whole-counts.ts";
import { auc } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { equalFeatures } from "../columns/equal-features.ts";
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
  /** Rows that repeat an earlier one: equal in all features. */
  readonly repeated: readonly number[];
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
    const compared = comparedFeatures(context);
    const all = compared.length === featuresOf(context).length;
    const { group } = all ? equalFeatures(context) : groupsOf(rowHash(compared, context.frame.rows));
    const labelled: number[] = [];
    context.target.forEach((value, row) => {
      if (!Number.isNaN(value)) labelled.push(row);
    });
    return context.task.kind === "regression" ? floorOfValues(context, group, labelled) : floorOfClasses(context, group, labelled);
  });
}

/** Share of the conflicting rows seen that the time of the rows tells apart: with it no row of another label is equal. 0 without a time. */
export function toldByTime(context: AuditContext): number {
  const { conflicting } = noiseFloor(context);
  const { frame, roles, target } = context;
  if (roles.time === null || conflicting.length === 0 || roles.features.includes(roles.time)) return 0;
  const { group } = groupsOf(rowHash([...comparedFeatures(context), columnOf(frame, roles.time)], frame.rows));
  const labels = new Map<number, Set<number>>();
  for (const row of conflicting) labels.set(group[row] ?? -1, (labels.get(group[row] ?? -1) ?? new Set()).add(target[row] ?? Number.NaN));
  return conflicting.filter((row) => labels.get(group[row] ?? -1)?.size === 1).length / conflicting.length;
}

/**
 * The same over the whole table where the frame is a sample, which has few of the rows that are equal; `conflicting` still are rows of the frame, and
 * `conflictingRows` counts all. null where the labels are read in a way that no query knows.
 */
export function wholeFloor(context: AuditContext): Promise<WholeFloor | null> {
  return context.shared("noise-floor of the table", () => countedFloor(context));
}

type WholeFloor = NoiseFloor & { readonly conflictingRows: number };

async function countedFloor(context: AuditContext): Promise<WholeFloor | null> {
  const seen = noiseFloor(context);
  if (context.frame.rowNumbers === null) return { ...seen, conflictingRows: seen.conflicting.length };
  const labels = comparedLabels(context);
  if (labels === null) return null;
  const { groups, total } = await context.whole.labelConflicts(
    comparedFeatures(context).map(({ name }) => name),
    labels,
  );
  const sum = (of: (group: EqualGroups) => number) => groups.reduce((all, group) => all + of(group), 0);
  const rows = sum(({ size, groups: count }) => size * count);
  const isRegression = context.task.kind === "regression";
  return {
    rows,
    conflicting: seen.conflicting,
    repeated: seen.repeated,
    conflictingRows: sum(({ differ, size, groups: count }) => (differ ? size * count : 0)),
    groups: sum(({ differ, groups: count }) => (differ ? count : 0)),
    bestAccuracy: isRegression ? null : sum(({ right }) => right) / rows,
    bestAuc: context.task.kind === "binary" ? aucOfGroups(groups) : null,
    bestR2: isRegression && total > 0 ? 1 - sum(({ within }) => within) / total : null,
  };
}

/** AUC of the share of positives per group: each kind of group is one score, with the weight of its positives and of its negatives. */
function aucOfGroups(groups: readonly EqualGroups[]): number {
  const sides = groups.flatMap(({ size, positives, groups: count }) => [
    { truth: 1, score: positives / size, weight: positives * count },
    { truth: 0, score: positives / size, weight: (size - positives) * count },
  ]);
  const column = (of: (side: (typeof sides)[number]) => number) => sides.map(of);
  return auc(
    column(({ truth }) => truth),
    column(({ score }) => score),
    column(({ weight }) => weight),
  );
}

/** As `targetValues` reads the labels; null of amounts that stand as texts. */
function comparedLabels({ frame, roles, task }: AuditContext): ComparedLabels | null {
  const column = frame.columns.find(({ name }) => name === roles.target);
  if (column === undefined || task.labels?.amount !== undefined) return null;
  if (task.kind !== "regression" && column.type === "date") return null;
  if (task.kind !== "regression") {
    const index = new Map<string, number>(task.classes.map((name, place) => [name, place]));
    const spelt = Object.entries(task.labels?.spelt ?? {}).map(([value, name]): [string, number] => [value, index.get(name) ?? -1]);
    const unknown = new Set(task.labels?.unknown);
    const classOf = [...new Map([...index, ...spelt])].filter(([value, place]) => place >= 0 && !unknown.has(value));
    return { kind: "classes", column: column.name, classOf: classOf.map(([value, place]) => ({ value, index: place })) };
  }
  return "values" in column ? { kind: "numbers", column: column.name, without: (task.labels?.unknown ?? []).map(Number) } : null;
}

/** Features that are no keys. */
export function comparedFeatures(context: AuditContext): readonly Column[] {
  return featuresOf(context).filter((column) => (keyLikeness(context, column)?.confidence ?? 0) < LIKELY);
}

function floorOfClasses(context: AuditContext, group: Int32Array, labelled: readonly number[]): NoiseFloor {
  const { target, task } = context;
  const members = byGroup(group, labelled);
  const rate = new Float64Array(context.frame.rows);
  const conflicting: number[] = [];
  // A row that is alone is right by itself.
  for (const row of labelled) rate[row] = target[row] === 1 ? 1 : 0;
  let right = labelled.length;
  for (const rows of members.values()) right -= rows.length;
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
  return {
    rows: labelled.length,
    conflicting,
    repeated: repeatedRows(members),
    groups,
    bestAccuracy: right / labelled.length,
    bestAuc,
    bestR2: null,
  };
}

function floorOfValues({ target }: AuditContext, group: Int32Array, labelled: readonly number[]): NoiseFloor {
  const mean = labelled.reduce((sum, row) => sum + (target[row] ?? 0), 0) / labelled.length;
  const total = labelled.reduce((sum, row) => sum + ((target[row] ?? 0) - mean) ** 2, 0);
  const conflicting: number[] = [];
  let within = 0;
  let groups = 0;
  const members = byGroup(group, labelled);
  for (const rows of members.values()) {
    const own = rows.reduce((sum, row) => sum + (target[row] ?? 0), 0) / rows.length;
    if (rows.every((row) => target[row] === target[rows[0] ?? 0])) continue;
    groups++;
    for (const row of rows) {
      within += ((target[row] ?? 0) - own) ** 2;
      conflicting.push(row);
    }
  }
  conflicting.sort((a, b) => a - b);
  const bestR2 = total > 0 ? 1 - within / total : null;
  return { rows: labelled.length, conflicting, repeated: repeatedRows(members), groups, bestAccuracy: null, bestAuc: null, bestR2 };
}

function repeatedRows(members: ReadonlyMap<number, readonly number[]>): readonly number[] {
  return [...members.values()].flatMap((rows) => rows.slice(1));
}

/** Groups of two rows and more, by their first ones. */
function byGroup(group: Int32Array, labelled: readonly number[]): Map<number, number[]> {
  const sizes = new Int32Array(group.length);
  for (const row of labelled) sizes[group[row] ?? 0] = (sizes[group[row] ?? 0] ?? 0) + 1;
  const members = new Map<number, number[]>();
  for (const row of labelled) {
    const id = group[row] ?? 0;
    if (sizes[id] === 1) continue;
    const known = members.get(id);
    if (known === undefined) members.set(id, [row]);
    else known.push(row);
  }
  return members;
}
