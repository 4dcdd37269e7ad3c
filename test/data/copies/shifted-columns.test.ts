import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { shiftedColumns } from "../../../src/data/copies/shifted-columns.ts";
import { numbers } from "../table.ts";

const ROWS = 500;
const random = createRandom(4, "shifted columns");
const column = (name: string, cells: readonly number[]) => ({ name, type: "number" as const, values: Float64Array.from(cells) });
const sold = numbers(ROWS + 3, () => random.integer(1000));

test("what another column held three rows before", () => {
  const found = shiftedColumns([column("sold", sold.slice(3)), column("sold_before", sold.slice(0, ROWS))], ROWS);
  expect(found).toMatchObject([{ first: { name: "sold" }, later: { name: "sold_before" }, rows: 3, compared: 497, held: 497 }]);
});

test("two clocks are no lag of each other", () => {
  const clock = (ahead: number) => numbers(ROWS, (row) => (row + ahead) % 24);
  expect(shiftedColumns([column("hour", clock(0)), column("hour_utc", clock(22))], ROWS)).toEqual([]);
});

test("no rows", () => {
  expect(shiftedColumns([column("a", []), column("b", [])], 0)).toEqual([]);
});
