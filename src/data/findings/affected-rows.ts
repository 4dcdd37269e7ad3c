import type { AuditContext } from "../check.ts";

const SAMPLE = 10;

export type Counted = Pick<AuditContext, "dataset" | "frame">;

/** Rows a finding speaks of, as row numbers of the dataset version. `count` is scaled up when the frame is a sample. */
export interface AffectedRows {
  readonly count: number;
  readonly sample: readonly number[];
}

export const NO_ROWS: AffectedRows = { count: 0, sample: [] };

/** Counts the frame rows for which `affected` holds. */
export function affectedRows(context: Counted, affected: (row: number) => boolean): AffectedRows {
  const { frame } = context;
  const sample: number[] = [];
  let count = 0;
  for (let row = 0; row < frame.rows; row++) {
    if (!affected(row)) continue;
    count++;
    if (sample.length < SAMPLE) sample.push(frame.rowNumbers?.[row] ?? row);
  }
  return { count: scaledCount(context, count), sample };
}

/** A count of frame rows as an estimate for the whole table; the count itself when the frame is whole. */
export function scaledCount(context: Counted, count: number): number {
  const { frame, dataset } = context;
  return frame.rowNumbers === null || frame.rows === 0 ? count : Math.round((count * dataset.rows) / frame.rows);
}
