import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { numberFeatures } from "../../../src/data/columns/features.ts";
import { sharedCodes } from "../../../src/data/missing/shared-codes.ts";
import { coin, contextOf } from "../checks/context.ts";
import { numbers } from "../table.ts";

const ROWS = 600;
const random = createRandom(14, "shared codes");
const isOdd = numbers(ROWS, () => random.next()).map((draw) => draw < 0.04);

/** Counts up to 6, of which the same rows hold the far value. */
const given = (far: number, columns: number) => {
  const names = ["a", "b", "c"].slice(0, columns);
  const made = Object.fromEntries(names.map((name) => [name, isOdd.map((odd) => (odd ? far : random.integer(7)))]));
  const context = contextOf({ columns: { ...made, spare: numbers(ROWS, () => random.normal()), y: coin(ROWS) }, target: "y" });
  return sharedCodes(context, numberFeatures(context), []);
};

test("a far number in the same rows of three columns is a code; of two it is asked about", () => {
  expect(given(96, 3).map(({ column, values, confidence }) => [column.name, values, confidence])).toEqual([
    ["a", [96], 0.85],
    ["b", [96], 0.85],
    ["c", [96], 0.85],
  ]);
  expect(given(96, 2).map(({ confidence }) => confidence)).toEqual([0.45, 0.45]);
});

test("the end of a scale is none: who has all of one may have all of the other", () => {
  expect(given(100, 3)).toEqual([]);
});
