import { expect, test } from "vitest";
import { wordNumbers } from "../../../src/data/meaning/number-words.ts";

test.each([
  ["Two|four |SIX", [2, 4, 6]],
  ["eins|zwei|fünf|zwölf", [1, 2, 5, 12]],
  ["fuenf|sechs|sieben", [5, 6, 7]],
  ["zero|deux|trois", [0, 2, 3]],
  ["dos|tres|una", [2, 3, 1]],
])("%s", (words, values) => {
  expect(wordNumbers(words.split("|"))).toEqual(values);
});

test("no numbers of one language", () => {
  expect(wordNumbers(["two", "drei", "four"])).toBeNull();
  expect(wordNumbers(["two", "many"])).toBeNull();
});
