import { float64From, int32Where } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import type { Cloud } from "./segments.ts";

const MOST_COLUMNS = 20;
/** Half of the values are different: measurements, not counts. */
export const MEASURED = 0.5;

/** Features of many values in units of their standard deviation, on the given rows in which all of them are present. */
export interface PlacedCloud extends Cloud {
  readonly columns: readonly NumberColumn[];
  /** Standard deviation of each column. */
  readonly deviations: Float64Array;
  /** Frame row of each point. */
  readonly places: Int32Array;
}

/** Number features with at least `share` different values of those present (and `least`), the most different first, twenty at most; gaps in less than a tenth. */
export function continuousFeatures(context: AuditContext, share: number, least = 50): readonly NumberColumn[] {
  const { rows } = context.dataset;
  return numberFeatures(context)
    .map((column) => ({ column, info: infoOf(context, column.name) }))
    .filter(({ info }) => info.missing <= 0.1 * rows && info.distinct >= Math.max(least, share * (rows - info.missing)))
    .sort((a, b) => b.info.distinct - a.info.distinct || (a.column.name < b.column.name ? -1 : 1))
    .slice(0, MOST_COLUMNS)
    .map(({ column }) => column);
}

export function cloudOf(columns: readonly NumberColumn[], rows: Int32Array): PlacedCloud {
  const places = columns.reduce((kept, { values }) => int32Where(kept, (row) => Number.isFinite(values[row])), rows);
  const width = columns.length;
  const values = new Float64Array(places.length * width);
  const deviations = float64From(columns, (column, i) => {
    const own = float64From(places, (row) => column.values[row] ?? 0);
    const mean = sumOf(own) / Math.max(1, own.length);
    const deviation = Math.sqrt(squaresFrom(own, mean) / Math.max(1, own.length)) || 1;
    for (let place = 0; place < own.length; place++) values[place * width + i] = ((own[place] as number) - mean) / deviation;
    return deviation;
  });
  return { width, values, rows: places.length, columns, deviations, places };
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum;
}

function squaresFrom(values: Float64Array, middle: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += ((values[i] as number) - middle) ** 2;
  return sum;
}
