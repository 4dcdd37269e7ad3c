import { expect, test } from "vitest";
import { sentinel } from "../../../src/data/checks/sentinel.ts";
import { coin, contextOf } from "../checks/context.ts";

/** Rows of 0, 1, 2 and so on. */
const column = (counts: readonly number[]) => counts.flatMap((rows, value) => Array.from({ length: rows }, () => value));

async function found(counts: readonly number[], name = "seed", change = (value: number) => value) {
  const cells = column(counts).map(change);
  const context = contextOf({ columns: { [name]: cells, y: coin(cells.length) }, target: "y" });
  return (await sentinel.inspect(context)).filter(({ evidence }) => evidence.fromOne === true);
}

const PLACES = [8, 90, 95, 91, 88, 93, 90, 85];
const PERSONS = [32, 274, 749, 453, 169, 71, 28];

test("a few zeros before places that begin at 1 are asked about", async () => {
  expect(await found(PLACES)).toMatchObject([
    {
      columns: ["seed"],
      rows: { count: 8 },
      confidence: 0.45,
      question: expect.stringContaining('Does 0 in `seed` stand for "not known"'),
    },
  ]);
});

test("of persons of a household a name says more than the numbers", async () => {
  expect(await found(PERSONS, "visits")).toEqual([]);
  for (const name of ["familysize", "family_size"]) expect(await found(PERSONS, name)).toMatchObject([{ confidence: 0.65 }]);
});

test.each<[string, readonly number[], ((value: number) => number)?]>([
  ["counts that rise by turns", PERSONS],
  ["as many zeros as a tenth of the ones and more", [12, 90, 95, 91, 88]],
  ["two zeros", [2, 90, 95, 91, 88]],
  ["few ones", [3, 29, 25, 24, 20]],
  ["more twos than ones by half", [8, 90, 138, 91, 88]],
  ["half as many fours", [8, 90, 95, 91, 44]],
  ["bedrooms of flats, a few of them studios", [20, 270, 240, 110, 40, 10]],
  ["four values", [8, 90, 95, 91]],
  ["no twos", [8, 90, 0, 91, 88, 70]],
  ["numbers with decimals", PLACES, (value) => (value > 3 ? value + 0.5 : value)],
])("%s: silent", async (_, counts, change) => {
  expect(await found(counts, "seed", change)).toEqual([]);
});

test("a name is not enough where half as many rows as of the ones have 0", async () => {
  expect(await found([140, 274, 749, 453, 169, 71, 28], "family_size")).toEqual([]);
});

test("several doubts make no certainty", async () => {
  const columns = Object.fromEntries(
    ["draw", "lane", "gate", "seat"].map((name, i) => [
      name,
      column(PLACES).map((_, row, all) => all[(row * ([1, 3, 7, 9][i] ?? 1)) % all.length] ?? 0),
    ]),
  );
  const [one, ...more] = (
    await sentinel.inspect(contextOf({ columns: { ...columns, y: coin(column(PLACES).length) }, target: "y" }))
  ).filter(({ evidence }) => evidence.fromOne === true);
  expect(more).toEqual([]);
  expect(one).toMatchObject({
    columns: ["draw", "lane", "gate", "seat"],
    confidence: expect.closeTo(0.57, 2),
    question: expect.stringContaining("not known"),
  });
});
