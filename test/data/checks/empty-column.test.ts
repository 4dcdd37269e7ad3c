import { expect, test } from "vitest";
import { emptyColumn } from "../../../src/data/checks/empty-column.ts";
import { contextOf } from "./context.ts";

test("columns without any value; one filled cell makes it none", async () => {
  const columns = { a: [1, null, 2, null], b: [null, null, null, null], c: [null, 7, null, null], y: ["n", null, "y", null] };
  expect(await emptyColumn.inspect(contextOf({ columns, target: "y" }))).toMatchObject([{ columns: ["b"] }]);
});
