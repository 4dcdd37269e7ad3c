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
