import type { AffectedRows } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import { amount } from "./phrase.ts";

const SAMPLE = 10;

export type Counted = Pick<AuditContext, "dataset" | "frame">;

export const NO_ROWS: AffectedRows = { count: 0, sample: [] };

/** Counts the frame rows for which `affected` holds; scaled up when the frame is a sample. */
export function affectedRows(context: Counted, affected: (row: number) => boolean): AffectedRows {
  const { frame } = context;
  const sample: number[] = [];
  let count = 0;
  for (let row = 0; row < frame.rows; row++) {
    if (!affected(row)) continue;
    count++;
    if (sample.length < SAMPLE) sample.push(frame.rowNumbers?.[row] ?? row);
  }
  const { rows } = frame;
  const estimated = frame.rowNumbers === null ? {} : { estimated: { rows, of: context.dataset.rows } };
  return { count: scaledCount(context, count), sample, ...estimated };
}

/** What the numbers of rows in a finding's sentence are of, where they are no count over all; with a blank before. */
export function countedIn({ count, estimated }: AffectedRows): string {
  if (estimated === undefined || count === 0) return "";
  return ` Counted in a sample of ${amount(estimated.rows)} of the ${amount(estimated.of)} rows; about ${amount(count)} in all.`;
}

/** How many rows of the frame it was, before it was scaled up: what a sentence says that `countedIn` follows. */
export function countInFrame({ count, estimated }: AffectedRows): number {
  return estimated === undefined ? count : Math.round((count * estimated.rows) / estimated.of);
}

/** A count of frame rows as an estimate for the whole table; the count itself when the frame is whole. */
export function scaledCount(context: Counted, count: number): number {
  const { frame, dataset } = context;
  return frame.rowNumbers === null || frame.rows === 0 ? count : Math.round((count * dataset.rows) / frame.rows);
}

/** Rows of the frame as examples of rows that were counted over the whole table. */
export function countedInAll({ sample }: AffectedRows, count: number): AffectedRows {
  return { count, sample };
}
