import { expect, test } from "vitest";
import { shownForms, twoMarks } from "../../../src/data/values/two-marks.ts";

test("two marks of which each cell can be read in one way are read, with the numbers in between", () => {
  const { mapping } = twoMarks(["12.5%", "12,7 %", "13.0%"])!;
  expect(mapping).toMatchObject({ "12.5%": "12.5", "12,7 %": "12.7", "12.6%": "12.6", "12,6 %": "12.6", "13,0 %": "13" });
  expect(Object.keys(mapping)).toHaveLength(12);
});

test.each<[string, string[]]>([
  ["one mark", ["12.5%", "12.7 %"]],
  ["three digits behind the mark", ["1.250", "1,251", "12.5"]],
  ["a number without a mark", ["12.5%", "12,7 %", "13%"]],
  ["a minus, or brackets", ["-12.5%", "12,7 %"]],
  ["too many numbers in between", ["1.25%", "99,75 %"]],
])("null of %s", (_, levels) => expect(twoMarks(levels)).toBeNull());

test("examples are of each way of writing", () => {
  expect(shownForms(["10,0 %", "10,1 %", "10,2 %", "10.0%", "10.1%"])).toEqual(["10,0 %", "10,1 %", "10.0%", "10.1%"]);
  expect(shownForms(["1 kg", "2 kg", "3 kg", "4 kg"])).toEqual(["1 kg", "2 kg", "3 kg"]);
});
