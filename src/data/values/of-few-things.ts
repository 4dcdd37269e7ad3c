import type { Column } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { factsOf, valueAt } from "../columns/column-facts.ts";

/** Rows from which something is said of what they are of, rows of each thing among them on average, and the share of a thing's rows that are among them. */
const [LEAST_ROWS, EACH, NEARLY_ALL] = [5, 3, 0.8];
/** Fewer names are kinds; one person among thousands who answered the same nine times may have slipped once. */
const [LEAST_NAMES, MOST_NAMES] = [8, 500];

/**
 * Whether another column names one or a few things of which nearly all rows are among these (the years of one city, the flights to one island): the thing is otherwise than the others, and nobody
 * slipped. A number that is largest or smallest there is the same amount once more, and names nothing.
 */
export function areOfFewThings({ frame, roles }: AuditContext, name: string, isAmong: (row: number) => boolean): boolean {
  const rows: number[] = [];
  for (let row = 0; row < frame.rows; row++) if (isAmong(row)) rows.push(row);
  if (rows.length < LEAST_ROWS) return false;
  return frame.columns.some((column) => {
    if (column.name === name || column.name === roles.target || column.type === "date") return false;
    const { distinct, integer } = factsOf(column, frame.rows);
    if (distinct < LEAST_NAMES || distinct > MOST_NAMES || !("codes" in column || integer)) return false;
    const things = new Set(rows.map((row) => valueAt(column, row)));
    if (things.size * EACH > rows.length || [...things].some(Number.isNaN)) return false;
    return rows.length >= NEARLY_ALL * rowsOf(column, things, frame.rows) && !reachesEnd(column, things);
  });
}

function rowsOf(column: Column, things: ReadonlySet<number>, rows: number): number {
  let held = 0;
  for (let row = 0; row < rows; row++) held += Number(things.has(valueAt(column, row)));
  return held;
}

function reachesEnd(column: Column, things: ReadonlySet<number>): boolean {
  if (!("values" in column)) return false;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of column.values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return things.has(low) || things.has(high);
}
