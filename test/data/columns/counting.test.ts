import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { binColumn } from "../../../src/data/columns/column-bins.ts";
import { factsOf, valueAt } from "../../../src/data/columns/column-facts.ts";
import { groupsOf, rowHash } from "../../../src/data/columns/row-hash.ts";
import { blockCounts } from "../../../src/data/shifts/block-shift.ts";

const random = createRandom(1, "counting");

function numbers(rows: number, make: () => number) {
  return { name: "x", type: "number" as const, values: Float64Array.from({ length: rows }, make) };
}

test("different numbers: -0 is 0, NaN is none, whatever the bits", () => {
  const column = numbers(
    3000,
    () => [-0, 0, Number.NaN, 1e-310, random.integer(500), random.normal(), 2 ** 40 * random.integer(9)][random.integer(7)] ?? 0,
  );
  const present = [...column.values].filter((value) => !Number.isNaN(value));
  expect(factsOf(column, 3000)).toMatchObject({ present: present.length, distinct: new Set(present).size, integer: false, monotone: null });
  expect(factsOf({ name: "c", type: "category", codes: Int32Array.of(2, -1, 0, 2), levels: ["a", "b", "c"] }, 4)).toEqual({
    present: 3,
    distinct: 2,
    integer: false,
    monotone: null,
  });
});

test("rows are equal where all cells are, missing among them", () => {
  const columns = [
    numbers(2000, () => [1.5, Number.NaN, -0, 0, 7][random.integer(5)] ?? 0),
    { name: "c", type: "category" as const, codes: Int32Array.from({ length: 2000 }, () => random.integer(40) - 1), levels: [] },
  ];
  const keys = Array.from({ length: 2000 }, (_, row) => columns.map((column) => valueAt(column, row) + 0).join());
  const ids = new Map([...new Set(keys)].map((key, place) => [key, place]));
  const { group, sizes } = groupsOf(rowHash(columns, 2000));
  expect([...group]).toEqual(keys.map((key) => ids.get(key)));
  expect([...sizes]).toEqual([...ids.keys()].map((key) => keys.filter((other) => other === key).length));
});

test.each([
  [1000, 50],
  [1009, 37],
  [200, 10],
])("%d rows in %d blocks", (rows, blocks) => {
  const column = numbers(rows, () => random.integer(3));
  const { bins, counts } = blockCounts(
    "x",
    binColumn(
      column,
      Int32Array.from({ length: rows }, (_, row) => row),
    ),
    blocks,
  );
  const inBlock = Array.from({ length: blocks }, (_, block) =>
    counts.slice((block + 1) * bins, (block + 2) * bins).reduce((sum, n) => sum + n, 0),
  );
  const expected = Array.from(
    { length: blocks },
    (_, block) => Array.from({ length: rows }, (_, row) => Math.floor((row * blocks) / rows)).filter((one) => one <= block).length,
  );
  expect(inBlock).toEqual(expected);
});

test.each<[string, () => number]>([
  ["normal numbers", () => random.normal()],
  ["a long tail, infinite ones among them", () => [Number.POSITIVE_INFINITY, Math.exp(9 * random.normal()), -1][random.integer(3)] ?? 0],
  ["two numbers that nearly touch", () => 1 + random.integer(2) * Number.EPSILON],
  ["one number", () => 7],
])("bins of numbers: the last whose first value is not above: %s", (_, make) => {
  const column = numbers(5000, () => (random.next() < 0.1 ? Number.NaN : make()));
  const rows = Int32Array.from(column.values.keys());
  const { codes, missingBin } = binColumn(column, rows);
  const byCode = Array.from({ length: missingBin }, (_, code) => [...column.values].filter((_, row) => codes[row] === code));
  for (let row = 0; row < 5000; row++) expect(codes[row] === missingBin).toBe(Number.isNaN(column.values[row]));
  const ends = byCode.filter((values) => values.length > 0).map((values) => [Math.min(...values), Math.max(...values)]);
  for (const [place, [low]] of ends.entries()) if (place > 0) expect(low).toBeGreaterThan(ends[place - 1]![1]!);
  expect(ends.length).toBe(new Set(codes).size - Number(codes.includes(missingBin)));
});

test("numbers so close together that no step between them can be counted have a bin each", () => {
  const values = Float64Array.of(3, 0, 1, 2, 0).map((value) => value * Number.MIN_VALUE);
  expect([...binColumn({ name: "x", type: "number", values }, Int32Array.from([0, 1, 2, 3, 4])).codes]).toEqual([3, 0, 1, 2, 0]);
});
