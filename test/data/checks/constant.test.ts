import { expect, test } from "vitest";
import { constant } from "../../../src/data/checks/constant.ts";
import { cells, coin, contextOf } from "./context.ts";

const ROWS = 1000;

test("constant columns are one finding; a column with gaps is not constant", async () => {
  const one = cells(ROWS, 1, "o", () => 7);
  const context = contextOf({
    columns: { a: one, b: one.map(() => "x"), c: one.map((v, i) => (i < 9 ? null : v)), y: coin(ROWS) },
    target: "y",
  });
  expect(await constant.inspect(context)).toMatchObject([{ columns: ["a", "b"], severity: "cosmetic" }]);
});
