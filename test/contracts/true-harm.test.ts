import { expect, test } from "vitest";
import { cleanTable } from "../../bench/traps/clean.ts";
import { isCaught, isReal, isTrueByDefinition } from "../../bench/traps/judge.ts";
import { PLANTS } from "../../bench/traps/plants/index.ts";
import { harmFollowsTruth, harmful, type Try } from "../../bench/traps/summary.ts";
import { cellsOf, withColumn } from "../../bench/traps/table.ts";
import { flattery, trueHarm } from "../../bench/traps/truth.ts";
import { createRandom } from "../../src/core/random.ts";
import type { TrapId } from "../../src/core/trap.ts";

const sown = (trap: TrapId, draw = 0) => {
  const before = cleanTable(4, 160, "binary", draw);
  const planted = PLANTS.find((one) => one.trap === trap)!.plant(before, createRandom(4, `plant ${trap}`), 1)!;
  return { before, planted };
};

test("other rows of a world have its columns and its plants", () => {
  const [first, second] = [sown("sentinel"), sown("sentinel", 1)];
  expect([...second.before.columns.keys()]).toEqual([...first.before.columns.keys()]);
  expect(cellsOf(second.before, "outcome")).not.toEqual(cellsOf(first.before, "outcome"));
  expect(second.planted.columns).toEqual(first.planted.columns);
});

test("a leak flatters in all draws, a column of one value in none; a code for missing is mended to gaps", () => {
  const of = (trap: TrapId, draw: number) => {
    const { before, planted } = sown(trap, draw);
    return flattery(trap, before, planted, draw)!;
  };
  const leak = trueHarm([1, 2, 3].map((draw) => of("target-leak", draw)))!;
  expect(leak.low).toBeGreaterThan(0.1);
  expect(of("constant", 1)).toBe(0);
  const { planted } = sown("sentinel");
  const [name = ""] = planted.columns;
  expect(new Set(cellsOf(planted.mended!, name)).has("")).toBe(true);
  expect(trueHarm([0.1, 0.1])).toBeNull();
});

test("a finding is explained by a plant on its columns, or as a fact of the file", () => {
  const { before, planted } = sown("target-leak");
  const plant = { trap: "target-leak" as const, strength: 1, planted };
  expect(isCaught(plant, { trap: "post-outcome", columns: ["marker"] })).toBe(true);
  expect(isReal({ trap: "post-outcome", columns: ["age"] }, [plant])).toBe(false);
  const [row = ""] = cellsOf(before, "outcome");
  const equal = { ...before, columns: new Map([...before.columns].map(([column, cells]) => [column, [cells[0]!, cells[0]!]])) };
  expect(isTrueByDefinition({ trap: "conflicting-label", columns: [] }, equal)).toBe(false);
  expect(isTrueByDefinition({ trap: "conflicting-label", columns: [] }, withColumn(equal, "outcome", [row, "other"]))).toBe(true);
});

test("harm is shown beyond chance over all plants, and its order is told with an interval", () => {
  const tries = Array.from({ length: 20 }, (_, i): Try => {
    const value = i < 10 ? 0 : 0.1 * i;
    const truth = { value, low: value, high: value, p: i < 10 ? 0.5 : 1e-4 };
    return { trap: "t", strength: 1, found: true, caught: true, with: 1, where: `${i}`, ground: "made", harm: value, truth };
  });
  expect(harmful(tries)).toHaveLength(10);
  expect(harmFollowsTruth(tries)).toMatchObject({ of: 20, value: 1, high: 1 });
});
