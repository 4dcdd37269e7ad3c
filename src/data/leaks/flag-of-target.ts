import type { Column } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";

/** A column of two values that says exactly where the target has its smallest value: whether there was work, beside the hours of it. Or an amount that is at its own smallest value exactly there: the pay of those hours. */
export interface FlagOfTarget {
  readonly smallest: number;
  /** Labelled rows at the smallest value, and above it. */
  readonly at: number;
  readonly above: number;
}

/** Of each side. */
const LEAST_ROWS = 20;

/** Null unless one value, of an amount its smallest, stands in all rows at the target's smallest value and in no other row. Only for numbers. */
export function flagOfTarget({ task, target }: AuditContext, column: Column): FlagOfTarget | null {
  if (task.kind !== "regression") return null;
  const rows = Array.from(target.keys()).filter((row) => !Number.isNaN(target[row]));
  const smallest = rows.reduce((least, row) => Math.min(least, target[row] ?? least), Number.POSITIVE_INFINITY);
  return ofTwoValues(target, column, rows, smallest) ?? (column.type === "number" ? ofAmount(target, column.values, rows, smallest) : null);
}

function ofTwoValues(target: Float64Array, column: Column, rows: readonly number[], smallest: number): FlagOfTarget | null {
  const sides = new Map<number, boolean>();
  let at = 0;
  for (const row of rows) {
    const value = valueAt(column, row);
    const isAt = target[row] === smallest;
    // A missing cell says nothing of its side, so the flag is not exact.
    if (Number.isNaN(value) || (sides.get(value) ?? isAt) !== isAt) return null;
    sides.set(value, isAt);
    if (sides.size > 2) return null;
    at += Number(isAt);
  }
  return sides.size === 2 ? sidesOf(smallest, at, rows.length - at) : null;
}

function ofAmount(target: Float64Array, values: Float64Array, rows: readonly number[], smallest: number): FlagOfTarget | null {
  const least = rows.reduce((found, row) => Math.min(found, values[row] ?? found), Number.POSITIVE_INFINITY);
  let at = 0;
  for (const row of rows) {
    const isAt = target[row] === smallest;
    if ((values[row] === least) !== isAt) return null;
    at += Number(isAt);
  }
  return sidesOf(smallest, at, rows.length - at);
}

function sidesOf(smallest: number, at: number, above: number): FlagOfTarget | null {
  return at >= LEAST_ROWS && above >= LEAST_ROWS ? { smallest, at, above } : null;
}
