import { ascendingOrder } from "../../stats/index.ts";
import type { NumberColumn } from "../columns/counts.ts";

/** A column that stands in the order of another wherever it is present, as a logarithm does where there is one. */
export interface PartlyMonotone {
  readonly first: NumberColumn;
  readonly copy: NumberColumn;
  /** Rows in which both are present, and those with the first alone. */
  readonly compared: number;
  readonly without: number;
}

const MOST_COLUMNS = 60;
const PROBES = 64;
const LEAST_ROWS = 50;
/** Of the rows with the first, so many have the copy. */
const LEAST_SHARE = 2 / 3;
/** Different values may fall together where the copy was rounded. */
const MOST_TIES = 0.01;

/** Each copy once, beside the first column that gives it and is none itself. isKnown: pairs that are told already. */
export function partlyMonotone(
  columns: readonly NumberColumn[],
  isKnown: (first: NumberColumn, second: NumberColumn) => boolean,
): readonly PartlyMonotone[] {
  const taken = columns.slice(0, MOST_COLUMNS);
  const found: PartlyMonotone[] = [];
  for (const copy of taken)
    for (const first of taken) {
      if (first === copy || isKnown(first, copy) || found.some((one) => one.copy === first)) continue;
      const step = Math.max(1, Math.floor(copy.values.length / PROBES));
      if (orderedRows(first, copy, step) === null) continue;
      const compared = orderedRows(first, copy, 1);
      const without = first.values.reduce((sum, value, row) => sum + Number(!Number.isNaN(value) && Number.isNaN(copy.values[row])), 0);
      if (compared === null || compared < LEAST_ROWS || compared < LEAST_SHARE * (compared + without)) continue;
      found.push({ first, copy, compared, without });
      break;
    }
  return found;
}

/** Of every `step`th row those with both; null where the order of the first is not that of the copy, or the copy is present without the first. */
function orderedRows(first: NumberColumn, copy: NumberColumn, step: number): number | null {
  const rows: number[] = [];
  for (let row = 0; row < copy.values.length; row += step) {
    if (Number.isNaN(copy.values[row])) continue;
    if (Number.isNaN(first.values[row])) return null;
    rows.push(row);
  }
  const order = ascendingOrder(rows.map((row) => first.values[row] ?? 0));
  let [direction, ties] = [0, 0];
  for (let i = 1; i < order.length; i++) {
    const [before, row] = [rows[order[i - 1] ?? 0] ?? 0, rows[order[i] ?? 0] ?? 0];
    const moved = Math.sign((copy.values[row] ?? 0) - (copy.values[before] ?? 0));
    const same = first.values[row] === first.values[before];
    if (same && moved !== 0) return null;
    if (same) continue;
    if (moved === 0) ties++;
    else if (direction !== 0 && moved !== direction) return null;
    else direction = moved;
  }
  return direction === 0 || ties > MOST_TIES * order.length ? null : order.length;
}
