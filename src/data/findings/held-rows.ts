import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import { infoOf } from "../columns/features.ts";
import { counted, percent } from "./phrase.ts";

/** The rows that hold some numbers of a column, also in words; of a sample they are counted over all rows. */
export interface HeldRows {
  readonly rows: number;
  readonly said: string;
  readonly ofAll: boolean;
}

/** `inFrame`: rows of the frame that hold one, of those that have a value. */
export async function heldRows(
  context: AuditContext,
  column: string,
  values: readonly number[],
  inFrame: { readonly rows: number; readonly present: number },
): Promise<HeldRows> {
  const said = (held: number, of: number) => `${counted(held, "row")} (${percent(held / of)})`;
  const info = infoOf(context, column);
  // An amount written as text, as the target may be, holds no number.
  if (context.frame.rowNumbers === null || info.type !== "number")
    return { rows: inFrame.rows, said: said(inFrame.rows, inFrame.present), ofAll: false };
  const [held] = await context.whole.rowsHolding([[{ column, values }]]);
  const rows = held?.any ?? inFrame.rows;
  return { rows, said: said(rows, context.dataset.rows - info.missing), ofAll: true };
}

/** What was counted over all rows is no figure of the sample. */
export function withHeld(one: Suspicion, { rows, ofAll }: HeldRows): Suspicion {
  return ofAll ? { ...one, rows: { count: rows, sample: one.rows.sample } } : one;
}
