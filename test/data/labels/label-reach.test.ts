import { expect, test } from "vitest";
import { reachSentence } from "../../../src/core/finding.ts";
import { createRandom } from "../../../src/core/random.ts";
import { labelReach } from "../../../src/data/labels/label-reach.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 3000;

/** Classes apart by `steep`, and the probabilities themselves as a model's answers. */
function classes(steep: number) {
  const random = createRandom(3, "labels");
  const x = numbers(ROWS, () => random.normal());
  const outputs = Float64Array.from(x, (value) => 1 / (1 + Math.exp(-steep * value)));
  const label = Array.from(outputs, (p) => (random.next() < p ? "yes" : "no"));
  const outOfFold = { rows: Int32Array.from(x.keys()), outputs, repeats: 1 };
  const table = tableOf([
    ["x", x],
    ["y", label],
  ]);
  return contextOf(table, "y", { outOfFold });
}

/** y = x + noise of `spread`; the model knows x. */
function values(spread: number) {
  const random = createRandom(4, "values");
  const x = numbers(ROWS, () => random.normal());
  const y = x.map((value) => value + spread * random.normal());
  const outOfFold = { rows: Int32Array.from(x.keys()), outputs: Float64Array.from(x), repeats: 1 };
  const table = tableOf([
    ["x", x],
    ["y", y],
  ]);
  return contextOf(table, "y", { outOfFold });
}

test("planted labels stand first among the contradictions where classes are clear, and hide where they overlap", async () => {
  const [clear, mixed] = [(await labelReach(classes(30)))!, (await labelReach(classes(1)))!];
  expect(clear.ranked.low).toBeGreaterThan(0.6);
  expect(mixed.ranked.high).toBeLessThan(0.4);
  expect(mixed.silent).toBeGreaterThanOrEqual(mixed.draws - 1);
  expect(reachSentence(mixed)).toContain("Were 5 % of the labels changed at random, the check for wrong-label would find");
});

test("values of other rows stand out of a narrow residual, and not of a wide one", async () => {
  const [narrow, wide] = [(await labelReach(values(0.02)))!, (await labelReach(values(2)))!];
  expect(narrow.ranked.low).toBeGreaterThan(0.8);
  expect(wide.ranked.high).toBeLessThan(0.4);
  expect(wide.found.value).toBeLessThan(0.05);
});

test("the same seed plants the same, and nothing is said without out-of-fold answers", async () => {
  expect(await labelReach(classes(3))).toEqual(await labelReach(classes(3)));
  expect(await labelReach({ ...classes(3), outOfFold: null })).toBeNull();
});
