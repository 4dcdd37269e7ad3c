import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { preprocessingLeak } from "../../../src/data/checks/preprocessing-leak.ts";
import { meansOfOthers } from "../../../src/data/leaks/means-of-others.ts";
import { contextOf } from "../checks/context.ts";
import { numbers } from "../table.ts";

const ROWS = 400;
const random = createRandom(6, "means of others");
const street = numbers(ROWS, () => random.integer(60));
const rent = numbers(ROWS, (i) => Math.round(10 * (900 + 5 * (street[i]! % 9) + 120 * random.normal())) / 10);
const left = numbers(ROWS, () => Number(random.next() < 0.4));

/** Of each row, the mean over the others of its street. */
function others(values: readonly number[], digits: number): number[] {
  return values.map((own, row) => {
    const mates = values.filter((_, i) => i !== row && street[i] === street[row]);
    const mean = mates.length === 0 ? own : mates.reduce((sum, value) => sum + value, 0) / mates.length;
    return Number(mean.toFixed(digits));
  });
}

const given = (mean: readonly number[], target: "rent" | "left" = "rent") =>
  contextOf({
    columns: {
      street: street.map((one) => `s${one}`),
      spare: numbers(ROWS, () => random.normal()),
      mean,
      ...(target === "rent" ? { rent } : { left: left.map((one) => (one === 1 ? "yes" : "no")) }),
    },
    target,
  });

describe("the mean of the target over the other rows of a kind", () => {
  test("gives the target together with the kind", async () => {
    const [found] = await preprocessingLeak.inspect(given(others(rent, 2)));
    expect(found).toMatchObject({
      columns: ["mean"],
      severity: "blocker",
      evidence: { kind: "leave-one-out", of: "street" },
      fix: { steps: [{ op: "drop", columns: ["mean"] }] },
    });
  });

  test("of pairs it is what the other one has, which may be known: it is only asked about", async () => {
    const height = numbers(ROWS, () => Math.round(170 + 9 * random.normal()));
    const columns = {
      couple: numbers(ROWS, (i) => i >> 1).map((one) => `c${one}`),
      spare: numbers(ROWS, () => random.normal()),
      spouse: height.map((_, i) => height[i ^ 1]!),
      height,
    };
    const context = contextOf({ columns, target: "height" });
    const asked = (await preprocessingLeak.inspect(context)).filter(({ columns: [name] }) => name === "spouse");
    expect(asked).toMatchObject([{ confidence: 0.45, choices: ["after", "before"] }]);
    expect(asked[0]!.why).toContain("what the other row with the same `couple` has");
    const known = await preprocessingLeak.inspect({ ...context, knownAt: { spouse: "before" } });
    expect(known.filter(({ columns: [name] }) => name === "spouse")).toEqual([]);
  });

  test("of a class", async () => {
    expect(await meansOfOthers(given(others(left, 4), "left"))).toMatchObject([{ column: "mean", kind: "street", classIndex: 1 }]);
  });

  test("not whole numbers, of which nearly all are near the share of a class", async () => {
    const visits = numbers(ROWS, (i) => (i % 33 > 0 ? 0 : 1 + Math.floor(i / 33)));
    const rare = visits.map((_, i) => (i % 9 === 0 ? "yes" : "no"));
    const columns = { street: street.map((one) => `s${one}`), visits, rare };
    expect(await meansOfOthers(contextOf({ columns, target: "rare" }))).toEqual([]);
  });

  test("not the price of a kind, which is the target of all its rows", async () => {
    const price = street.map((kind) => 900 + 7 * kind);
    const columns = { street: street.map((one) => `s${one}`), list: price, spare: numbers(ROWS, () => random.normal()), price };
    expect(await meansOfOthers(contextOf({ columns, target: "price" }))).toEqual([]);
  });

  test.each([
    [
      "means of other numbers",
      others(
        numbers(ROWS, () => 900 + 100 * random.normal()),
        2,
      ),
    ],
    ["means of nobody", numbers(ROWS, () => Math.round(100 * (900 + 100 * random.normal())) / 100)],
  ])("not %s", async (_, mean) => {
    expect(await meansOfOthers(given(mean))).toEqual([]);
  });
});
