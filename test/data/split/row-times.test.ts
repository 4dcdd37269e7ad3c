import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { timeOfRows } from "../../../src/data/split/row-times.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 300;
const DAY = 86_400_000;
const random = createRandom(1, "row times");
const seen = numbers(ROWS, () => Date.UTC(2015, 0, 1) + DAY * random.integer(400));
const dates = (of: (row: number) => number) => Array.from({ length: ROWS }, (_, row) => new Date(of(row)));

test("a date that lies a life before another one is a birth, whatever it is called", () => {
  const table = (before: () => number) =>
    contextOf(
      tableOf([
        ["bi_date", dates((row) => (seen[row] ?? 0) - DAY * before())],
        ["dg_date", dates((row) => seen[row] ?? 0)],
        ["x", numbers(ROWS, () => random.normal())],
        ["y", numbers(ROWS, () => random.integer(2))],
      ]),
      "y",
    );
  expect(timeOfRows(table(() => 7000 + random.integer(20_000)))).toBe("dg_date");
  expect(timeOfRows(table(() => random.integer(300)))).toBe("bi_date");
});

test("a period is a time where things come back in it or each row has its own, and not by its name alone", () => {
  const table = (period: (row: number) => number, firm: (row: number) => number) =>
    contextOf(
      tableOf([
        ["period", numbers(ROWS, period)],
        ["firm", Array.from({ length: ROWS }, (_, row) => `f${firm(row)}`)],
        ["x", numbers(ROWS, () => random.normal())],
        ["y", numbers(ROWS, () => random.integer(2))],
      ]),
      "y",
    );
  expect(
    timeOfRows(
      table(
        (row) => 1 + (row % 10),
        (row) => Math.floor(row / 10),
      ),
    ),
  ).toBe("period");
  expect(
    timeOfRows(
      table(
        (row) => row,
        () => random.integer(4),
      ),
    ),
  ).toBe("period");
  const ends = [2, 10, 18, 36, 54, 86, ROWS];
  expect(
    timeOfRows(
      table(
        (row) => 1 + ends.findIndex((end) => row < end),
        () => random.integer(18),
      ),
    ),
  ).toBeNull();
});
