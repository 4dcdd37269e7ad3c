import { expect, test } from "vitest";
import { countValues } from "../../../src/data/columns/counts.ts";
import { strangeToFew } from "../../../src/data/values/strange-to-few.ts";

const found = (of: Readonly<Record<number, number>>) =>
  strangeToFew(
    countValues(Float64Array.from(Object.entries(of).flatMap(([value, rows]) => Array.from({ length: rows }, () => Number(value))))),
  )?.values ?? [];

test("a step that is rare is one of the few all the same", () => {
  expect(found({ 1: 2, 2: 105, 23: 1 })).toEqual([23]);
  expect(found({ 1: 6, 2: 500, 3: 400, 23: 1 })).toEqual([23]);
});

test("beyond an end that thins out, or of few rows that a tail may have, nothing is strange", () => {
  expect(found({ 1: 500, 2: 400, 3: 6, 40: 1 })).toEqual([]);
  expect(found({ 0: 900, 1: 15, 2: 4, 30: 1 })).toEqual([]);
  expect(found({ 0: 100, 1: 45, 2: 8, 14: 1 })).toEqual([]);
  expect(found({ 0: 400, 1: 180, 2: 32, 14: 1 })).toEqual([14]);
  expect(found({ 1: 40, 2: 40, 23: 1 })).toEqual([]);
});
