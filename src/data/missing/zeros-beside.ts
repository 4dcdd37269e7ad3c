import { int32Where, placesUpTo } from "../../core/typed-from.ts";
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
/** Rows of a first look at two columns. */
const FIRST_LOOK = 200;

/**
 * A heap at 0 most of whose rows hold a sure 0 for "no value" in another column, and most rows of that with it: what is not known of somebody is not known of him elsewhere. The 0 of a flag or of a
 * count has most of its rows where the other is known. One code for each column.
 */
export function zerosBeside(
  context: AuditContext,
  columns: readonly NumberColumn[],
  known: readonly SentinelCode[],
): readonly SentinelCode[] {
  const sure = known
    .filter(({ column, values, confidence }) => column.type === "number" && values.includes(0) && confidence >= LIKELY)
    .map((code) => ({ code, zeros: zerosOf(code.column) }));
  if (sure.length === 0) return [];
  const told = new Set(known.map(({ column }) => column.name));
  return columns.flatMap((column): SentinelCode[] => {
    const { values, counts, present } = valueCounts(context, column);
    const [rows, next] = [counts[0] ?? 0, counts[1] ?? 0];
    const isHeap = values[0] === 0 && values.length >= LEAST_DISTINCT && rows >= LEAST_ROWS && rows >= SPIKE * next;
    if (column.type !== "number" || told.has(column.name) || !isHeap || 2 * rows > present) return [];
    const beside = sure.find(({ zeros }) => areTogether(column, rows, zeros));
    if (beside === undefined) return [];
    const rest = { low: values[1] ?? 0, high: values.at(-1) ?? 0 };
    return [{ column, values: [0], rows, present, confidence: CONFIDENCE, rest, evidence: { besideColumn: beside.code.column.name } }];
  });
}

function zerosOf({ values }: NumberColumn): Int32Array {
  return int32Where(placesUpTo(values.length), (row) => values[row] === 0);
}

function areTogether({ values }: NumberColumn, rows: number, zeros: Int32Array): boolean {
  const least = BOTH * Math.max(rows, zeros.length);
  if (Math.min(rows, zeros.length) < least) return false;
  const step = Math.max(1, Math.floor(zeros.length / FIRST_LOOK));
  let [looked, held] = [0, 0];
  for (let place = 0; place < zeros.length; place += step) {
    looked++;
    held += Number(values[zeros[place] ?? 0] === 0);
  }
  if (2 * held < BOTH * looked) return false;
  return zeros.reduce((both, row) => both + Number(values[row] === 0), 0) >= least;
}
