import { expect, test } from "vitest";
import { shortFirstWords } from "../../../src/data/values/short-first-word.ts";
import { drawn, inspect } from "../checks/spellings.ts";

const pairs = (levels: readonly string[], counts = levels.map(() => 1)) =>
  shortFirstWords(levels, counts).map(({ short, long }) => [levels[short], levels[long]]);

test("a first word written as its letter stands for the one level that has it in full, in its usual spelling", () => {
  expect(pairs(["Parus major", "parus major", "P. major", "Turdus merula", "t.merula"], [9, 20, 2, 9, 1])).toEqual([
    ["P. major", "parus major"],
    ["t.merula", "Turdus merula"],
  ]);
});

test("silent where two levels have it, where none has, and on a letter that is no first word", () => {
  expect(pairs(["Parus major", "Pica major", "P. major"])).toEqual([]);
  expect(pairs(["Parus major", "P. minor", "T. major"])).toEqual([]);
  expect(pairs(["Plan B", "P. ", "B", "P major"])).toEqual([]);
  expect(pairs(["Parus major", "P. major"], [0, 4])).toEqual([]);
});

test("it is asked about", async () => {
  expect(await inspect({ species: drawn("species", { "Parus major": 8, "Turdus merula": 9, "P. major": 1 }) })).toMatchObject([
    { columns: ["species"], confidence: 0.45, evidence: { mapping: { "P. major": "Parus major" } } },
  ]);
});
