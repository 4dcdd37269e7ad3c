import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { readAsGaps } from "../../../src/data/missing/read-as-gaps.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 400;
const random = createRandom(6, "none");
const pick = (levels: readonly string[]) => numbers(ROWS, () => random.integer(levels.length)).map((place) => levels[place] ?? "");

test("words that are kinds or classes here, and gaps to others", () => {
  const table = tableOf([
    ["children", pick(["None", "One", "Two"])],
    ["city", pick(["Bonn", "none of these"])],
    ["damage", pick(["None", "Minor", "Substantial"])],
  ]);
  const found = readAsGaps(contextOf(table, "damage"));
  expect(found.map(({ word, columns }) => [word, columns])).toEqual([["None", ["children", "damage"]]]);
});
