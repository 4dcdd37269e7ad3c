import { expect, test } from "vitest";
import { duplicateRow } from "../../../src/data/checks/duplicate-row.ts";
import { copiesOf } from "../../../src/data/copies/copies.ts";
import { LIKELY } from "../../../src/data/harm/ground.ts";
import { contextOf } from "../checks/context.ts";
import { drawnTable } from "./drawn-tables.ts";

/** In how many of the tables rows are removed unasked. bench/quality/copies.ts measures all families, with more tables. */
async function removals(family: string, tables: number, copied: number): Promise<number> {
  const found = await Promise.all(
    Array.from({ length: tables }, (_, table) => duplicateRow.inspect(contextOf(drawnTable(family, table, copied)))),
  );
  return found.filter(([one]) => (one?.confidence ?? 0) >= LIKELY).length;
}

test("equal rows without a copy stay, however few they are", async () => {
  // At 1 % at most 0.8 are expected, and more than 4 come less than twice in a thousand times.
  expect(await removals("lots of 3 samples, measured to about a step of rounding", 80, 0)).toBeLessThanOrEqual(4);
});

test("nothing is above the limit where chance makes so many pairs in more than a twentieth of tables", () => {
  const found = Array.from({ length: 60 }, (_, table) => {
    const context = contextOf(drawnTable("6 rounded numbers of two factors", table));
    return copiesOf(context, context.frame.columns.slice(0, -1));
  }).filter(({ pairs, p }) => pairs > 0 && p > 0.05);
  expect(found.length).toBeGreaterThan(5);
  for (const { copied, share } of found) expect([copied, share]).toEqual([0, 0]);
});

test("planted copies are removed: 1 % of the rows", async () => {
  expect(await removals("6 rounded numbers of two factors", 30, 0.01)).toBeGreaterThanOrEqual(27);
});
