import { expect, test } from "vitest";
import { dayCountsOf } from "../../../src/data/meaning/day-counts.ts";
import { numbers } from "../table.ts";

const found = (cells: readonly number[], name = "year") => dayCountsOf({ name, type: "number", values: Float64Array.from(cells) });

test("days since 1970 under the name of a year", () => {
  const days = found([...numbers(40, (row) => 18_000 + 3 * row), Number.NaN]);
  expect(days).toMatchObject({ low: 18_000, high: 18_117 });
  expect(days?.since[0]).toEqual({ day: "1970-01-01", first: "2019-04-14", last: "2019-08-09" });
});

test("years of other calendars, too few values and numbers with parts are none", () => {
  expect(found(numbers(60, (row) => 2510 + row))).toBeNull();
  expect(found(numbers(60, (row) => 5725 + row))).toBeNull();
  expect(found(numbers(400, (row) => 6000 + row))).not.toBeNull();
  expect(found(numbers(60, (row) => 18_000 + (row % 19)))).toBeNull();
  expect(found(numbers(60, (row) => 18_000.5 + row))).toBeNull();
  expect(found([])).toBeNull();
});
