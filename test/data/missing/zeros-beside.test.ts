import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { numberFeatures } from "../../../src/data/columns/features.ts";
import { zerosBeside } from "../../../src/data/missing/zeros-beside.ts";
import { coin, contextOf } from "../checks/context.ts";
import { numbers } from "../table.ts";

const ROWS = 800;
const random = createRandom(18, "zeros beside");
const unknown = numbers(ROWS, () => random.next()).map((draw) => draw < 0.08);
const age = unknown.map((gone) => (gone ? 0 : 18 + random.integer(40)));
const atZero = () => age.reduce((sum, one) => sum + Number(one === 0), 0);

const found = (beside: readonly number[], confidence = 0.9) => {
  const columns = { father_age: age, beside };
  const context = contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y" });
  const [column] = numberFeatures(context).filter(({ name }) => name === "father_age");
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
});

test("a count of which 0 is one number among others, and a 0 of its own, are none", () => {
  expect(found(unknown.map(() => random.integer(8)))).toEqual([]);
  expect(found(unknown.map((_, row) => (row % 12 === 0 ? 0 : Math.round(12 + 2 * random.normal()))))).toEqual([]);
});
