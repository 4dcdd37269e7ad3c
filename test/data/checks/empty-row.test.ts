import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { emptyRow } from "../../../src/data/checks/empty-row.ts";
import { contextOf } from "./context.ts";

test("rows without a value in any column are counted; one with a value or a label is none", async () => {
  const columns = { a: [1, null, 2, null, null], b: [null, null, null, null, 3], y: ["n", null, "y", null, null] };
  expect(await emptyRow.inspect(contextOf({ columns, target: "y" }))).toMatchObject([{ rows: { count: 2, sample: [1, 3] } }]);
  expect(await emptyRow.inspect(contextOf({ columns: { a: [1, 2], y: ["n", null] }, target: "y" }))).toEqual([]);
});

describe("rows with a label and nothing but what names them", () => {
  const random = createRandom(7, "label alone");
  const tableOf = (isEmpty: (row: number) => boolean, gaps: number) => {
    const rows = Array.from({ length: 400 }, (_, row) => row);
    const cell = (row: number) => (isEmpty(row) || random.next() < gaps ? null : Math.round(100 * random.normal()) / 100);
    return {
      key: rows.map((row) => `key ${row}`),
      a: rows.map(cell),
      b: rows.map(cell),
      c: rows.map(cell),
      y: rows.map((row) => (row % 3 === 0 ? "n" : "y")),
    };
  };
  const look = (columns: ReturnType<typeof tableOf>) => emptyRow.inspect(contextOf({ columns, target: "y" }));

  test("are counted", async () => {
    expect(await look(tableOf((row) => row % 50 === 7, 0))).toMatchObject([
      {
        rows: { count: 8 },
        severity: "cosmetic",
        fix: { action: "advice" },
        why: expect.stringContaining("8 rows have a label and no value in any of the 3 features"),
      },
    ]);
  });

  test("are none where a number stands in them that grows with the rows, and no name says that it is a key", async () => {
    const { key, ...rest } = tableOf((row) => row % 50 === 7, 0);
    const columns = { sales: key.map((_, row) => 1000 + row * row), ...rest };
    expect(await emptyRow.inspect(contextOf({ columns, target: "y" }))).toEqual([]);
  });

  test("are none where gaps meet by chance, where it is one row, and without a label", async () => {
    expect(await look(tableOf(() => false, 0.3))).toEqual([]);
    expect(await look(tableOf((row) => row === 7, 0))).toEqual([]);
    const columns = tableOf((row) => row % 50 === 7, 0);
    expect(await look({ ...columns, y: columns.y.map((label, row) => (row % 50 === 7 ? null : label)) as ("n" | "y")[] })).toEqual([]);
  });
});
