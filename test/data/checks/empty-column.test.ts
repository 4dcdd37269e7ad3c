import { expect, test } from "vitest";
import { constant } from "../../../src/data/checks/constant.ts";
import { emptyColumn } from "../../../src/data/checks/empty-column.ts";
import { contextOf } from "./context.ts";

test("columns without any value; one filled cell makes it none", async () => {
  const columns = { a: [1, null, 2, null], b: [null, null, null, null], c: [null, 7, null, null], y: ["n", null, "y", null] };
  expect(await emptyColumn.inspect(contextOf({ columns, target: "y" }))).toMatchObject([{ columns: ["b"] }]);
});

test("columns that hold nothing but a word for no value are empty, not constant", async () => {
  const columns = {
    a: ["NA", "NA", null, "NA"],
    b: ["NA", "NA", "NA", "NA"],
    c: ["none", "none", "none", "none"],
    y: ["n", "y", "y", "n"],
  };
  const context = contextOf({ columns, target: "y" });
  const [found] = await emptyColumn.inspect(context);
  expect(found).toMatchObject({ columns: ["a", "b"], why: '2 columns have no value in any row (nothing but "NA"): `a` and `b`.' });
  expect(await constant.inspect(context)).toMatchObject([{ columns: ["c"] }]);
});

test("nothing but blanks, more or fewer of them, is nothing", async () => {
  const columns = { a: [" ", "  ", null, " "], b: [" ", "  ", null, "x"], c: ["NA", " NA", "n.a.", "?"], y: ["n", "y", "y", "n"] };
  expect(await emptyColumn.inspect(contextOf({ columns, target: "y" }))).toMatchObject([
    { columns: ["a"], why: "1 column has no value in any row (nothing but blanks): `a`." },
  ]);
});
