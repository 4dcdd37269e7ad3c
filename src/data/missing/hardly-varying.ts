import { type Column, isMissing } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { levelCounts, valueCounts } from "../columns/counts.ts";
import { nullLevels, ONE_OTHER } from "./null-levels.ts";

/** A column with one value in nearly all rows that say anything. */
export interface HardlyVarying {
  readonly column: Column;
  /** As it is written. */
  readonly value: string;
  /** Rows with this value, and those that say anything: empty cells and words for "not known" do not. */
  readonly rows: number;
  readonly held: number;
}

/** Rows of all other values together that are too few to learn from, and how many times as many hold the one value (the near-zero variance of Kuhn 2008). */
const [FEW_OTHERS, TIMES, LEAST_HELD] = [10, 19, 40];
/** Where more rows than that hold others, they are enough to learn from. */
const TOP_SHARE = 0.999;

/** null where others are in too many rows. Of a sample only shares are told: a few rows in it are many in the whole. */
export function hardlyVarying(context: AuditContext, column: Column): HardlyVarying | null {
  // A word that may be a state of the thing is a value until it is answered.
  const words = new Set(
    nullLevels(context).flatMap((one) => (one.column.name === column.name && one.confidence >= ONE_OTHER ? [one.code] : [])),
  );
  const values = "values" in column ? valueCounts(context, column) : null;
  const counts = values?.counts ?? ("codes" in column ? levelCounts(context, column) : []);
  let [held, top] = [0, -1];
  for (let place = 0; place < counts.length; place++) {
    if (words.has(place)) continue;
    const count = counts[place] ?? 0;
    held += count;
    if (count > (counts[top] ?? 0)) top = place;
  }
  const rows = counts[top] ?? 0;
  const others = held - rows;
  const isFew = others < FEW_OTHERS && rows >= TIMES * others && context.frame.rowNumbers === null;
  if (held < LEAST_HELD || !(rows >= TOP_SHARE * held || isFew)) return null;
  const value = values === null ? ("levels" in column ? (column.levels[top] ?? "") : "") : (values.values[top] ?? Number.NaN);
  return { column, value: typeof value === "number" ? String(value) : value, rows, held };
}

/** Whether a row says something else than the one value, or nothing. */
export function isOther({ column, value }: HardlyVarying): (row: number) => boolean {
  const code = "levels" in column ? column.levels.indexOf(value) : Number(value);
  return (row) => !isMissing(column, row) && valueAt(column, row) !== code;
}
