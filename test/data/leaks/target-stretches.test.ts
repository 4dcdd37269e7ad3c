import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { targetStretches } from "../../../src/data/leaks/target-stretches.ts";
import { type Cells, contextOf } from "../checks/context.ts";
import { numbers } from "../table.ts";

const ROWS = 400;
const random = createRandom(3, "stretches");
const feature = numbers(ROWS, () => random.normal());
const income = numbers(ROWS, (i) => Math.round(100 * (50 + 10 * feature[i]! + 8 * random.normal())) / 100);
const given = (column: Cells) => contextOf({ columns: { feature, column, income }, target: "income" });

describe("a column of stretches of the target", () => {
  test.each([
    ["brackets", income.map((value) => (value < 40 ? "low" : value < 60 ? "middle" : "high")), 3],
    ["whether it lies above a bound", income.map((value) => (value > 60 ? "yes" : "no")), 2],
    ["deciles as numbers", income.map((value) => Math.floor(value / 12)), null],
    ["brackets, some rows of them unknown", income.map((value, i) => (i % 7 === 0 ? null : value < 50 ? "a" : "b")), 2],
  ])("%s", async (_, column, kinds) => {
    const [found, ...others] = (await targetLeak.inspect(given(column))).filter(({ columns }) => columns.includes("column"));
    expect(found).toMatchObject({
      severity: "blocker",
      evidence: { certain: true },
      fix: { steps: [{ op: "drop", columns: ["column"] }] },
    });
    if (kinds !== null) expect(found?.evidence.kinds).toBe(kinds);
    expect(others).toEqual([]);
  });

  test("is asked about where each of the things that come back has one kind: a region of shops parts sales honestly", async () => {
    const shop = numbers(ROWS, (i) => i % 40);
    const region = shop.map((one) => (one < 20 ? "north" : "south"));
    const sales = shop.map((one) => (one < 20 ? 100 : 200) + 50 * random.next());
    const found = await targetLeak.inspect(contextOf({ columns: { feature, shop, region, sales }, target: "sales" }));
    const [asked] = found.filter(({ columns }) => columns.includes("region"));
    expect(asked).toMatchObject({ confidence: 0.45, evidence: { ofThings: true } });
  });

  test("says where each kind lies", async () => {
    const [found] = await targetLeak.inspect(given(income.map((value) => (value < 40 ? "low" : value < 60 ? "middle" : "high"))));
    expect(found?.why).toMatch(/"low" [\d.]+ to 3\d\.?\d*, "middle" 40.* to 5\d\.?\d*, "high" 60/);
  });

  test("kinds between which the target has gaps are asked about", async () => {
    const kinds = numbers(ROWS, (i) => [4, 6, 8][i % 3]!);
    const size = kinds.map((kind) => Math.round(100 * (0.4 * kind + 0.5 * random.next())) / 100);
    const context = contextOf({ columns: { feature, cylinders: kinds.map(String), size }, target: "size" });
    const [found] = await targetLeak.inspect(context);
    expect(found).toMatchObject({ columns: ["cylinders"], confidence: 0.45, evidence: { liesApart: true } });
    expect(found?.evidence.certain).toBeUndefined();
  });

  test.each([
    ["brackets of what goes with it", feature.map((value) => (value < -0.5 ? "low" : value < 0.5 ? "middle" : "high"))],
    ["brackets that one row in twenty breaks", income.map((value, i) => (value < 50 === i % 20 > 0 ? "a" : "b"))],
    ["a kind of one row", income.map((_, i) => (i === 0 ? "a" : "b"))],
  ])("not %s", (_, column) => {
    expect(targetStretches(given(column))).toEqual([]);
  });

  test("not where one kind is the target's smallest value: that is asked about as a flag of it", () => {
    const pay = income.map((value) => Math.max(0, value - 45));
    const column = pay.map((value) => (value === 0 ? "none" : "some"));
    expect(targetStretches(contextOf({ columns: { feature, column, pay }, target: "pay" }))).toEqual([]);
  });

  test("not what is known before, and not of classes", () => {
    const column = income.map((value) => (value < 50 ? "a" : "b"));
    expect(targetStretches({ ...given(column), knownAt: { column: "before" } })).toEqual([]);
    expect(targetStretches(contextOf({ columns: { income, column }, target: "column" }))).toEqual([]);
  });
});
