import { type Cells, cells, coin } from "./context.ts";

export const ROWS = 600;

export function measured(rows = ROWS): Record<string, Cells> {
  return {
    a: cells(rows, 3, "a", (random) => Math.round(10 * random.normal()) / 10),
    b: cells(rows, 3, "b", (random) => Math.round(10 * random.normal()) / 10),
    c: cells(rows, 3, "c", (random) => Math.round(100 * random.normal()) / 10),
    d: cells(rows, 3, "d", (random) => ["red", "green", "blue"][random.integer(3)]!),
    y: coin(rows),
  };
}

/** The table with the first `copied` rows once more at its end. */
export function withCopies(columns: Record<string, Cells>, copied: number): Record<string, Cells> {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, [...column, ...column.slice(0, copied)]]));
}

/** Few different rows are possible: many are equal by chance. */
export function coarse(rows = ROWS): Record<string, Cells> {
  const flag = (label: string) => cells(rows, 5, label, (random) => (random.next() < 0.3 ? 1 : 0));
  return { a: flag("a"), b: flag("b"), c: flag("c"), d: flag("d"), e: cells(rows, 5, "e", (random) => random.integer(5)), y: coin(rows) };
}
