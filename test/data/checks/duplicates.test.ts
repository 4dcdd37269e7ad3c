import { expect, test } from "vitest";
import { duplicateRow } from "../../../src/data/checks/duplicate-row.ts";
import { hiddenDuplicate } from "../../../src/data/checks/hidden-duplicate.ts";
import { splitOverlap } from "../../../src/data/checks/split-overlap.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 600;

function measured(rows = ROWS): Record<string, Cells> {
  return {
    a: cells(rows, 3, "a", (random) => Math.round(10 * random.normal()) / 10),
    b: cells(rows, 3, "b", (random) => Math.round(10 * random.normal()) / 10),
    c: cells(rows, 3, "c", (random) => Math.round(100 * random.normal()) / 10),
    d: cells(rows, 3, "d", (random) => ["red", "green", "blue"][random.integer(3)]!),
    y: coin(rows),
  };
}

/** The table with the first `copied` rows once more at its end. */
function withCopies(columns: Record<string, Cells>, copied: number): Record<string, Cells> {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, [...column, ...column.slice(0, copied)]]));
}

/** Few different rows are possible: many are equal by chance. */
function coarse(rows = ROWS): Record<string, Cells> {
  const flag = (label: string) => cells(rows, 5, label, (random) => (random.next() < 0.3 ? 1 : 0));
  return { a: flag("a"), b: flag("b"), c: flag("c"), d: flag("d"), e: cells(rows, 5, "e", (random) => random.integer(5)), y: coin(rows) };
}

test("copied rows are found, counted and priced as a flattering trap", async () => {
  const [found] = await duplicateRow.inspect(contextOf({ columns: withCopies(measured(), 90), target: "y" }));
  expect(found).toMatchObject({ rows: { count: 90 }, severity: "blocker", counterfactual: { change: "steps", flatters: true } });
  expect(found!.confidence).toBeGreaterThan(0.9);
  expect(found!.rows.sample[0]).toBe(ROWS);
});

test("rows that are equal by chance are cosmetic", async () => {
  const [found] = await duplicateRow.inspect(contextOf({ columns: coarse(), target: "y" }));
  expect(found!.rows.count).toBeGreaterThan(300);
  expect(found).toMatchObject({ severity: "cosmetic" });
});

test("a table without equal rows is clean", async () => {
  expect(await duplicateRow.inspect(contextOf({ columns: measured(), target: "y" }))).toEqual([]);
});

test("copies with a new key are seen once the key is left out", async () => {
  const copied = withCopies(measured(), 90);
  const columns = { row_id: cells(ROWS + 90, 1, "k", (_, row) => row), ...copied };
  expect(await duplicateRow.inspect(contextOf({ columns, target: "y" }))).toEqual([]);
  const [found] = await hiddenDuplicate.inspect(contextOf({ columns, target: "y" }));
  expect(found).toMatchObject({ columns: ["row_id"], rows: { count: 90 }, severity: "blocker" });
  expect(await hiddenDuplicate.inspect(contextOf({ columns: copied, target: "y" }))).toEqual([]);
});

test("test rows that stand in the training rows are found", async () => {
  const [found] = await splitOverlap.inspect(contextOf({ columns: withCopies(measured(), 100), target: "y", testRows: 200 }));
  expect(found).toMatchObject({ severity: "blocker", evidence: { overlappingTestRows: 100, share: 0.5 } });
  expect(await splitOverlap.inspect(contextOf({ columns: measured(), target: "y", testRows: 200 }))).toEqual([]);
  const [chance] = await splitOverlap.inspect(contextOf({ columns: coarse(), target: "y", testRows: 200 }));
  expect(chance).toMatchObject({ severity: "cosmetic" });
});
