import { expect, test } from "vitest";
import { quotedApart, zText } from "../../../src/data/findings/phrase.ts";

const LONG = "Real soft from the first word to the last, made for long days";

test("of values that are nearly the same the place where they differ is shown", () => {
  expect(quotedApart(["red", "Red"])).toEqual(['"red"', '"Red"']);
  const [one, other] = quotedApart([
    `${LONG}. Namaste. style: 0785-2367 and more words`,
    `${LONG}.  Namaste. style: 0785-2367 and more words`,
  ]);
  expect(one).toMatch(/^"\.\.\. long days\. Namaste\./);
  expect(one).not.toBe(other);
  expect(one!.length).toBeLessThan(60);
});

test("what cannot be seen is written out", () => {
  expect(quotedApart(["New\u00a0York", "New York"])).toEqual(['"New<U+00A0>York"', '"New York"']);
});

test("a third that differs later is told apart, too", () => {
  const shown = quotedApart([`a${LONG} x`, `b${LONG} x`, `b${LONG} y`]);
  expect(new Set(shown).size).toBe(3);
});

test("a z beyond all that a chance can be told of is no Infinity", () => {
  expect([zText(7.26), zText(7.26, 1), zText(Number.POSITIVE_INFINITY), zText(Number.NEGATIVE_INFINITY), zText(Number.NaN)]).toEqual([
    "z 7",
    "z 7.3",
    "z above 37",
    "z below -37",
    "z unknown",
  ]);
});
