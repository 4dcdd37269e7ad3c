import { createRandom } from "../../../src/core/random.ts";
import type { TrapId } from "../../../src/core/trap.ts";
import { cleanTable } from "../clean.ts";
import { PLANTS } from "../plants/index.ts";
import { cellsOf, outcomeOf, type Table } from "../table.ts";

export const ROWS = 1200;

/** A table with one trap at full strength, as it was before and as it is. */
export interface Seen {
  readonly before: Table;
  readonly table: Table;
  /** Of the plant. */
  readonly columns: readonly string[];
}

/** The first seeded table of the task that the trap can be planted in; of several plants of a trap the one that fits `wanted`. */
export function planted(trap: TrapId, task: Table["task"], wanted: (seen: Seen) => boolean = () => true): Seen {
  for (let seed = 1; seed < 60; seed++)
    for (const plant of PLANTS.filter((one) => one.trap === trap)) {
      const before = cleanTable(seed, ROWS, task);
      const made = plant.plant(before, createRandom(seed, `plant ${trap}`), 1);
      const seen = made === null ? null : { before, table: made.table, columns: made.columns };
      if (seen !== null && wanted(seen)) return seen;
    }
  throw new Error(`${trap} cannot be planted in a table for ${task}`);
}

export function numbersOf(table: Pick<Table, "columns">, name: string): number[] {
  return cellsOf(table, name).map((cell) => (cell === "" ? Number.NaN : Number(cell)));
}

/** The test rows of a table as one of its own. */
export function testOf(table: Table): Table {
  return { ...table, columns: table.test ?? new Map() };
}

/** Of rows, by what they are: how many, and the mean outcome (share of the class that means yes, or rank). */
export function byKey(table: Table, key: (row: number) => string): Map<string, { rows: number; outcome: number }> {
  const outcome = outcomeOf(table);
  const groups = new Map<string, { rows: number; outcome: number }>();
  for (const [row, one] of outcome.entries()) {
    const group = groups.get(key(row)) ?? { rows: 0, outcome: 0 };
    groups.set(key(row), { rows: group.rows + 1, outcome: group.outcome + one });
  }
  return new Map([...groups].map(([name, { rows, outcome: sum }]) => [name, { rows, outcome: sum / rows }]));
}

/** Some columns of some rows, with the header. */
export function some(table: Table, columns: readonly string[], rows: readonly number[]): string[][] {
  return [[...columns], ...rows.map((row) => columns.map((name) => cellsOf(table, name)[row] ?? ""))];
}
