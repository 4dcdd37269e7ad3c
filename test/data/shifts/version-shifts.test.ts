import { expect, test } from "vitest";
import type { Column, Frame } from "../../../src/core/column.ts";
import { createRandom } from "../../../src/core/random.ts";
import type { CellsChanged } from "../../../src/core/table-diff.ts";
import { versionShifts } from "../../../src/data/index.ts";

const LEVELS = ["a", "b"];

function frame(rows: number, seed: number, shift = 0): Frame {
  const random = createRandom(seed, "version-shifts");
  const values = Float64Array.from({ length: rows }, () => random.next() + shift);
  // Levels stand in another order in each frame: they are compared by their text.
  const levels = seed % 2 === 0 ? LEVELS : [...LEVELS].reverse();
  const codes = Int32Array.from({ length: rows }, () => levels.indexOf(random.next() < 0.3 ? "a" : "b"));
  const columns: Column[] = [
    { name: "x", type: "number", values },
    { name: "level", type: "category", codes, levels },
  ];
  return { rows, columns, rowNumbers: null };
}

const cells = (up: number, down: number): CellsChanged => ({ column: "x", cells: up + down, emptied: 0, filled: 0, up, down, samples: [] });

test("added rows of the same source are like the rows before; a moved column is told", () => {
  const same = versionShifts([{ rows: "added", some: frame(300, 1), others: frame(600, 2) }], []);
  expect(same.map(({ column }) => column).sort()).toEqual(["level", "x"]);
  for (const { q } of same) expect(q).toBeGreaterThan(0.05);
  const [first, second] = versionShifts([{ rows: "added", some: frame(300, 1, 0.3), others: frame(600, 2) }], []);
  expect(first).toMatchObject({ column: "x", rows: "added", what: "values" });
  expect(first!.q).toBeLessThan(1e-6);
  expect(second!.q).toBeGreaterThan(0.05);
});

test("a category is told by the value that rows took and did not leave, and as many ways as it has values are paid for", () => {
  const level = (name: string, came: number, went: number) => ({ level: name, before: 40, after: 40 + came - went, came, went });
  const of = (most: readonly ReturnType<typeof level>[], net: number) => ({
    ...cells(0, 0),
    cells: 40,
    levels: { count: most.length, net, cells: 40, most },
  });
  const [rain] = versionShifts([], [of([level("fog", 22, 14), level("rain", 0, 20), level("sun", 18, 6)], 20)]);
  expect(rain).toMatchObject({ column: "x", rows: "changed", effect: 0.5, test: "McNemar", level: { level: "rain" }, p: 3 * 2 ** -19 });
  expect(versionShifts([], [of([level("a", 20, 20), level("b", 20, 20)], 0)])[0]).toMatchObject({ effect: 0, p: 1 });
});

test("changed cells that all grew are told, as many up as down are not; too few rows are not compared", () => {
  expect(versionShifts([], [cells(20, 0)])).toMatchObject([{ column: "x", rows: "changed", effect: 1, test: "sign test", p: 2 ** -19 }]);
  expect(versionShifts([], [cells(10, 10)])[0]!.p).toBe(1);
  expect(versionShifts([{ rows: "removed", some: frame(10, 1), others: frame(600, 2) }], [cells(0, 0)])).toEqual([]);
});
