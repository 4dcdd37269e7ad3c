import { type Column, columnOf } from "../../core/column.ts";
import { float64From } from "../../core/typed-from.ts";
import { autocorrelation, chiSquareUpperTail, labelPersistence, normalCdf, normalQuantile, ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { rowOrderOf } from "../columns/row-order.ts";
import { panelOf } from "./panel.ts";
import { timeOfRows } from "./row-times.ts";

/** Labels along the time within each thing of a panel. */
export interface WithinSeries {
  readonly unit: string;
  /** The time along which the labels were looked at. */
  readonly by: string;
  /** As surely as z of one series: of all of them together, of which some may go otherwise (Fisher's combination of one-sided p). */
  readonly z: number;
}

/** Rows below which a series says nothing of its neighbours. */
const LEAST_ROWS = 4;
/** Below this a chance is none. */
const LEAST_P = 1e-300;

/**
 * By the column that orders the rows, else by one that says when each was (the year of a panel). Where each time stands once for each of several things, the next row by time is that of another thing: whether labels last is seen within the series. null where
 * the rows are no such table.
 */
export function persistenceWithinSeries(context: AuditContext): WithinSeries | null {
  const order = rowOrderOf(context);
  const by = order.by ?? timeOfRows(context);
  const panel = by === null ? null : panelOf(context, by);
  if (by === null || panel === null) return null;
  const rows = order.by === null ? inTime(context, columnOf(context.frame, by)) : order.rows;
  const unit = columnOf(context.frame, panel.unit);
  const series = new Map<number, number[]>();
  for (const row of rows) {
    const own = series.get(valueAt(unit, row)) ?? [];
    if (own.length === 0) series.set(valueAt(unit, row), own);
    own.push(context.target[row] ?? Number.NaN);
  }
  const tails = [...series.values()].flatMap((labels) => {
    if (labels.length < LEAST_ROWS) return [];
    const values = float64From(labels, (label) => label);
    const { z } = context.task.kind === "regression" ? autocorrelation(ranks(values)) : labelPersistence(values);
    return [normalCdf(-z)];
  });
  if (tails.length === 0) return null;
  const surprise = -2 * tails.reduce((sum, p) => sum + Math.log(Math.max(p, LEAST_P)), 0);
  return { unit: panel.unit, by, z: -normalQuantile(Math.max(chiSquareUpperTail(surprise, 2 * tails.length), LEAST_P)) };
}

/** The labelled rows, the earliest first. */
function inTime({ target }: AuditContext, time: Column): readonly number[] {
  const known = [...target.keys()].filter((row) => !Number.isNaN((target[row] ?? Number.NaN) + valueAt(time, row)));
  return known.sort((a, b) => valueAt(time, a) - valueAt(time, b));
}
