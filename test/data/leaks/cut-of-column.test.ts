import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 3000;

/** What is said of a cut, where y is made of x; some labels are wrong. */
function found(x: readonly number[], isOne: (value: number, random: { next(): number }) => boolean, wrong = 0) {
  const random = createRandom(4, "cut");
  const y = x.map((value) => (isOne(value, random) !== random.next() < wrong ? "yes" : "no"));
  const noise = numbers(ROWS, () => random.normal());
  const context = contextOf(
    tableOf([
      ["x", x],
      ["noise", noise],
      ["y", y],
    ]),
    "y",
  );
  return (async () => (await targetLeak.inspect(context)).filter(({ evidence }) => "wrongNearby" in evidence))();
}

const drawn = (label: string, one: (random: ReturnType<typeof createRandom>) => number) => {
  const random = createRandom(7, label);
  return numbers(ROWS, () => one(random));
};
const hours = drawn("hours", (random) => 3 * Math.floor(-90 * Math.log(1 - random.next())));

describe("a class that is whether a number lies beyond one value", () => {
  test("is a leak for certain, though some labels are wrong", async () => {
    for (const wrong of [0, 0.007])
      expect(await found(hours, (value) => value <= 24, wrong)).toMatchObject([
        {
          columns: ["x"],
          severity: "blocker",
          evidence: { below: 24, above: 27, certain: true },
          question: expect.stringContaining('"x"'),
        },
      ]);
  });

  test.each<[string, readonly number[], (value: number, random: { next(): number }) => boolean]>([
    ["a class that grows likely by degrees", hours, (value, random) => random.next() < 1 / (1 + Math.exp((value - 24) / 6))],
    ["clouds that lie apart", drawn("clouds", (random) => (random.next() < 0.3 ? 10 : 20) + random.normal()), (value) => value < 15],
    ["a number that tells nothing", hours, (_, random) => random.next() < 0.1],
    ["few values", drawn("few", (random) => random.integer(6)), (value) => value < 2],
  ])("%s: silent", async (_, x, isOne) => {
    expect(await found(x, isOne)).toEqual([]);
  });
});
