import { columnOf } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { rowOrderOf } from "../columns/row-order.ts";
import { momentsOf } from "../meaning/unix-times.ts";
import { panelOf } from "./panel.ts";

/** The rows of one thing, the earliest first. */
export interface ThingInTime {
  readonly name: string;
  readonly rows: readonly number[];
}

/** Things that are each looked at again and again: one series of rows for each. */
export interface ThingsInTime {
  /** The column that names them; null: all rows are one series. */
  readonly unit: string | null;
  readonly time: string;
  /** Milliseconds since 1970 of each row. */
  readonly moments: Float64Array;
  readonly things: readonly ThingInTime[];
}

/** Rows that have their time alone, where they are one series. */
const OWN = 0.98;

/** null where rows share their times and no column names things that have one row at a time, and of a sample, in which rows are no neighbours. Once per audit. */
export function thingsInTime(context: AuditContext): ThingsInTime | null {
  return context.shared("things in time", () => {
    const { frame } = context;
    const { by } = rowOrderOf(context);
    const moments = by === null || frame.rowNumbers !== null ? null : momentsOf(columnOf(frame, by));
    const panel = by === null || moments === null ? null : panelOf(context, by);
    if (by === null || moments === null) return null;
    if (panel === null) {
      const rows = [...moments.keys()].filter((row) => !Number.isNaN(moments[row]));
      if (new Set(rows.map((row) => moments[row])).size < OWN * rows.length) return null;
      return { unit: null, time: by, moments, things: [{ name: "", rows: inTime(rows, moments) }] };
    }
    const unit = columnOf(frame, panel.unit);
    const rowsOf = new Map<number, number[]>();
    for (let row = 0; row < frame.rows; row++) {
      const value = valueAt(unit, row);
      if (Number.isNaN(value) || Number.isNaN(moments[row])) continue;
      const own = rowsOf.get(value) ?? [];
      if (own.length === 0) rowsOf.set(value, own);
      own.push(row);
    }
    const nameOf = (value: number) => ("codes" in unit ? (unit.levels[value] ?? "") : String(value));
    const things = [...rowsOf].map(([value, rows]) => ({ name: nameOf(value), rows: once(inTime(rows, moments), moments) }));
    return { unit: panel.unit, time: by, moments, things };
  });
}

/** An hour that was written twice is no second look at the thing. */
function once(rows: readonly number[], moments: Float64Array): readonly number[] {
  return rows.filter((row, place) => place === 0 || moments[row] !== moments[rows[place - 1] ?? row]);
}

function inTime(rows: readonly number[], moments: Float64Array): readonly number[] {
  return rows.toSorted((a, b) => (moments[a] ?? 0) - (moments[b] ?? 0));
}
