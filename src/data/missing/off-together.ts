import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
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
  const zeros = int32Where(placesUpTo(column.values.length), (row) => column.values[row] === 0);
  const low = numberFeatures(context).filter((other) => other !== column && isLowWhereZero(column, zeros, other));
  return low.length < LEAST_COLUMNS ? null : low.map(({ name }) => name);
}

/** Most columns are told after a glance: their values in the rows of zeros alone are sorted, and the others are counted until too many of them are as low. */
function isLowWhereZero({ values }: NumberColumn, zeros: Int32Array, other: NumberColumn): boolean {
  const off = float64From(zeros, (row) => other.values[row] as number)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const different = off.reduce((count, value, place) => count + Number(place === 0 || value !== off[place - 1]), 0);
  if (different < LEAST_DIFFERENT || off.length < PRESENT * zeros.length) return false;
  const highest = quantileOfSorted(off, 1 - TAIL);
  const most = TAIL * (values.length - zeros.length);
  let [on, asLow] = [0, 0];
  for (let row = 0; row < values.length && asLow <= most; row++) {
    const value = other.values[row] as number;
    if (values[row] === 0 || Number.isNaN(values[row]) || Number.isNaN(value)) continue;
    on++;
    asLow += Number(value <= highest);
  }
  return on > 0 && asLow <= TAIL * on;
}
