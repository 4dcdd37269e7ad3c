import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { sumInMost } from "../../../src/data/leaks/sum-in-most.ts";
import { contextOf } from "../checks/context.ts";
import { numbers } from "../table.ts";

const ROWS = 800;
const random = createRandom(7, "sum in most rows");
const cents = (value: number) => Math.round(100 * value) / 100;
const goods = numbers(ROWS, () => cents(20 + 80 * random.next() ** 2));
const shipping = numbers(ROWS, () => (random.next() < 0.4 ? 0 : cents(3 + 4 * random.next())));
const discount = numbers(ROWS, (i) => (random.next() < 0.6 ? 0 : cents(0.1 * goods[i]!)));
const pages = numbers(ROWS, () => random.integer(30));
const sum = goods.map((value, i) => cents(value + shipping[i]! - discount[i]!));
/** One row in ten is in another currency. */
const order = sum.map((value, i) => (i % 10 === 3 ? cents(4.5 * value) : value));
const sides = { discount, goods, pages, shipping };
const columnsOf = (from: Readonly<Record<string, readonly number[]>>) =>
  Object.entries(from).map(([name, values]) => ({ name, values: Float64Array.from(values) }));

describe("a sum that is the target in most rows", () => {
  test("is a leak of its columns", async () => {
    const found = await combinationLeak.inspect(contextOf({ columns: { ...sides, order }, target: "order" }));
    expect(found).toMatchObject([
      {
        columns: ["discount", "goods", "shipping"],
        severity: "blocker",
        evidence: { operation: "sum in most rows", columns: 3, rows: ROWS },
      },
    ]);
    expect(found[0]?.evidence.share).toBeCloseTo(0.9, 2);
    expect(found[0]?.why).toContain("`order` = `goods` - `discount` + `shipping` in 90 %");
  });

  test("is asked about where one row in four breaks it: what is sold is taken off a stock", async () => {
    const evening = sum.map((value, i) => (i % 4 === 1 ? cents(0.6 * value) : value));
    const found = await combinationLeak.inspect(contextOf({ columns: { ...sides, evening }, target: "evening" }));
    expect(found).toMatchObject([{ confidence: 0.45 }]);
    expect(found[0]?.evidence.certain).toBeUndefined();
  });

  test("has no part that adds nothing, and a sign of its own for each", () => {
    const found = sumInMost(columnsOf({ ...sides, none: numbers(ROWS, () => 0) }), Float64Array.from(order));
    expect(new Map(found?.columns.map((name, i) => [name, found.signs[i]]))).toEqual(
      new Map([
        ["discount", -1],
        ["goods", 1],
        ["shipping", 1],
      ]),
    );
  });

  test.each<[string, readonly number[]]>([
    ["in half of the rows", sum.map((value, i) => (i % 2 === 0 ? cents(value * 1.3) : value))],
    ["within more than rounding", sum.map((value) => cents(value + 0.2 * random.normal()))],
    ["of few values, by chance", pages.map((value, i) => Math.min(3, value + shipping[i]!))],
  ])("not %s", (_, target) => {
    expect(sumInMost(columnsOf(sides), Float64Array.from(target))).toBeNull();
  });

  test("not of parts that are mostly 0: the target equals one of them", () => {
    const rare = numbers(ROWS, (i) => (i % 25 === 0 ? 5 : 0));
    const target = goods.map((value, i) => (i % 9 === 4 ? cents(3 * value) : cents(value + rare[i]!)));
    expect(sumInMost(columnsOf({ goods, rare }), Float64Array.from(target))).toBeNull();
  });
});
