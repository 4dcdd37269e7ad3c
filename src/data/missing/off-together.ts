import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { quantileOfSorted } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { numberFeatures } from "../columns/features.ts";

/** Nineteen in twenty rows of zeros lie below, or above, nineteen in twenty of the others. */
const TAIL = 0.05;
/** Columns that have to say so, and different values of one of them at least among the rows of zeros: it was measured there. */
const [LEAST_COLUMNS, LEAST_DIFFERENT] = [2, 5];
/** Rows of zeros in which another column has a value. */
const PRESENT = 0.9;

/**
 * Columns that have other values where `column` is 0: a pump that stands does not shake and is cold, a rotor stands where the wind is weak, and gives no current. There the 0 is true. Null where fewer
 * than two say so, or all are 0 there too, as of a logger that failed; but the outcome of what stands may be 0 as well.
 */
export function offTogether(context: AuditContext, column: NumberColumn): readonly string[] | null {
  const zeros = int32Where(placesUpTo(column.values.length), (row) => column.values[row] === 0);
  const { task, roles, target } = context;
  if (task.kind === "regression" && wayWhereZero(column, zeros, target) !== null) return [roles.target];
  const ways = numberFeatures(context).flatMap((other) => {
    const way = other === column ? null : wayWhereZero(column, zeros, other.values);
    return way === null ? [] : [{ name: other.name, way }];
  });
  const isMeasured = ways.some(({ way }) => way === "measured");
  return !isMeasured || ways.length < LEAST_COLUMNS ? null : ways.map(({ name }) => name);
}

/** How other values lie apart in the rows of zeros. Most are told after a glance: those in these rows alone are sorted, and the rest is counted until too many are as low and as high. */
function wayWhereZero({ values }: NumberColumn, zeros: Int32Array, others: Float64Array): "measured" | "zero" | null {
  const off = float64From(zeros, (row) => others[row] as number)
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (off.length < PRESENT * zeros.length) return null;
  const [lowest, highest] = [quantileOfSorted(off, TAIL), quantileOfSorted(off, 1 - TAIL)];
  const different = off.reduce((count, value, place) => count + Number(place === 0 || value !== off[place - 1]), 0);
  const way = different >= LEAST_DIFFERENT ? "measured" : lowest === 0 && highest === 0 ? "zero" : null;
  if (way === null) return null;
  const most = TAIL * (values.length - zeros.length);
  let [on, asLow, asHigh] = [0, 0, 0];
  for (let row = 0; row < values.length && Math.min(asLow, asHigh) <= most; row++) {
    const value = others[row] as number;
    if (values[row] === 0 || Number.isNaN(values[row]) || Number.isNaN(value)) continue;
    on++;
    asLow += Number(value <= highest);
    asHigh += Number(value >= lowest);
  }
  return on > 0 && Math.min(asLow, asHigh) <= TAIL * on ? way : null;
}
