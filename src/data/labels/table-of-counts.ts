import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { featuresOf, infoOf, numberFeatures } from "../columns/features.ts";
import { finestFirst } from "../columns/finest-first.ts";
import { groupsOf, rowHash, withoutColumn } from "../columns/row-hash.ts";

/** A table whose rows are cells: one column says how many cases have these kinds and this class. */
export interface TableOfCounts {
  readonly column: string;
  /** Different sets of kinds, and how many of them stand once with each class. */
  readonly kinds: number;
  readonly full: number;
  readonly cases: number;
}

const LEAST_KINDS = 8;
/** Numbers of more values are measurements, and no kinds. */
const MOST_VALUES = 12;
/** Sets of kinds that stand with each class: a table without its empty cells lacks some. */
const FULL = 0.9;

/**
 * Each set of kinds stands once with each class, and one column of whole numbers from 0 on is left: the rows are the cells of a cross table. null where no column is such, and of a sample of
 * the rows.
 */
export function tableOfCounts(context: AuditContext): TableOfCounts | null {
  const { frame, task, target } = context;
  if (task.kind === "regression" || frame.rowNumbers !== null || target.some(Number.isNaN)) return null;
  const classes = task.classes.length;
  if (frame.rows < LEAST_KINDS * classes * FULL || new Set(target).size !== classes) return null;
  const features = featuresOf(context);
  const many = features.filter((column) => infoOf(context, column.name).distinct > ("values" in column ? MOST_VALUES : frame.rows / 2));
  if (features.length < 3 || many.length > 1) return null;
  const counting = numberFeatures(context).filter((column) => many.every((one) => one === column) && countsCases(column));
  const hash = rowHash(features, frame.rows);
  for (const column of finestFirst(counting, ({ name }) => infoOf(context, name).distinct)) {
    const found = cellsOf(column, groupsOf(withoutColumn(hash, column)).group, target, classes);
    if (found !== null) return found;
  }
  return null;
}

function countsCases({ type, values }: NumberColumn): boolean {
  return type === "number" && values.every((value) => Number.isInteger(value) && value >= 0) && new Set(values).size > 2;
}

function cellsOf({ name, values }: NumberColumn, group: Int32Array, target: Float64Array, classes: number): TableOfCounts | null {
  const cells = new Set(group.map((kinds, row) => kinds * classes + (target[row] ?? 0)));
  if (cells.size < group.length) return null;
  const held = new Map<number, number>();
  for (const kinds of group) held.set(kinds, (held.get(kinds) ?? 0) + 1);
  const full = [...held.values()].filter((count) => count === classes).length;
  if (held.size < LEAST_KINDS || full < FULL * held.size) return null;
  return { column: name, kinds: held.size, full, cases: values.reduce((sum, count) => sum + count, 0) };
}
