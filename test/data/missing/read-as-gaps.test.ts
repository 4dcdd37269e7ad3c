import { expect, test } from "vitest";
import type { Suspicion } from "../../../src/core/finding.ts";
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

test("a class of which is asked whether it is one is not called a value", () => {
  const context = contextOf(
    tableOf([
      ["size", pick(["small", "large"])],
      ["kind", pick(["None", "spam", "ham"])],
    ]),
    "kind",
  );
  const told = { trap: "null-spelling" as const, confidence: 0.5, evidence: { spellings: ["None"] } } as unknown as Suspicion;
  expect(readAsGaps(context)).toMatchObject([{ word: "None", columns: ["kind"] }]);
  expect(readAsGaps({ ...context, labels: [told] })).toEqual([]);
  expect(readAsGaps({ ...context, labels: [{ ...told, confidence: 0 }] })).toHaveLength(1);
});
