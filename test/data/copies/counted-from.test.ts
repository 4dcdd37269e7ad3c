import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { countedFrom } from "../../../src/data/copies/counted-from.ts";

const ROWS = 200;
const random = createRandom(2, "counted from");
const column = (name: string, of: (row: number) => number, rows = ROWS) =>
  ({ name, type: "number", values: Float64Array.from({ length: rows }, (_, row) => of(row)) }) as const;
const started = column("started", () => 14_000 + random.integer(1500));
const since = (row: number) => (started.values[row] ?? 0) - 13_990;
const found = (of: (row: number) => number, rows = ROWS) =>
  countedFrom([started], [column("number", of, rows)]).map(({ unit, date, held, compared }) => [unit, date, held, compared]);

test.each<[string, (row: number) => number, string]>([
  ["days", since, "days"],
  ["weeks begun", (row) => 1 + Math.floor(since(row) / 7), "weeks"],
  ["months", (row) => Math.floor(since(row) / 30.4375), "months"],
])("%s of a date", (_, of, unit) => {
  expect(found(of)).toEqual([[unit, "started", ROWS, ROWS]]);
  expect(found((row) => (row < 2 ? 500 : of(row)))).toEqual([[unit, "started", ROWS - 2, ROWS]]);
});

test("silent: more than one row in a hundred otherwise, another number, few units, few rows", () => {
  const weeks = (row: number) => Math.floor(since(row) / 7);
  expect(found((row) => (row < 3 ? 500 : weeks(row)))).toEqual([]);
  expect(found((row) => weeks(row) + (row % 3))).toEqual([]);
  expect(found(() => random.integer(100))).toEqual([]);
  const months = (row: number) => Math.floor(since(row) / 30.4375);
  const below = (most: number) => found((row) => (months(row) < most ? months(row) : Number.NaN));
  expect(below(20)).toEqual([]);
  expect(below(21)).toHaveLength(1);
  expect(found(weeks, 29)).toEqual([]);
  expect(found(weeks, 30)).toHaveLength(1);
});
