import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { derivedColumn } from "../../../src/data/checks/derived-column.ts";
import { nearlySameOrder } from "../../../src/data/copies/nearly-same-order.ts";
import { type Cells, inspect, numbers, tableOf } from "../table.ts";

const ROWS = 300;
const random = createRandom(6, "order");
const warm = numbers(ROWS, () => random.normal());
const felt = warm.map((value) => value + 0.1 * random.normal());
const other = warm.map((value) => value + 0.4 * random.normal());
const column = (name: string, cells: readonly number[]) => ({ name, type: "number" as const, values: Float64Array.from(cells) });
const none = () => false;

test("families of columns in nearly the same order; turned around too", () => {
  const turned = felt.map((value) => -value);
  const found = nearlySameOrder([column("warm", warm), column("other", other), column("felt", turned)], ROWS, none);
  expect(found.map(({ columns }) => columns.map(({ name }) => name))).toEqual([["warm", "felt"]]);
  expect(found[0]?.correlation).toBeLessThan(-0.98);
  expect(found[0]?.compared).toBe(ROWS);
});

test("known pairs, and columns that have few rows in common, are none", () => {
  expect(nearlySameOrder([column("warm", warm), column("felt", felt)], ROWS, () => true)).toEqual([]);
  const half = (odd: number, cells: readonly number[]) => cells.map((value, i) => (i % 3 === odd ? value : Number.NaN));
  expect(nearlySameOrder([column("warm", half(0, warm)), column("felt", half(1, felt))], ROWS, none)).toEqual([]);
});

test("one cosmetic finding for all families; the order of the file is none", async () => {
  const columns: [string, Cells][] = [
    ["row", numbers(ROWS, (i) => i + 1)],
    ["drifting", numbers(ROWS, (i) => i + 3 * random.normal())],
    ["warm", warm],
    ["felt", felt],
    ["y", numbers(ROWS, () => random.normal())],
  ];
  const found = await inspect(derivedColumn, tableOf(columns), "y");
  expect(found).toMatchObject([{ columns: ["warm", "felt"], severity: "cosmetic", evidence: { kind: "nearly-same-order", families: 1 } }]);
});
