import { expect, test } from "vitest";
import { spellingVariant } from "../../../src/data/checks/spelling-variant.ts";
import { findTypos } from "../../../src/data/values/typos.ts";
import { cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 600;
const TOWNS = ["Marburg", "Coburg", "Hamburg", "Freiburg", "Salzburg", "Augsburg"];
const codes: Readonly<Record<string, string>> = {
  Marburg: "MR",
  Merburg: "MB",
  Coburg: "CO",
  Hamburg: "HH",
  Freiburg: "FR",
  Salzburg: "SA",
  Augsburg: "AU",
};

/** Two rows of "Merburg", and the code that stands beside it. */
async function merged(beside: string | null | ((name: string) => string)) {
  const town = cells(ROWS, 3, "town", (random, row) => (row === 5 || row === 90 ? "Merburg" : TOWNS[random.integer(TOWNS.length)]!));
  const code = town.map((name) => (typeof beside === "function" ? beside(name) : name === "Merburg" ? beside : codes[name]!));
  const found = await spellingVariant.inspect(contextOf({ columns: { town, code, y: coin(ROWS) }, target: "y" }));
  return found.filter(({ columns }) => columns[0] === "town").map(({ evidence }) => evidence.mapping);
}

test("a slip is none where another column takes it for another thing", async () => {
  expect(await merged("MR")).toEqual([{ Merburg: "Marburg" }]);
  expect(await merged(null)).toEqual([{ Merburg: "Marburg" }]);
  expect(await merged("MB")).toEqual([]);
  // Made of the town, with its slips.
  expect(await merged((name) => `${name}, Germany`)).toEqual([{ Merburg: "Marburg" }]);
});

test("two countries are no slip for one another, whatever stands beside them", () => {
  const typos = (rare: string, often: string) => findTypos([often, rare], [400, 2]).length;
  expect(typos("Iceland", "Ireland")).toBe(0);
  expect(typos("Ieland", "Ireland")).toBe(1);
  expect(typos("Slovakai", "Slovakia")).toBe(1);
});
