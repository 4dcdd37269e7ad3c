import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { zeroInflated } from "../../../src/data/checks/zero-inflated.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

function poisson(random: Random, mean: number): number {
  let count = -1;
  for (let product = 1; product > Math.exp(-mean); count++) product *= 1 - random.next();
  return count;
}

/** Sum of `shape` exponentials: a gamma of whole shape. */
function gamma(random: Random, shape: number): number {
  return numbers(shape, () => -Math.log(1 - random.next())).reduce((sum, value) => sum + value, 0);
}

async function found(make: (random: Random) => number) {
  const random = createRandom(2, "zeros");
  const y = numbers(1500, () => make(random));
  return await zeroInflated.inspect(
    contextOf(
      tableOf([
        ["x", numbers(1500, () => random.normal())],
        ["y", y],
      ]),
      "y",
      { task: { task: "regression" } },
    ),
  );
}

const amountOf = (random: Random) => Math.round(100 * Math.exp(5 + random.normal())) / 100;

test.each([
  ["half of the amounts", (random: Random) => (random.next() < 0.5 ? 0 : amountOf(random)), 0.9],
  ["a tenth of the amounts", (random: Random) => (random.next() < 0.1 ? 0 : amountOf(random)), 0.9],
  ["a third of the counts", (random: Random) => (random.next() < 0.33 ? 0 : poisson(random, 4)), 0.7],
])("zeros in %s are found", async (_, make, sure) => {
  const [one] = await found(make);
  expect(one).toMatchObject({ columns: ["y"], severity: "costly" });
  expect(one!.confidence).toBeGreaterThan(sure);
});

test("counts that are mostly 0 are told, as cosmetic, though nothing is inflated", async () => {
  const [one, ...more] = await found((random) => poisson(random, 0.5));
  expect(more).toEqual([]);
  expect(one).toMatchObject({ columns: ["y"], severity: "cosmetic", counterfactual: null, evidence: { kind: "mostly-zero" } });
});

test.each<[string, (random: Random) => number]>([
  ["counts of gamma rates", (random) => poisson(random, 2 * gamma(random, 1))],
  ["counts of widely spread rates", (random) => poisson(random, 3 * gamma(random, 1) * gamma(random, 1))],
  ["amounts rounded down", (random) => Math.floor(10 * random.next() ** 2)],
])("%s have more zeros than counts of one rate, which is told as cosmetic", async (_, make) => {
  const [one, ...more] = await found(make);
  expect(more).toEqual([]);
  expect(one).toMatchObject({ columns: ["y"], severity: "cosmetic", counterfactual: null, evidence: { kind: "beyond-poisson" } });
  expect(one?.why).toMatch(
    /^\d+ rows \([\d.]+ %\) of `y` are 0, where counts of one rate with this mean \(Poisson, [\d.]+\) would have \d+\.$/,
  );
});

test("zeros that one kind alone has are its own; a copy of the target says nothing of them", async () => {
  const random = createRandom(2, "zeros of kinds");
  const y = numbers(1500, (row) => (row % 3 === 0 ? 0 : Math.round(5 * Math.exp(random.normal()))));
  const inspect = (name: string, cells: (string | number)[]) =>
    zeroInflated.inspect(
      contextOf(
        tableOf([
          ["x", numbers(1500, () => random.normal())],
          [name, cells],
          ["y", y],
        ]),
        "y",
        { task: { task: "regression" } },
      ),
    );
  expect(
    await inspect(
      "copy",
      y.map((value) => 2 * value),
    ),
  ).toMatchObject([{ columns: ["y"] }]);
  expect(
    await inspect(
      "kind",
      y.map((_, row) => (row % 3 === 0 ? "closed" : "open")),
    ),
  ).toEqual([]);
});

describe("silent on", () => {
  test.each<[string, (random: Random) => number]>([
    ["Poisson counts, many of them 0", (random) => poisson(random, 0.7)],
    ["amounts", amountOf],
    ["few zeros", (random) => (random.next() < 0.02 ? 0 : amountOf(random))],
    ["values on both sides", (random) => Math.round(random.normal())],
  ])("%s", async (_, make) => expect(await found(make)).toEqual([]));
});
