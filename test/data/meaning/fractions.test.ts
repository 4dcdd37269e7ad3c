import { expect, test } from "vitest";
import { fractionNumbers } from "../../../src/data/meaning/fractions.ts";

test.each([
  ["1/2|1|3/2|-5/2", [0.5, 1, 1.5, -2.5]],
  ['1 1/2"|3/4"|2"', [1.5, 0.75, 2]],
  ["2-1/4 in|5/16 in", [2.25, 0.3125]],
  ["½|1½|3", [0.5, 1.5, 3]],
])("%s", (texts, values) => {
  expect(fractionNumbers(texts.split("|"))).toEqual(values);
});

test.each([
  ["days of a month", "1/2|3/4|5/8"],
  ["a day and whole numbers", "1/2|12/5|3"],
  ["items of a list", "1/4|2/4|3/4|4"],
  ["another word", "1/2|3/4|some|1"],
  ["whole numbers alone", "1|2|3"],
  ["one fraction", "1/2|1|2"],
  ["dates", "1/2/2020|3/2/2020|1"],
  ["nothing", "|1/2|3/2|1"],
])("not %s", (_, texts) => {
  expect(fractionNumbers(texts.split("|"))).toBeNull();
});
