import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { impossibleValue } from "../../../src/data/checks/impossible-value.ts";
import { featureCodes } from "../../../src/data/missing/feature-codes.ts";
import { zeroKinds } from "../../../src/data/missing/zero-kinds.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 2000;

function cars(isZero: (fuel: string, draw: number) => boolean, name = "engine_cc") {
  const random = createRandom(3, "fuel");
  const fuel = numbers(ROWS, () => random.integer(12)).map((one) => (one === 0 ? "electric" : one < 7 ? "petrol" : "diesel"));
  const size = fuel.map((one) => (isZero(one, random.next()) ? 0 : 1600 + Math.round(150 * random.normal())));
  return contextOf(
    tableOf([
      ["fuel", fuel],
      [name, size],
      ["y", fuel.map(() => (random.next() < 0.5 ? "yes" : "no"))],
    ]),
    "y",
  );
}

const codesIn = (context: ReturnType<typeof cars>) => featureCodes(context).map(({ column, values }) => [column.name, ...values]);

describe("a zero that one kind has, and no other", () => {
  test("is true", () => {
    const context = cars((fuel) => fuel === "electric");
    expect(zeroKinds(context)).toMatchObject([{ of: { name: "engine_cc" }, kinds: ["electric"] }]);
    expect(codesIn(context)).toEqual([]);
  });

  test("asks about the few rows of the kind that are not 0", async () => {
    const context = cars((fuel, draw) => fuel === "electric" && draw > 0.06);
    expect(codesIn(context)).toEqual([]);
    const found = (await impossibleValue.inspect(context)).filter(({ columns }) => columns.includes("fuel"));
    expect(found).toMatchObject([{ columns: ["engine_cc", "fuel"], confidence: 0.45, choices: ["mistake", "true value"] }]);
    expect(found[0]!.rows.count).toBeLessThan(20);
    const all = await impossibleValue.inspect(cars((fuel) => fuel === "electric"));
    expect(all).toEqual([]);
  });
});

test.each<[string, (fuel: string, draw: number) => boolean, string]>([
  ["zeros of all kinds", (_, draw) => draw < 0.08, "engine_cc"],
  ["zeros of half of a kind", (fuel, draw) => fuel === "electric" && draw < 0.5, "engine_cc"],
  ["a weight, which nothing is without", (fuel) => fuel === "electric", "weight_kg"],
])("%s stay codes for missing", (_, isZero, name) => {
  const context = cars(isZero, name);
  expect(zeroKinds(context)).toEqual([]);
  expect(codesIn(context)).toEqual([[name, 0]]);
});
