import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { sentinel } from "../../../src/data/checks/sentinel.ts";
import type { NumberColumn } from "../../../src/data/columns/counts.ts";
import { numberFeatures } from "../../../src/data/columns/features.ts";
import { zerosBeside } from "../../../src/data/missing/zeros-beside.ts";
import { coin, contextOf } from "../checks/context.ts";
import { numbers } from "../table.ts";

const ROWS = 800;
const random = createRandom(18, "zeros beside");
const unknown = numbers(ROWS, () => random.next()).map((draw) => draw < 0.08);
const age = unknown.map((gone) => (gone ? 0 : 18 + random.integer(40)));
const atZero = () => age.reduce((sum, one) => sum + Number(one === 0), 0);

const found = (beside: readonly number[], confidence = 0.9, dates: string[] = []) => {
  const columns = { father_age: age, beside };
  const context = contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y", dates });
  const [column] = context.frame.columns.filter(({ name }) => name === "father_age") as NumberColumn[];
  const known = { column: column!, values: [0], rows: atZero(), present: ROWS, confidence, rest: { low: 18, high: 57 }, evidence: {} };
  return zerosBeside(context, numberFeatures(context), [known]).map(({ column, rows }) => [column.name, rows]);
};

/** Years of school of whom the father's age is not known, and of some others. */
const school = () =>
  unknown.map((gone, row) => ((gone && row % 8 > 0) || (row % 40 === 3 && !gone) ? 0 : Math.round(12 + 2 * random.normal())));

test("a heap at 0 where another column is not known is asked about", () => {
  const years = school();
  expect(found(years)).toEqual([["beside", years.reduce((sum, one) => sum + Number(one === 0), 0)]]);
  expect(found(years, 0.45)).toEqual([]);
  // The first day of 1970 is no 0.
  expect(found(years, 0.9, ["father_age"])).toEqual([]);
});

test("a count of which 0 is one number among others, and a 0 of its own, are none", () => {
  expect(found(unknown.map(() => random.integer(8)))).toEqual([]);
  expect(found(unknown.map((_, row) => (row % 12 === 0 ? 0 : Math.round(12 + 2 * random.normal()))))).toEqual([]);
});

test("each heap is a question of its own, which says where its rows are not known", async () => {
  const never = unknown.map((gone, row) => (gone && row % 9 > 0 ? 0 : Math.max(1, Math.round(14 + 5 * random.normal()))));
  const school = unknown.map((gone, row) => (gone && row % 8 > 0 ? 0 : Math.max(1, Math.round(12 + 4 * random.normal()))));
  const ages = numbers(ROWS, () => 18 + random.integer(40)).map((value, row) => (unknown[row] ? 0 : value));
  const context = contextOf({ columns: { age: ages, school, never, y: coin(ROWS) }, target: "y" });
  const told = await sentinel.inspect(context);
  expect(told.map(({ columns }) => columns)).toEqual([["age"], ["school"], ["never"]]);
  expect(told[1]?.why).toContain("Most of these rows hold 0 in `age` too, where it stands for that.");
});
