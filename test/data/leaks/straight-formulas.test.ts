import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { straightFormulas } from "../../../src/data/leaks/straight-formulas.ts";
import { inspect, numbers, tableOf } from "../table.ts";

const random = createRandom(4, "straight formulas");
const rounded = (digits: number) => (value: number) => Number(value.toFixed(digits));
const values = (make: () => number, digits: number) => Float64Array.from(numbers(300, make), rounded(digits));
const [weight, height, share] = [
  values(() => 70 + 10 * random.normal(), 1),
  values(() => 170 + 8 * random.normal(), 0),
  values(() => 0.1 * random.normal(), 4),
];
const from = (make: (row: number) => number, digits: number) => Float64Array.from(numbers(300, make), rounded(digits));
const at = (column: Float64Array, row: number) => column[row] ?? 0;

describe("straightFormulas", () => {
  test.each([
    ["a * b^2", from((i) => (at(weight, i) * at(height, i) ** 2) / 1e4, 1), weight, height],
    ["a / b", from((i) => 100 - (40 * at(weight, i)) / at(height, i), 3), weight, height],
    ["a + a * b", from((i) => at(weight, i) * (1 + at(share, i)), 2), weight, share],
    ["a + b", from((i) => 300 - at(weight, i) - 0.5 * at(height, i), 1), weight, height],
  ] as const)("%s within rounding", (form, y, a, b) => {
    expect(straightFormulas([a, b], y)).toContainEqual(expect.objectContaining({ a: 0, b: 1, form }));
  });

  test("nothing of noise, nor of a column that gives the target without the other", () => {
    const noisy = from((i) => at(weight, i) * (1 + at(share, i)) + 0.3 * random.normal(), 2);
    expect(straightFormulas([weight, height, share], noisy)).toEqual([]);
    const alone = from((i) => 3 * at(weight, i) + 2, 1);
    expect(straightFormulas([weight, height, share], alone)).toEqual([]);
  });
});

describe("a target that is a column in units of each level", () => {
  const battery = numbers(300, (row) => Math.floor(row / 30));
  const capacity = numbers(300, (row) => rounded(6)(1.7 + 0.1 * (battery[row] ?? 0) - 0.01 * (row % 30) + 0.002 * random.normal()));
  const first = (row: number) => capacity[30 * (battery[row] ?? 0)] ?? 1;
  const health = capacity.map((value, row) => value / first(row));
  const table = (target: readonly number[]) =>
    tableOf([
      ["battery", battery.map((one) => `B${one}`)],
      ["capacity", capacity],
      ["soh", [...target]],
    ]);

  test("is told; with noise, or as a target of its own, it is not", async () => {
    const found = await inspect(combinationLeak, table(health), "soh");
    expect(found).toMatchObject([{ columns: ["capacity"], evidence: { operation: "times", within: "battery", levels: 10 } }]);
    const noisy = health.map((value) => value + 0.003 * random.normal());
    expect((await inspect(combinationLeak, table(noisy), "soh")).filter(({ evidence }) => evidence.by === "level")).toEqual([]);
  });
});
