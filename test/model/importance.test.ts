import { describe, expect, test } from "vitest";
import { columnOf, type Frame } from "../../src/core/column.ts";
import { createRandom } from "../../src/core/random.ts";
import { importanceFrom, permutationDrops } from "../../src/model/index.ts";

const ROWS = 400;

function frameOf(seed: number): Frame {
  const random = createRandom(seed, "importance");
  const numbers = () => Float64Array.from({ length: ROWS }, () => random.normal());
  return {
    rows: ROWS,
    rowNumbers: null,
    columns: [
      { name: "used", type: "number", values: numbers() },
      { name: "idle", type: "number", values: numbers() },
      { name: "__proto__", type: "category", codes: Int32Array.from({ length: ROWS }, () => random.integer(2)), levels: ["a", "b"] },
    ],
  };
}

/** Squared error of the model 2 used + code against the truth, which is exactly that. */
function errorOf(truth: Frame, rows: Int32Array) {
  const answer = (frame: Frame, row: number) => {
    const [used, code] = [columnOf(frame, "used"), columnOf(frame, "__proto__")];
    return 2 * ("values" in used ? used.values[row]! : 0) + ("codes" in code ? code.codes[row]! : 0);
  };
  return (frame: Frame) => rows.reduce((sum, row, i) => sum + (answer(frame, i) - answer(truth, row)) ** 2, 0) / rows.length;
}

const half = Int32Array.from({ length: ROWS / 2 }, (_, i) => 2 * i);
const columns = ["used", "idle", "__proto__"];

describe("permutation", () => {
  const frame = frameOf(1);
  const input = { frame, rows: half, columns, better: "lower" as const, repeats: 5, seed: 3, scoreWith: errorOf(frame, half) };
  const drops = permutationDrops(input);

  test("an idle column costs nothing; others what their spread is worth: 2 variance of its part", () => {
    expect(drops.idle).toBe(0);
    expect(drops.used).toBeGreaterThan(6);
    expect(drops.used).toBeLessThan(10);
    expect(Object.entries(drops).find(([name]) => name === "__proto__")![1]).toBeCloseTo(0.5, 1);
  });

  test("the same seed gives the same drops, and the frame is untouched", () => {
    const before = structuredClone(frame);
    expect(permutationDrops(input)).toEqual(drops);
    expect(frame).toEqual(before);
  });
});

test("drops of folds become estimates with intervals, largest first, each traced", () => {
  const folds = [1, 2, 3, 4].map((seed) => {
    const frame = frameOf(seed);
    return {
      drops: permutationDrops({ frame, rows: half, columns, better: "lower", repeats: 2, seed, scoreWith: errorOf(frame, half) }),
      trainRows: 300,
      testRows: 100,
    };
  });
  const [first, second, third] = importanceFrom(folds, ["abc"]);
  expect([first!.column, second!.column, third!.column]).toEqual(["used", "__proto__", "idle"]);
  expect(first!.drop).toMatchObject({ level: 0.95, experiments: ["abc"] });
  expect(first!.drop.low).toBeGreaterThan(0);
  expect(first!.drop.high).toBeGreaterThan(first!.drop.value);
  expect(third!.drop).toMatchObject({ value: 0, low: 0, high: 0 });
});
