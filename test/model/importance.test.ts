import { describe, expect, test } from "vitest";
import { columnOf, type Frame, takeRows } from "../../src/core/column.ts";
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

/** 2 used + code. */
function predict(frame: Frame): Float64Array {
  const [used, code] = [columnOf(frame, "used"), columnOf(frame, "__proto__")];
  return Float64Array.from(
    { length: frame.rows },
    (_, row) => 2 * ("values" in used ? used.values[row]! : 0) + ("codes" in code ? code.codes[row]! : 0),
  );
}

const half = Int32Array.from({ length: ROWS / 2 }, (_, i) => 2 * i);
const columns = ["used", "idle", "__proto__"];

/** Squared error against the truth, which the model says exactly. */
function inputOf(seed: number) {
  const frame = frameOf(seed);
  const truth = predict(takeRows(frame, half));
  const scoreOf = (outputs: Float64Array) => outputs.reduce((sum, value, i) => sum + (value - truth[i]!) ** 2, 0) / outputs.length;
  return { frame, rows: half, columns, better: "lower" as const, repeats: 5, seed: 3, predict, scoreOf, within: null, shown: 10 };
}

describe("permutation", () => {
  const input = inputOf(1);
  const drops = permutationDrops(input);

  test("an idle column costs nothing; others what their spread is worth: 2 variance of its part", () => {
    expect(drops.idle).toEqual({ drop: 0, within: null });
    expect(drops.used!.drop).toBeGreaterThan(6);
    expect(drops.used!.drop).toBeLessThan(10);
    expect(Object.entries(drops).find(([name]) => name === "__proto__")![1].drop).toBeCloseTo(0.5, 1);
  });

  test("the same seed gives the same drops, and the frame is untouched", () => {
    const before = structuredClone(input.frame);
    expect(permutationDrops(input)).toEqual(drops);
    expect(input.frame).toEqual(before);
  });

  test("the spread by the rows is asked for the largest drops, with the very answers that gave them", () => {
    const seen: number[] = [];
    const within = (drop: number, whole: Float64Array, shuffled: readonly Float64Array[]) => {
      const mean = shuffled.reduce((sum, outputs) => sum + input.scoreOf(outputs), 0) / shuffled.length - input.scoreOf(whole);
      expect(mean).toBeCloseTo(drop, 12);
      seen.push(drop);
      return { value: drop, variance: 1, df: 9 };
    };
    const wide = permutationDrops({ ...input, within, shown: 1 });
    expect(seen).toEqual([drops.used!.drop]);
    expect(wide.idle!.within).toBeNull();
    expect(wide.used!.within).toMatchObject({ variance: 1 });
  });
});

test("drops of folds become estimates with intervals, largest first, each traced", () => {
  const folds = [1, 2, 3, 4].map((seed) => ({
    drops: permutationDrops({ ...inputOf(seed), repeats: 2, seed }),
    trainRows: 300,
    testRows: 100,
  }));
  const [first, second, third] = importanceFrom(folds, ["abc"]);
  expect([first!.column, second!.column, third!.column]).toEqual(["used", "__proto__", "idle"]);
  expect(first!.drop).toMatchObject({ level: 0.95, experiments: ["abc"] });
  expect(first!.drop.low).toBeGreaterThan(0);
  expect(first!.drop.high).toBeGreaterThan(first!.drop.value);
  expect(third!.drop).toMatchObject({ value: 0, low: 0, high: 0 });
});

test("periods: a column that matters unequally in all of them is not called idle for that", () => {
  const drops = [0.02, 0.3, 0.05, 0.6, 0.1];
  const folds = (variance: number | null) =>
    drops.map((drop) => ({
      drops: { a: { drop, within: variance === null ? null : { value: drop, variance, df: 9 } } },
      trainRows: 100,
      testRows: 100,
    }));
  const [exchangeable] = importanceFrom(folds(null), ["abc"]);
  const [periods] = importanceFrom(folds(1e-4), ["abc"]);
  expect(exchangeable!.drop.method).toBe("corrected resampled t");
  expect(exchangeable!.drop.low).toBeLessThan(0);
  expect(periods!.drop.value).toBeCloseTo(exchangeable!.drop.value, 12);
  // Five folds of variance 1e-4 and 9 degrees of freedom each: 45 in the mean.
  expect(periods!.drop.low).toBeCloseTo(periods!.drop.value - 2.0141 * Math.sqrt(1e-4 / 5), 5);
  expect(periods!.drop.method).toContain("block");
});
