import { expect, test } from "vitest";
import { addedWords } from "../../../src/data/values/added-word.ts";

test("a word more that says what the levels are about", () => {
  expect(addedWords("BMI Category", ["Normal", "Normal Weight", "Overweight", "Obese"])).toEqual([["Normal", "Normal Weight"]]);
  expect(addedWords("risk", ["high", "High Risk", "low"])).toEqual([["high", "High Risk"]]);
  expect(addedWords("risk", ["high", "High Risk", "high risk", "low"])).toEqual([
    ["high", "High Risk"],
    ["high", "high risk"],
  ]);
  expect(addedWords("home", ["Single", "Single Family", "Multi Family"])).toEqual([["Single", "Single Family"]]);
});

test.each<[string, string, string[]]>([
  ["a word that says another thing", "fish", ["Blue", "Blue Shark", "Cod"]],
  ["a word that is added to two levels", "group", ["Asian", "Asian British", "Black", "Black British", "White British"]],
  ["a word that is added to two levels of its name", "plan plus", ["Basic", "Basic Plus", "Premium", "Premium Plus"]],
  ["a kind beside another of its name and one of none", "building", ["Single", "Single Family", "Multi Family", "Condo"]],
  ["a part of a word in one of three others", "degree", ["High", "High School", "Preschool", "Bachelor", "Master"]],
  ["two levels alone", "size", ["Small", "Small Pack"]],
  ["a short word", "fox", ["red", "red fox", "arctic fox"]],
  ["a number", "grade 1234", ["high", "high 1234", "low"]],
  ["no shorter one", "risk", ["high risk", "low risk"]],
  ["names of many things", "city", ["Kansas", "Kansas City", ...Array.from({ length: 11 }, (_, i) => `place ${"abcdefghijk"[i]}`)]],
])("none of %s", (_, name, levels) => expect(addedWords(name, levels)).toEqual([]));
