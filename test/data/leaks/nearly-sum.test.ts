import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { nearlySum } from "../../../src/data/leaks/nearly-sum.ts";
import { contextOf } from "../checks/context.ts";
import { numbers } from "../table.ts";

const ROWS = 600;
const random = createRandom(9, "nearly a sum");
const marks = Array.from({ length: 6 }, () => numbers(ROWS, () => random.integer(5)));
const weights = [1, 1, 2, 1.5, 0.7, 1];
const total = numbers(ROWS, (i) => marks.reduce((sum, mark, k) => sum + weights[k]! * mark[i]!, 0));
const named = (columns: readonly (readonly number[])[]) => Object.fromEntries(columns.map((own, k) => [`mark${k}`, own]));
const given = (y: readonly number[], columns: readonly (readonly number[])[] = marks) =>
  contextOf({ columns: { ...named(columns), spare: numbers(ROWS, () => random.normal()), y }, target: "y" });

describe("a target that is nearly a weighted sum", () => {
  test("is asked about, with the columns that weigh", async () => {
    const y = total.map((value) => Math.round(100 * (value + 0.25 * random.normal())) / 100);
    const found = await combinationLeak.inspect(given(y));
    expect(found).toMatchObject([
      {
        columns: expect.arrayContaining(["mark0", "mark2", "mark5"]),
        confidence: 0.4,
        evidence: { operation: "nearly a weighted sum", columns: 6 },
      },
    ]);
    expect(found[0]?.columns).not.toContain("spare");
    expect(found[0]?.evidence.told).toBeGreaterThan(0.98);
  });

  test.each<[string, readonly number[], readonly (readonly number[])[]]>([
    ["with as much noise as nature has", total.map((value) => value + 1.2 * random.normal()), marks],
    ["that one column tells alone", marks[0]!.map((value, i) => 30 * value + marks[1]![i]! + 3 * random.normal()), marks],
    ["of three columns", numbers(ROWS, (i) => marks[0]![i]! + marks[1]![i]! + marks[2]![i]! + 0.1 * random.normal()), marks.slice(0, 3)],
    ["that is no sum", numbers(ROWS, (i) => marks.reduce((product, mark) => product * (mark[i]! + 1), 1)), marks],
  ])("not one %s", (_, y, columns) => {
    expect(nearlySum(given(y, columns))).toBeNull();
  });

  test("a copy of the target beside them is no part of it", () => {
    const y = total.map((value) => value + 0.25 * random.normal());
    const copy = y.map((value) => 3 * value);
    const found = nearlySum(contextOf({ columns: { ...named(marks), copy, y }, target: "y" }));
    expect(found?.columns.toSorted()).toEqual(Object.keys(named(marks)));
  });

  test("not fitted to fewer than ten rows a column", () => {
    const wide = Array.from({ length: 40 }, () => numbers(300, () => random.normal()));
    const y = numbers(300, (i) => wide.reduce((sum, own) => sum + own[i]!, 0) + 0.1 * random.normal());
    expect(nearlySum(contextOf({ columns: { ...named(wide), y }, target: "y" }))).toBeNull();
  });
});
