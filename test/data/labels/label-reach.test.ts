import { expect, test } from "vitest";
import { reachSentence } from "../../../src/core/finding.ts";
import { createRandom } from "../../../src/core/random.ts";
import type { AuditContext } from "../../../src/data/check.ts";
import { labelReach } from "../../../src/data/labels/label-reach.ts";
import { labelReview } from "../../../src/data/labels/label-review.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 3000;

const reachOf = (context: AuditContext) => labelReach(context, ["of the answers"]);

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

/** y lies in 0..1, and in a fifth of the rows far above; the model knows which. Half of what is planted stays within its part and cannot be seen. */
function twoParts() {
  const random = createRandom(5, "parts");
  const x = numbers(ROWS, () => random.next());
  const outputs = Float64Array.from(x, (value) => (value < 0.2 ? 50 + 100 * value : value));
  const y = Array.from(outputs, (value) => value + 0.1 * random.normal());
  const table = tableOf([
    ["x", x],
    ["y", y],
  ]);
  return contextOf(table, "y", { outOfFold: { rows: Int32Array.from(x.keys()), outputs, repeats: 1 } });
}

test("planted labels stand first among the contradictions where classes are clear, and hide where they overlap", async () => {
  const [clear, mixed] = [(await reachOf(classes(30)))!, (await reachOf(classes(1)))!];
  expect(clear.ranked).toBeGreaterThan(0.6);
  expect(mixed.ranked).toBeLessThan(0.4);
  expect(mixed.silent).toBeGreaterThanOrEqual(mixed.draws - 1);
  expect(mixed.experiments).toEqual(["of the answers"]);
});

test("a model of labels that are wrong at random foresees them, so nothing is found where one of clean labels would find most", async () => {
  const context = classes(10);
  const { found, silent, draws } = (await reachOf(context))!;
  expect([found, silent]).toEqual([0, draws]);
  const random = createRandom(6, "wrong labels");
  const target = context.target.map((label) => (random.next() < 0.05 ? 1 - label : label));
  expect(labelReview({ ...classes(10), target })!.rows.length).toBeGreaterThan(0.025 * ROWS);
});

test("values of other rows stand out of a narrow residual, and not of a wide one", async () => {
  const [narrow, wide] = [(await reachOf(values(0.02)))!, (await reachOf(values(2)))!];
  expect(narrow.ranked).toBeGreaterThan(0.8);
  expect(wide.ranked).toBeLessThan(0.4);
  expect(wide.found).toBeLessThan(0.05);
});

test("what stands far out is found in every trial; a model of such errors moves its answers, so that the order is not that of clean ones", async () => {
  const { found, ranked, silent } = (await reachOf(twoParts()))!;
  expect(silent).toBe(0);
  // A planted value comes from the other part with probability 2 x 0.2 x 0.8.
  expect(found).toBeGreaterThan(0.28);
  expect(found).toBeLessThan(0.45);
  expect(ranked).toBeGreaterThanOrEqual(found);
  expect(ranked).toBeLessThan(0.5);
});

test("the sentence says in how many trials anything was found, and no interval", () => {
  const reach = { trap: "wrong-label", planted: "labels changed at random", rate: 0.05, draws: 7, experiments: [] } as const;
  expect(reachSentence({ ...reach, found: 0, ranked: 0.51, silent: 7 })).toBe(
    "What the check for wrong-label can see here was tried 7 times, with 5 % of the labels changed at random. It found none of them. Whoever reads as many rows, those that contradict the model most first, would see about 50 % at best. Real errors may be harder to see than random ones.",
  );
  expect(reachSentence({ ...reach, found: 0.104, ranked: 0.51, silent: 6 })).toContain(
    "It found some in 1 of these trials, at best 10 % of them on average.",
  );
  expect(reachSentence({ ...reach, found: 0.004, ranked: 0.51, silent: 6 })).toContain("at best under 1 % of them on average");
});

test("the same seed plants the same, and nothing is said without out-of-fold answers", async () => {
  expect(await reachOf(classes(3))).toEqual(await reachOf(classes(3)));
  expect(await reachOf({ ...classes(3), outOfFold: null })).toBeNull();
});
