import { expect, test } from "vitest";
import { emptyRow } from "../../../src/data/checks/empty-row.ts";
import { contextOf } from "./context.ts";

test("rows without a value in any column are counted; one with a value or a label is none", async () => {
  const columns = { a: [1, null, 2, null, null], b: [null, null, null, null, 3], y: ["n", null, "y", null, null] };
  expect(await emptyRow.inspect(contextOf({ columns, target: "y" }))).toMatchObject([{ rows: { count: 2, sample: [1, 3] } }]);
  expect(await emptyRow.inspect(contextOf({ columns: { a: [1, 2], y: ["n", null] }, target: "y" }))).toEqual([]);
});
