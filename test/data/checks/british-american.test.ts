import { describe, expect, test } from "vitest";
import { oneSpelling } from "../../../src/data/values/british-american.ts";
import { drawn, inspect } from "./spellings.ts";

describe("British and American spellings", () => {
  test.each([
    ["colour", "color"],
    ["aluminium", "aluminum"],
    ["organisation", "organization"],
    ["shopping centre", "shopping center"],
    ["anaemia", "anemia"],
    ["travelled", "traveled"],
  ])("%s = %s", (a, b) => {
    expect(oneSpelling(a)).toBe(oneSpelling(b));
  });
  test.each(["four", "tour", "store", "titanium", "course", "fell", "toe", "israel"])("%s stays as it is", (word) => {
    expect(oneSpelling(word)).toBe(word);
  });

  test("levels of both are one value, however many rows each has", () => {
    expect(inspect({ material: drawn("material", { steel: 5, aluminium: 4, aluminum: 2 }) })).toMatchObject([
      { columns: ["material"], evidence: { mapping: { aluminum: "aluminium" } }, choices: ["same", "different"] },
    ]);
    expect(inspect({ material: drawn("material", { steel: 5, aluminium: 4, platinum: 2 }) })).toEqual([]);
  });
});
