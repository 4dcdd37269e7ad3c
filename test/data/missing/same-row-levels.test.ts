import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { numberFeatures } from "../../../src/data/columns/features.ts";
import { sharedLevels } from "../../../src/data/missing/same-row-levels.ts";
import { coin, contextOf } from "../checks/context.ts";
import { numbers } from "../table.ts";

const ROWS = 600;
const random = createRandom(17, "shared levels");
const notAsked = numbers(ROWS, () => random.next()).map((draw) => draw < 0.4);
const answers = (share: number, code = 2) => notAsked.map((skipped) => (skipped ? code : Number(random.next() < share)));

const found = (columns: Record<string, (number | string | null)[]>) => {
  const context = contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y" });
  return sharedLevels(context, numberFeatures(context), []).map(({ column, values }) => `${column.name} ${values}`);
};

const [a, b, c] = [answers(0.1), answers(0.5), answers(0.85)];

test("a third level in the same rows of three questions is no answer, however often they are answered", () => {
  expect(found({ asthma: a, diabetes: b, pica: c })).toEqual(["asthma 2", "diabetes 2", "pica 2"]);
  expect(found({ pica: c, asthma: a, diabetes: b })).toEqual(["asthma 2", "diabetes 2", "pica 2"]);
});

test("an empty cell here and a slip there change nothing", () => {
  const first = notAsked.indexOf(true);
  const gaps = a.map((value, row) => (row % 150 === 2 ? null : value));
  const slip = b.map((value, row) => (row === first ? 1 : value));
  expect(found({ gaps, slip, c })).toEqual(["c 2", "gaps 2", "slip 2"]);
});

test("not in two, not of nothing, and not where one says the same as another", () => {
  expect(found({ a, b })).toEqual([]);
  const zero = (values: number[]) => values.map((value) => (value === 2 ? 0 : value + 1));
  expect(found({ a: zero(a), b: zero(b), c: zero(c) })).toEqual([]);
  expect(found({ a, b, copy: b.slice() })).toEqual([]);
  expect(found({ copy: b.slice(), nearly: b.map((value, row) => (row % 200 === 9 && value < 2 ? 1 - value : value)), a })).toEqual([]);
  const degree = numbers(ROWS, () => 1 + random.integer(3));
  expect(found({ degree, square: degree.map((one) => one ** 2), cube: degree.map((one) => one ** 3) })).toEqual([]);
});

test("what a few things are like is no answer, whether a column names them or not", () => {
  const thing = numbers(ROWS, () => random.integer(9));
  const trait = (own: readonly number[]) => thing.map((one) => own[one] ?? 0);
  const traits = {
    doors: trait([2, 4, 5, 4, 5, 3, 3, 4, 5]),
    seats: trait([2, 5, 5, 4, 7, 4, 5, 7, 4]),
    gears: trait([2, 5, 6, 5, 4, 6, 4, 6, 5]),
  };
  expect(found({ model: thing.map((one) => `m${one}`), ...traits })).toEqual([]);
  const region = numbers(ROWS, () => 1 + random.integer(4));
  const state = region.map((one, row) => (one === 1 ? 1 : 2 * one + (row % 2)));
  expect(found({ region, state, city: state.map((one, row) => (one === 1 ? 1 : one + (row % 3 === 0 ? 0 : 0))) })).toEqual([]);
});
