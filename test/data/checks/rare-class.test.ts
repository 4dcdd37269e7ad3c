import { expect, test } from "vitest";
import { rareClass } from "../../../src/data/checks/rare-class.ts";
import { cells, coin, contextOf } from "./context.ts";

const ROWS = 500;

const noise = (label: string, rows = ROWS) => cells(rows, 9, label, (random) => random.normal());

test("classes that folds cannot share", async () => {
  const y = cells(ROWS, 9, "y", (_, row) => (row < 3 ? "rare" : row < 200 ? "a" : "b"));
  expect(await rareClass.inspect(contextOf({ columns: { a: noise("a"), y }, target: "y" }))).toMatchObject([
    { severity: "harmful", rows: { count: 3, sample: [0, 1, 2] }, evidence: { classes: { rare: 3 } } },
  ]);
  expect(await rareClass.inspect(contextOf({ columns: { a: noise("a"), y: coin(ROWS) }, target: "y" }))).toEqual([]);
});
