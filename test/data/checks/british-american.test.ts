import { describe, expect, test } from "vitest";
import { spellingVariant } from "../../../src/data/checks/spelling-variant.ts";
import { oneSpelling } from "../../../src/data/values/british-american.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 600;

/** Levels with their weights. */
const drawn = (label: string, weights: Record<string, number>): Cells => {
  const bag = Object.entries(weights).flatMap(([level, weight]) => Array<string>(weight).fill(level));
  return cells(ROWS, 8, label, (random) => bag[random.integer(bag.length)]!);
};

const inspect = (columns: Record<string, Cells>) =>
  spellingVariant.inspect(contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y" }));

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
