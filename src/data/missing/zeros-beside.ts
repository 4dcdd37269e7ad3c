import type { AuditContext } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { LIKELY } from "../harm/ground.ts";
import type { SentinelCode } from "./sentinels.ts";

/** Rows at 0, different values, and rows at 0 for each row at the next value: it stands out, though not apart. */
const [LEAST_ROWS, LEAST_DISTINCT, SPIKE] = [20, 5, 5];
/** Of the rows at 0, and of those in which the other column is not known, so many are both. */
const BOTH = 0.5;
/** It may be true in the rest of them: asked. */
const CONFIDENCE = 0.45;

/**
 * A heap at 0 most of whose rows hold a code for "no value" in another column, and most rows of that code with it: what is not known of somebody is not known of him elsewhere. The 0 of a flag or of a
 * count has most of its rows where the other is known.
 */
export function zerosBeside(
  context: AuditContext,
  columns: readonly NumberColumn[],
  known: readonly SentinelCode[],
): readonly SentinelCode[] {
  const sure = known.filter(({ values, confidence }) => values.includes(0) && confidence >= LIKELY);
  if (sure.length === 0) return [];
  const told = new Set(known.map(({ column }) => column.name));
  return columns.flatMap((column): SentinelCode[] => {
    const { values, counts, present } = valueCounts(context, column);
    const [rows, next] = [counts[0] ?? 0, counts[1] ?? 0];
    const isHeap = values[0] === 0 && values.length >= LEAST_DISTINCT && rows >= LEAST_ROWS && rows >= SPIKE * next;
    if (column.type !== "number" || told.has(column.name) || !isHeap || 2 * rows > present) return [];
    const beside = sure.find((code) => {
      let both = 0;
      for (let row = 0; row < column.values.length; row++) if (column.values[row] === 0 && code.column.values[row] === 0) both++;
      return both >= BOTH * Math.max(rows, code.rows);
    });
    if (beside === undefined) return [];
    const rest = { low: values[1] ?? 0, high: values.at(-1) ?? 0 };
    return [{ column, values: [0], rows, present, confidence: CONFIDENCE, rest, evidence: { besideColumn: beside.column.name } }];
  });
}
