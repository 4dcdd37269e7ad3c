import { expect, test } from "vitest";
import { constant } from "../../../src/data/checks/constant.ts";
import { cells, coin, contextOf } from "./context.ts";

const ROWS = 1000;
const y = coin(ROWS);

test("constant columns are one finding; gaps are a second value where they are many or tell the target", async () => {
  const one = cells(ROWS, 1, "o", () => 7);
  const context = contextOf({
    columns: {
      a: one,
      b: one.map(() => "x"),
      few: one.map((v, i) => (i < 9 ? null : v)),
      many: one.map((v, i) => (i % 2 === 0 ? null : v)),
      telling: one.map((v, i) => (y[i] === y[0] && i % 3 === 0 ? null : v)),
      y,
    },
    target: "y",
  });
  expect(await constant.inspect(context)).toMatchObject([{ columns: ["a", "b", "few"], severity: "cosmetic" }]);
});

test("a column of one value in all rows with a label, and of others in rows without one, is told", async () => {
  const labels = y.map((label, row) => (row % 10 === 0 ? null : label));
  const weeks = y.map((_, row) => (row % 10 === 0 ? 0 : 1));
  const context = contextOf({ columns: { weeks, more: weeks.map((value, row) => (row === 5 ? 2 : value)), y: labels }, target: "y" });
  const found = await constant.inspect(context);
  expect(found).toMatchObject([
    { columns: ["weeks"], fix: { steps: [{ op: "drop", columns: ["weeks"] }] }, evidence: { amongLabelled: 900 } },
  ]);
  expect(await constant.inspect(contextOf({ columns: { weeks, y }, target: "y" }))).toEqual([]);
});
