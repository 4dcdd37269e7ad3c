import type { Column } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { factsOf, valueAt } from "../columns/column-facts.ts";
import { amount } from "../findings/phrase.ts";

/** Things of which nearly all rows are among some rows. */
export interface FewThings {
  readonly column: string;
  readonly names: readonly string[];
}

/** Rows from which something is said of what they are of, rows of each thing among them on average, and the share of a thing's rows that are among them. */
const [LEAST_ROWS, EACH, NEARLY_ALL] = [5, 3, 0.8];
/** Fewer names are kinds; of more, one person among thousands who answered the same nine times may have slipped once: what a thing is like differs from row to row. */
const [LEAST_NAMES, MANY_NAMES] = [8, 500];

/**
 * of: the columns whose values make the rows stand out. Another column that names one or a few things of which nearly all rows are among these (the years of one city, the flights to one island): the thing is otherwise than the others, or its
 * rows are in another unit, and nobody slipped in one. A number that is largest or smallest there is the same amount once more, and names nothing, as do bands of the same number.
 */
export function fewThings({ frame, roles }: AuditContext, of: readonly Column[], isAmong: (row: number) => boolean): FewThings | null {
  const rows: number[] = [];
  for (let row = 0; row < frame.rows; row++) if (isAmong(row)) rows.push(row);
  if (rows.length < LEAST_ROWS) return null;
  for (const column of frame.columns) {
    if (of.includes(column) || column.name === roles.target || column.type === "date") continue;
    const { distinct, integer } = factsOf(column, frame.rows);
    if (distinct < LEAST_NAMES || !("codes" in column || integer)) continue;
    const things = new Set(rows.map((row) => valueAt(column, row)));
    if (things.size * EACH > rows.length || [...things].some(Number.isNaN)) continue;
    if (distinct > MANY_NAMES && of.every((one) => new Set(rows.map((row) => valueAt(one, row))).size < EACH * things.size)) continue;
    if (rows.length < NEARLY_ALL * rowsOf(column, things, frame.rows) || reachesEnd(column, things)) continue;
    if (!of.some((one) => areBands(column, one, frame.rows)))
      return { column: column.name, names: [...things].map((thing) => nameOf(column, thing)) };
  }
  return null;
}

function nameOf(column: Column, thing: number): string {
  return "codes" in column ? (column.levels[thing] ?? "") : amount(thing);
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

/** Of the steps between names that chance leads to, in the order of the number, those beyond one for each name: so few are bands with slips. */
const SLIPS = 0.05;

/** Whether each name holds about one stretch of the number. */
function areBands(column: Column, of: Column, all: number): boolean {
  const rows = Array.from({ length: all }, (_, row) => row)
    .filter((row) => !Number.isNaN(valueAt(column, row)) && !Number.isNaN(valueAt(of, row)))
    .sort((a, b) => valueAt(of, a) - valueAt(of, b));
  const counts = new Map<number, number>();
  let steps = 0;
  rows.forEach((row, i) => {
    const name = valueAt(column, row);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (i > 0 && name !== valueAt(column, rows[i - 1] ?? row)) steps++;
  });
  const byChance = rows.length - [...counts.values()].reduce((sum, count) => sum + count * (count / rows.length), 0);
  const least = counts.size - 1;
  return byChance > least && steps - least <= SLIPS * (byChance - least);
}
