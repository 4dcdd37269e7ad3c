import { expect, test } from "vitest";
import { calendarKinds, calendarParts, monthCounts } from "../../../src/data/copies/calendar-parts.ts";

const ROWS = 200;
const column = (name: string, of: (row: number) => number) =>
  ({ name, type: "number", values: Float64Array.from({ length: ROWS }, (_, row) => of(row)) }) as const;
const day = (row: number) => new Date(Date.UTC(2021, 0, 1 + 5 * row));
const date = { name: "sold", values: column("sold", (row) => day(row).getTime()).values };

test.each<[string, (row: number) => number, string | null]>([
  ["year", (row) => day(row).getUTCFullYear(), "year"],
  ["month", (row) => day(row).getUTCMonth() + 1, "month"],
  ["quarter", (row) => 1 + Math.floor(day(row).getUTCMonth() / 3), "quarter"],
  ["weekday of which 1 is Sunday's six days later", (row) => ((day(row).getUTCDay() + 6) % 7) + 1, "weekday from Monday"],
  ["month of delivery", (row) => (day(row + 3).getUTCMonth() % 12) + 1, null],
  ["one year for all", () => 2021, null],
])("%s", (name, of, part) => {
  expect(calendarParts([date], [column(name, of)]).map((found) => found.part)).toEqual(part === null ? [] : [part]);
});

test("months counted on from any start are year and month", () => {
  const year = column("year", (row) => 2001 + Math.floor(row / 36));
  const month = column("month", (row) => 1 + (row % 12));
  const count = (step: number) => column("t", (row) => 12 * (year.values[row] ?? 0) + step * (month.values[row] ?? 0) - 24_000);
  expect(monthCounts([year, month, count(1)])).toMatchObject([{ part: "months", column: "t", of: ["year", "month"], held: ROWS }]);
  expect(monthCounts([year, month, count(2)])).toEqual([]);
});

test("names of weekdays, weekends and seasons follow from a date; kinds of anything else do not", () => {
  const names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
  const named = {
    name: "weekday",
    type: "category",
    levels: names,
    codes: Int32Array.from({ length: ROWS }, (_, row) => day(row).getUTCDay()),
  } as const;
  const found = calendarKinds(
    [date],
    [
      named,
      column("weekend", (row) => Number([0, 6].includes(day(row).getUTCDay()))),
      column("season", (row) => Math.floor(day(row).getUTCMonth() / 3)),
      column("shop", (row) => row % 3),
      column("open", () => 1),
    ],
  );
  expect(found.map(({ part, column: name }) => [part, name])).toEqual([
    ["weekday", "weekday"],
    ["weekday", "weekend"],
    ["month", "season"],
  ]);
});
