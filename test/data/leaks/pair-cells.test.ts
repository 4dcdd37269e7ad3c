import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { pairCells } from "../../../src/data/leaks/pair-cells.ts";
import { contextOf, inspect, numbers, tableOf } from "../table.ts";

const ROWS = 500;
const random = createRandom(6, "pair cells");
const [a, b, c] = [0, 1, 2].map(() => numbers(ROWS, () => random.integer(2))) as [number[], number[], number[]];
const colour = a.map(() => ["red", "green", "blue"][random.integer(3)] ?? "");

function tableWith(label: (row: number) => boolean) {
  return tableOf([
    ["a", a],
    ["b", b],
    ["c", c],
    ["colour", colour],
    ["y", a.map((_, row) => (label(row) ? "yes" : "no"))],
  ]);
}

test("one or the other but not both is told, with a few errors too", async () => {
  const either = tableWith((row) => (a[row] !== b[row]) === random.next() < 0.95);
  expect(await inspect(combinationLeak, either, "y")).toMatchObject([
    { columns: ["a", "b"], severity: "blocker", evidence: { operation: "cells" } },
  ]);
});

test("a gap is a value, and classes may be three", async () => {
  const names = a.map((value) => (value === 1 ? "set" : null));
  const table = tableOf([
    ["a", names],
    ["b", b],
    ["c", c],
    ["y", a.map((value, row) => (value !== b[row] ? "x" : random.next() < 0.5 ? "y" : "z"))],
  ]);
  expect(await pairCells(contextOf(table, "y"))).toMatchObject([{ columns: ["a", "b"] }]);
});

test("columns that act together honestly, apart, or not at all are silent", async () => {
  const risk = (row: number) => 0.2 + 0.2 * (a[row] ?? 0) + 0.1 * (b[row] ?? 0) + 0.3 * (a[row] ?? 0) * (b[row] ?? 0);
  const tables = [
    tableWith((row) => random.next() < risk(row)),
    tableWith((row) => (a[row] ?? 0) + (b[row] ?? 0) > 1),
    tableWith(() => random.next() < 0.3),
  ];
  for (const table of tables) expect(await pairCells(contextOf(table, "y"))).toEqual([]);
});
