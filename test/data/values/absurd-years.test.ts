import { expect, test } from "vitest";
import { sentinel } from "../../../src/data/checks/sentinel.ts";
import { isPlaceholderDate } from "../../../src/data/missing/code-of-missing.ts";
import { absurdYears } from "../../../src/data/values/absurd-years.ts";
import { contextOf, inspect, numbers, tableOf } from "../table.ts";

const ROWS = 300;
const day = (row: number) => new Date(Date.UTC(2023, 0, 1 + row));
const tableWith = (odd: (row: number) => Date | null) =>
  tableOf([
    ["created_on", numbers(ROWS, (row) => row).map((row) => odd(row) ?? day(row))],
    ["x", numbers(ROWS, (row) => (row * 37) % 101)],
    ["y", numbers(ROWS, (row) => (row * 7) % 2)],
  ]);

test("years that were typed wrongly are told of the time too; a long history is not", () => {
  const typed = tableWith((row) => (row === 40 ? new Date(Date.UTC(2202, 3, 1)) : row === 90 ? new Date("0202-05-01T00:00:00Z") : null));
  expect(absurdYears(contextOf(typed, "y", { roles: { time: "created_on" } }), isPlaceholderDate)).toMatchObject([
    { columns: ["created_on"], rows: { count: 2 }, fix: { action: "advice" }, why: expect.stringContaining("2202-04-01") },
  ]);
  const history = tableWith((row) => new Date(Date.UTC(1700 + row, 0, 1)));
  expect(absurdYears(contextOf(history, "y", { roles: { time: "created_on" } }), isPlaceholderDate)).toEqual([]);
});

test("one wrong year in a short table, and in two rows of a hundred; a tail that leads to old days is no mistake", () => {
  const typed = (rows: number, odd: (row: number) => number | null) => {
    const ms = numbers(rows, (row) => Date.UTC(odd(row) ?? 2023, 0, 1 + (row % 300)));
    const table = tableOf([
      ["made", ms.map((one) => new Date(one))],
      ["x", numbers(rows, (row) => (row * 37) % 101)],
      ["y", numbers(rows, (row) => (row * 7) % 2)],
    ]);
    return absurdYears(contextOf(table, "y"), isPlaceholderDate);
  };
  expect(typed(60, (row) => (row === 7 ? 12023 : null))).toMatchObject([
    { rows: { count: 1 }, why: expect.stringContaining("12023-01-08") },
  ]);
  expect(typed(200, (row) => (row % 50 === 7 ? 1023 : null))).toMatchObject([{ rows: { count: 4 } }]);
  expect(typed(1000, (row) => (row < 15 ? 1800 + 15 * row : null))).toEqual([]);
});

test("a placeholder in the time is told", async () => {
  const table = tableWith((row) => (row % 20 === 3 ? new Date(Date.UTC(1900, 0, 1)) : null));
  expect(await inspect(sentinel, table, "y", { roles: { time: "created_on" } })).toMatchObject([
    { columns: ["created_on"], evidence: { codes: ["1900-01-01"] }, fix: { action: "advice" }, counterfactual: null },
  ]);
});
