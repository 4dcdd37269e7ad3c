import { expect, test } from "vitest";
import { isPlaceholderDate } from "../../../src/data/missing/code-of-missing.ts";
import { lateDays } from "../../../src/data/values/late-days.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 1000;
const usual = (row: number) => 1950 + Math.floor(60 * Math.sqrt(((row * 37) % ROWS) / ROWS));

function look(yearIn: (row: number) => number, { name = "released", asText = false } = {}) {
  const days = numbers(ROWS, (row) => row).map((row) => new Date(Date.UTC(yearIn(row), row % 12, 1 + (row % 28))));
  const words = (day: Date) =>
    `${["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][day.getUTCMonth()]} ${day.getUTCDate()} ${day.getUTCFullYear()}`;
  const table = tableOf([
    [name, asText ? days.map(words) : days],
    ["x", numbers(ROWS, (row) => (row * 37) % 101)],
    ["y", numbers(ROWS, (row) => (row * 7) % 2)],
  ]);
  return lateDays(contextOf(table, "y"), isPlaceholderDate, new Set());
}

const late = (row: number) => (row % 100 === 7 ? 2020 + ((row / 100) | 0) * 3 : usual(row));

test("days decades behind the end of a table are asked about, as dates or as text", () => {
  const said = { columns: ["released"], rows: { count: 10 }, evidence: { end: 2009, first: 2020, last: 2047, centuryEarlier: false } };
  expect(look(late)).toMatchObject([said]);
  const [text] = look(late, { asText: true });
  expect(text).toMatchObject(said);
  expect(text!.fix).toMatchObject({ steps: [{ op: "null-out", values: expect.arrayContaining([expect.stringMatching(/ 2047$/)]) }] });
  const older = (row: number) => (row % 200 === 9 ? 1921 + row / 50 : late(row));
  expect(look(older)[0]!.why).toContain("A century earlier they are of 1920 to 1947");
});

test("a table that runs out, days that are to come, and a table without any, are not", () => {
  expect(look((row) => 2000 + Math.floor(-6 * Math.log(1 - ((row * 37) % ROWS) / ROWS)))).toEqual([]);
  expect(look(late, { name: "valid_until" })).toEqual([]);
  expect(look(usual)).toEqual([]);
});
