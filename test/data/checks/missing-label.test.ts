import { expect, test } from "vitest";
import { missingLabel } from "../../../src/data/checks/missing-label.ts";
import { cells, coin, contextOf } from "./context.ts";

const ROWS = 500;

const noise = (label: string, rows = ROWS) => cells(rows, 9, label, (random) => random.normal());

test("rows without a label are left out, not filled", async () => {
  const y = coin(ROWS).map((label, row) => (row % 10 === 0 ? null : label));
  const [found] = await missingLabel.inspect(contextOf({ columns: { a: noise("a"), y }, target: "y" }));
  expect(found).toMatchObject({ rows: { count: 50 }, severity: "costly", fix: { steps: [{ op: "drop-unlabelled-rows", target: "y" }] } });
  expect(found!.question).toMatch(/empty in 10 %/);
});
