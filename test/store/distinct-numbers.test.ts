import { join } from "node:path";
import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { numberCounter } from "../../src/store/distinct-numbers.ts";
import { openDataset } from "../../src/store/index.ts";
import { LIMITS, temporaryFolder, write } from "./temporary.ts";

function expected(values: Float64Array) {
  const present = [...values].filter((value) => !Number.isNaN(value));
  // A set takes 0 and -0 as one.
  return { present: present.length, distinct: new Set(present).size, integer: present.length > 0 && present.every(Number.isInteger) };
}

const random = createRandom(1, "distinct numbers");

test.each([
  ["normal", () => random.normal()],
  ["few", () => random.integer(50)],
  ["whole numbers", () => random.integer(1e9)],
  ["multiples of a power of two", () => random.integer(1e6) * 2 ** 20],
  ["with missing and both zeros", () => [Number.NaN, 0, -0, random.integer(1000) / 8][random.integer(4)]!],
  ["one", () => -3],
  ["none", () => Number.NaN],
])("as many as a set holds: %s", (_, draw) => {
  // One counter for all columns of a table; long ones are parted, and equal numbers of one are in one part, however many.
  for (const rows of [0, 1, 1000, 100_000, 200_000]) {
    const counter = numberCounter(rows);
    for (let column = 0; column < 2; column++) {
      const values = Float64Array.from({ length: rows }, draw);
      expect(counter.count(values.slice(), rows)).toEqual(expected(values));
    }
  }
});

test("a table whose values do not fit beside the database is counted by it, the same", async () => {
  const folder = temporaryFolder();
  const cells = Array.from({ length: 3000 }, (_, row) =>
    [row % 7, row % 5 === 0 ? "" : row / 8, -0 * row, row % 3 === 0 ? "" : row % 40].join(","),
  );
  const path = write(folder, "numbers.csv", `a,b,c,d\n${cells.join("\n")}\n`);
  const little = await openDataset(path, { ...LIMITS, memoryBytes: 100_000, dataFolder: join(folder, "little") });
  expect(little).toEqual(await openDataset(path, { ...LIMITS, dataFolder: join(folder, "enough") }));
  expect(little.columns.map(({ distinct, integer }) => [distinct, integer])).toEqual([
    [7, true],
    [2400, false],
    [1, true],
    [40, true],
  ]);
});
