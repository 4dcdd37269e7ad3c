import { expect, test } from "vitest";
import { impossibleValue } from "../../../src/data/checks/impossible-value.ts";
import { quantityOf } from "../../../src/data/meaning/quantity.ts";
import { cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 300;
const found = async (name: string, day: (row: number) => number, roles = {}) => {
  const columns = { [name]: cells(ROWS, 1, "d", (_, row) => day(row)), y: coin(ROWS) };
  return (await impossibleValue.inspect(contextOf({ columns, target: "y", roles }))).map(({ evidence, why, confidence }) => ({
    kind: evidence.kind,
    why,
    confidence,
  }));
};

test("days of the year that are counted on, in a feature and in the time; of most rows they count something else", async () => {
  const on = { kind: "beyond the year", confidence: 0.45 };
  expect(await found("doy", (row) => 91 + row)).toMatchObject([
    {
      ...on,
      why: "`doy` is above 366, the last day of a year, in 24 rows (8 %), up to 390: its days are counted on into the next year, or are wrong.",
    },
  ]);
  expect(await found("day_of_year", (row) => (row < 2 ? 370 : 1 + row), { time: "day_of_year" })).toMatchObject([on]);
  expect(await found("doy", (row) => 300 + row)).toEqual([]);
  expect(await found("doy", (row) => 66 + row)).toEqual([]);
  expect(await found("dose", (row) => 91 + row)).toEqual([]);
});

test("a few slips in a feature are told once, as out of its bounds", async () => {
  expect(await found("doy", (row) => (row < 2 ? 370 : 1 + row))).toMatchObject([{ confidence: 0.85 }]);
});

test("a length in months is no month", () => {
  expect(quantityOf("yield, trailing 12 months")).toBeNull();
  expect(quantityOf("month 12")).toMatchObject({ high: 12 });
});
