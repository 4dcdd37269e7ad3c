import { quantileOfSorted } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { numberFeatures } from "../columns/features.ts";

/** Nineteen in twenty rows of zeros lie below nineteen in twenty of the others. */
const TAIL = 0.05;
/** Columns that have to say so, and different values of each among the rows of zeros: it was measured there. */
const [LEAST_COLUMNS, LEAST_DIFFERENT] = [2, 5];
/** Rows of zeros in which another column has a value. */
const PRESENT = 0.9;

/**
 * Other columns that were measured where `column` is 0, and are low there: a pump that stands does not shake and is cold. There the 0
 * is true. Null where fewer than two say so.
 */
export function offTogether(context: AuditContext, column: NumberColumn): readonly string[] | null {
  const low = numberFeatures(context).filter((other) => other !== column && isLowWhereZero(column, other));
  return low.length < LEAST_COLUMNS ? null : low.map(({ name }) => name);
}

function isLowWhereZero({ values }: NumberColumn, other: NumberColumn): boolean {
  const isZero = (row: number) => values[row] === 0;
  const off = other.values.filter((value, row) => isZero(row) && !Number.isNaN(value)).sort();
  if (new Set(off).size < LEAST_DIFFERENT || off.length < PRESENT * values.filter((value) => value === 0).length) return false;
  const on = other.values.filter((value, row) => !isZero(row) && !Number.isNaN(values[row]) && !Number.isNaN(value)).sort();
  return on.length > 0 && quantileOfSorted(off, 1 - TAIL) < quantileOfSorted(on, TAIL);
}
