import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { givenInMost } from "../../../src/data/leaks/given-in-most.ts";
import { type Cells, contextOf } from "../checks/context.ts";
import { numbers } from "../table.ts";

const ROWS = 1000;
const random = createRandom(5, "given in most rows");
const honest = numbers(ROWS, () => random.normal());
const price = numbers(ROWS, (i) => Math.round(20_000 * Math.exp(0.4 * honest[i]! + 0.3 * random.normal())));
const rate = price.map((value) => Math.round(100 * (0.0152 * value + 2 * random.normal())) / 100);
const isOdd = (i: number) => i % 40 === 7;
/** One row in forty holds a placeholder. */
const asked = price.map((value, i) => (isOdd(i) ? 1_234_567 : value));
const given = (column: Cells, target: Cells = asked) => contextOf({ columns: { honest, column, price: target }, target: "price" });

describe("a column that nearly gives the target in all rows but a few", () => {
  test("is a leak, with the rows that lie elsewhere", async () => {
    const [found] = (await targetLeak.inspect(given(rate))).filter(({ columns }) => columns.includes("column"));
    expect(found).toMatchObject({
      severity: "blocker",
      fix: { steps: [{ op: "drop", columns: ["column"] }] },
    });
    expect(found?.confidence).toBeGreaterThan(0.6);
    // Placeholders beside the dearest rows lie near them.
    expect(found?.rows.count).toBeGreaterThanOrEqual(20);
    expect(found?.rows.count).toBeLessThanOrEqual(25);
    expect(found?.rows.sample.every(isOdd)).toBe(true);
    expect(found?.evidence.elsewhere).toBe(found?.rows.count);
    expect(found?.evidence.score).toBeGreaterThan(0.98);
    expect(found?.evidence.scoreOfAll).toBeLessThan(0.95);
  });

  test.each<[string, Cells, Cells]>([
    ["that falls as the target rises", rate.map((value) => -value), asked],
    ["in another currency in some rows", rate, price.map((value, i) => (i % 12 === 0 ? Math.round(value * 4.5) : value))],
    [
      "that lacks in a third of the rows, three odd ones beside",
      rate.map((value, i) => (i % 3 === 0 ? null : value)),
      price.map((value, i) => (i % 300 === 7 ? 1 : value)),
    ],
    ["that lacks in a third of the rows", rate.map((value, i) => (i % 3 === 0 ? null : value)), asked],
  ])("%s", (_, column, target) => {
    expect(givenInMost(given(column, target))).toMatchObject([{ column: "column" }]);
  });

  test.each<[string, Cells, Cells]>([
    ["what goes with it, placeholders beside", price.map((value) => value * Math.exp(0.12 * random.normal())), asked],
    [
      "what goes with it, with long tails",
      price.map((value) => value * Math.exp((0.1 * random.normal()) / Math.abs(random.normal()))),
      price,
    ],
    ["rows of which one in five lies elsewhere", rate, price.map((value, i) => (i % 5 === 0 ? price[(i * 7) % ROWS]! : value))],
    ["a column of few values", rate.map((value) => Math.round(value / 200)), asked],
    ["what tells the target by its missing values alone", rate.map((value, i) => (i % 4 === 0 ? value : null)), asked],
  ])("not %s", (_, column, target) => {
    expect(givenInMost(given(column, target))).toEqual([]);
  });

  test("is asked about where its name says that it may be an earlier value", async () => {
    const context = contextOf({ columns: { honest, price_before: rate, price: asked }, target: "price" });
    const found = (await targetLeak.inspect(context)).filter(({ columns }) => columns.includes("price_before"));
    expect(found).toMatchObject([{ confidence: 0.45 }]);
  });

  test("not what is said to be known before", () => {
    expect(givenInMost({ ...given(rate), knownAt: { column: "before" } })).toEqual([]);
  });
});
