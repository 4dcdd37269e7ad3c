import { expect, test } from "vitest";
import { sentinel } from "../../../src/data/checks/sentinel.ts";
import { cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 600;
const text = (row: number) => {
  const [, day, month, year] = new Date(Date.UTC(1965, 0, 2 + 5 * row)).toUTCString().replace(",", "").split(" ");
  return `${month} ${day} ${year}`;
};
const inspect = async (released: (row: number) => string) =>
  (
    await sentinel.inspect(contextOf({ columns: { released: cells(ROWS, 1, "r", (_, row) => released(row)), y: coin(ROWS) }, target: "y" }))
  ).filter(({ columns }) => columns[0] === "released");

test("the day before the epoch among dates that are kept as text, where it comes back", async () => {
  const [found, ...more] = await inspect((row) => (row < 8 ? "Dec 31 1969" : text(row)));
  expect(more).toEqual([]);
  expect(found).toMatchObject({
    severity: "costly",
    rows: { count: 8 },
    fix: { steps: [{ op: "null-out", column: "released", values: ["Dec 31 1969"] }] },
  });
  expect(found?.why).toMatch(/^`released` is "Dec 31 1969" in 8 rows \(1\.3 %\): a day that programs write where there is no date/);
});

test("once it is a day like others, and no other day is one", async () => {
  expect(await inspect((row) => (row < 2 ? "Dec 31 1969" : text(row)))).toEqual([]);
  expect(await inspect((row) => (row < 8 ? "Nov 12 1969" : text(row)))).toEqual([]);
});

test("midnight in far more rows than other times of the day is no day at all", async () => {
  const two = (value: number) => String(value).padStart(2, "0");
  expect(await inspect((row) => (row % 3 === 0 ? "00:00" : `${two(8 + (row % 12))}:${two(row % 60)}`))).toEqual([]);
});
