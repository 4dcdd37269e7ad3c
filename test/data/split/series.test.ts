import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { standsInSeries } from "../../../src/data/split/series.ts";
import { type Cells, contextOf } from "../checks/context.ts";

/** Thirty things, the i-th in `each(i)` rows, with a year that starts anew and a quantity. */
function inSeries(columns: Record<string, Cells>, name: string): boolean {
  const { frame } = contextOf({ columns: { ...columns, y: columns[name]!.map((_, row) => row % 3) }, target: "y" });
  return standsInSeries(frame.columns.find((column) => column.name === name)!, frame);
}

const series = (each: (thing: number) => number, number: (thing: number) => number) => {
  const rows = Array.from({ length: 30 }, (_, thing) => Array.from({ length: each(thing) }, (_, i) => ({ thing, i }))).flat();
  return { unit: rows.map(({ thing }) => number(thing)), year: rows.map(({ i }) => 1990 + i) };
};

test("numbers without a gap, stretches of one length and a year that starts anew are series", () => {
  const uneven = (thing: number) => 2 + (thing % 4);
  const { unit } = series(uneven, (thing) => thing + 1);
  expect(inSeries({ unit }, "unit")).toBe(true);
  expect(
    inSeries(
      {
        unit: series(
          () => 2,
          (thing) => 7 * thing ** 2,
        ).unit,
      },
      "unit",
    ),
  ).toBe(true);
  const withYear = series(uneven, (thing) => 7 * thing ** 2);
  expect(inSeries(withYear, "unit")).toBe(true);
  const newestFirst = { unit: withYear.unit, year: withYear.year.map((year) => 4000 - year) };
  expect(inSeries(newestFirst, "unit")).toBe(true);
  expect(inSeries({ unit: withYear.unit }, "unit")).toBe(false);
});

test("a quantity by which the file was sorted, a time and a measurement are none", () => {
  const random = createRandom(1, "sorted");
  const sorted = Array.from({ length: 300 }, () => Math.round(100 * random.next())).sort((a, b) => a - b);
  const other = sorted.map(() => random.next());
  expect(inSeries({ size: sorted, other }, "size")).toBe(false);
  expect(
    inSeries(
      {
        week: series(
          () => 3,
          (thing) => thing + 1,
        ).unit,
      },
      "week",
    ),
  ).toBe(false);
  expect(
    inSeries(
      {
        size: series(
          () => 3,
          (thing) => thing + 0.5,
        ).unit,
      },
      "size",
    ),
  ).toBe(false);
});

test("a few values, in each of which another column counts anew, are series; a few equally long ones may be anything", () => {
  const few = (each: (thing: number) => number) => {
    const rows = Array.from({ length: 10 }, (_, thing) => Array.from({ length: each(thing) }, (_, i) => ({ thing, i }))).flat();
    return { season: rows.map(({ thing }) => `S${thing}`), episode: rows.map(({ i }) => 1 + i) };
  };
  const uneven = few((thing) => 6 + (thing % 5));
  expect(inSeries(uneven, "season")).toBe(true);
  expect(inSeries({ season: few(() => 8).season }, "season")).toBe(false);
});
