import type { Frame } from "../../core/column.ts";
import type { AffectedRows } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import { amount } from "./phrase.ts";

const SAMPLE = 10;

export type Counted = Pick<AuditContext, "dataset" | "frame">;

export const NO_ROWS: AffectedRows = { count: 0, sample: [] };

/** Counts the frame rows for which `affected` holds; scaled up when the frame is a sample. */
export function affectedRows({ frame, dataset }: Counted, affected: (row: number) => boolean): AffectedRows {
  return affectedOf(frame, { rows: frame.rows, of: dataset.rows }, affected);
}

/** The same of test rows alone: of a sample they are scaled up to all rows of the test set, and are no more than these. */
export function affectedTestRows(
  { frame, dataset, testRows, training }: Pick<AuditContext, "dataset" | "frame" | "testRows" | "training">,
  affected: (row: number) => boolean,
): AffectedRows {
  return affectedOf(frame, { rows: testRows?.length ?? 0, of: dataset.rows - (training?.dataset.rows ?? 0) }, affected);
}

/** Scaled up from `rows` of the frame to `of` in all. */
export function affectedOf(
  frame: Frame,
  { rows, of }: { readonly rows: number; readonly of: number },
  affected: (row: number) => boolean,
): AffectedRows {
  const sample: number[] = [];
  let count = 0;
  for (let row = 0; row < frame.rows; row++) {
    if (!affected(row)) continue;
    count++;
    if (sample.length < SAMPLE) sample.push(frame.rowNumbers?.[row] ?? row);
  }
  if (frame.rowNumbers === null || rows === 0) return { count, sample };
  return { count: Math.round((count * of) / rows), sample, estimated: { rows, of } };
}

/** What the numbers of rows in a finding's sentence are of, where they are no count over all; with a blank before. */
export function countedIn({ count, estimated }: AffectedRows): string {
  return estimated === undefined || count === 0 ? "" : inSample(estimated, `about ${amount(count)}`);
}

/** That figures are of a sample, and how many rows it is in all; with a blank before. */
export function inSample({ rows, of }: { readonly rows: number; readonly of: number }, inAll: string): string {
  return ` Counted in a sample of ${amount(rows)} of the ${amount(of)} rows; ${inAll} in all.`;
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
