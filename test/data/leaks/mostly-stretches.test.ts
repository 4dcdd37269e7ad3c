import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { mostlyStretches } from "../../../src/data/leaks/mostly-stretches.ts";
import { type Cells, contextOf } from "../checks/context.ts";
import { numbers } from "../table.ts";

const ROWS = 1200;
const random = createRandom(6, "mostly stretches");
const feature = numbers(ROWS, () => random.normal());
const income = numbers(ROWS, (i) => Math.round(100 * (50 + 10 * feature[i]! + 8 * random.normal())) / 100);
const band = (value: number) => (value < 40 ? "low" : value < 60 ? "middle" : "high");
const other = ["low", "middle", "high"];
const given = (column: Cells) => contextOf({ columns: { feature, column, income }, target: "income" });

describe("a column that cuts the target but for some errors", () => {
  test("is a leak, with the rows that stray", async () => {
    const column = income.map((value, i) => (i % 20 === 0 ? other[(i / 20) % 3]! : band(value)));
    const [found, ...others] = (await targetLeak.inspect(given(column))).filter(({ columns }) => columns.includes("column"));
    expect(found).toMatchObject({ trap: "target-leak", severity: "blocker", evidence: { kinds: 3, rows: ROWS } });
    const [low = 0, high = 0] = found!.evidence.cuts as number[];
    expect(low).toBeCloseTo(40, 0);
    expect(high).toBeCloseTo(60, 0);
    expect(found?.rows.count).toBe(ROWS - (found?.evidence.held as number));
    expect(others).toEqual([]);
  });

  test("is asked about where the rows that stray lie beside the cut: two kinds of things overlap a little so", async () => {
    const on = numbers(ROWS, (i) => i % 2);
    const gas = on.map((one) => (one === 1 ? 60 : 17) + 10 * random.normal());
    const [found] = (await targetLeak.inspect(contextOf({ columns: { feature, heating: on.map(String), gas }, target: "gas" }))).filter(
      ({ columns }) => columns.includes("heating"),
    );
    expect(found).toMatchObject({ confidence: 0.45, evidence: { strayNear: true } });
    expect(found?.why).not.toContain("overlaps there");
  });

  test("two kinds, as numbers", () => {
    const column = income.map((value, i) => (value > 55 === i % 15 > 0 ? 1 : 0));
    expect(mostlyStretches(given(column))).toMatchObject([{ column: "column", kinds: 2 }]);
  });

  test.each<[string, Cells]>([
    ["brackets of what goes with it", feature.map((value) => (value < -0.8 ? "low" : value < 0.8 ? "middle" : "high"))],
    ["brackets of what is nearly it", income.map((value) => band(value + 3 * random.normal()))],
    ["one error in five", income.map((value, i) => (i % 4 === 0 ? other[(i / 4) % 3]! : band(value)))],
    ["kinds without an order", income.map((_, i) => other[i % 3]!)],
    ["a kind of few rows", income.map((value, i) => (value > 80 && i % 50 > 0 ? "b" : "a"))],
  ])("not %s", (_, column) => {
    expect(mostlyStretches(given(column))).toEqual([]);
  });
});
