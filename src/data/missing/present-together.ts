import type { Column } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { gapsOf } from "./missing-masks.ts";

/** Of the rows in which one of two columns has a value, both have one in so many. */
const SAME_ROWS = 0.9;
/** Rows that are looked at, and sets that a column is compared with. */
const [LOOKED_AT, MOST_SETS] = [2000, 50];

/** Sets of two columns or more that have values in nearly the same rows: each is compared with the first of the sets before it. For columns that are mostly empty; of others the gaps tell more. */
export function presentTogether(context: AuditContext, columns: readonly Column[]): readonly (readonly Column[])[] {
  const step = Math.max(1, Math.floor(context.frame.rows / LOOKED_AT));
  const sets: { readonly present: ReadonlySet<number>; readonly columns: Column[] }[] = [];
  for (const column of columns) {
    const isGap = gapsOf(context, column);
    const present = new Set<number>();
    for (let row = 0; row < context.frame.rows; row += step) if (!isGap(row)) present.add(row);
    const known = sets.find((set) => areSame(set.present, present));
    if (known !== undefined) known.columns.push(column);
    else if (sets.length < MOST_SETS) sets.push({ present, columns: [column] });
  }
  return sets.flatMap((set) => (set.columns.length < 2 ? [] : [set.columns]));
}

function areSame(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  if (Math.min(a.size, b.size) < SAME_ROWS * Math.max(a.size, b.size) || a.size === 0) return false;
  let both = 0;
  for (const row of a) both += Number(b.has(row));
  return both >= SAME_ROWS * (a.size + b.size - both);
}
