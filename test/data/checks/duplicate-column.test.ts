import { expect, test } from "vitest";
import { duplicateColumn } from "../../../src/data/checks/duplicate-column.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 400;

const given = (columns: Record<string, Cells>, dates: string[] = []) =>
  contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y", dates });

const make = <T>(label: string, one: (random: { next(): number; normal(): number; integer(n: number): number }, row: number) => T) =>
  cells(ROWS, 11, label, one);

test("equal columns, and columns that say the same in other words", async () => {
  const a = make("a", (random) => random.normal());
  const level = make("l", (random) => random.integer(5));
  const name = level.map((value) => ["none", "basic", "school", "college", "doctor"][value]!);
  const found = await duplicateColumn.inspect(given({ a, b: a, level, name, other: make("o", (random) => random.integer(5)) }));
  expect(found.map(({ columns, evidence }) => [columns, evidence.sameCells])).toEqual([
    [["a", "b"], true],
    [["level", "name"], false],
  ]);
});

test("measurements that stay the same within an entity are no copies of each other", async () => {
  const patient = make("p", (_random, row) => row % 100);
  const [height, weight] = ["h", "w"].map((label) => {
    const ofPatient = cells(100, 5, label, (random) => 100 + 20 * random.normal());
    return patient.map((id) => ofPatient[id]!);
  });
  const id = patient.map((value) => `patient ${value}`);
  expect(await duplicateColumn.inspect(given({ id, height: height!, weight: weight! }))).toEqual([]);
});

test("one number in another unit is a copy", async () => {
  const celsius = make("c", (random) => random.integer(40));
  const found = await duplicateColumn.inspect(given({ celsius, fahrenheit: celsius.map((value) => 1.8 * value + 32) }));
  expect(found.map(({ columns }) => columns)).toEqual([["celsius", "fahrenheit"]]);
});

test("rare flags that agree by chance among many columns are no duplicates", async () => {
  const columns = Object.fromEntries(
    Array.from({ length: 500 }, (_, i) => [`f${i}`, cells(100, i, "f", (_random, row) => (row === (i * 7919) % 100 ? 1 : 0))]),
  );
  expect(await duplicateColumn.inspect(contextOf({ columns: { ...columns, y: coin(100) }, target: "y" }))).toEqual([]);
});
