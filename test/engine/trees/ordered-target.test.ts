import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { encodeByTable, orderedTarget } from "../../../src/engine/trees/ordered-target.ts";
import { uniformStream } from "../../../src/engine/trees/random.ts";

const seeds = fc.integer({ min: 0, max: 1e6 });

function drawn(seed: number, count = 60, levels = 5) {
  const uniform = uniformStream(seed, 3);
  const codes = Int32Array.from({ length: count }, () => Math.floor(uniform() * (levels + 1)) - 1);
  const target = Float64Array.from({ length: count }, () => (uniform() < 0.4 ? 1 : 0));
  const weight = seed % 2 === 0 ? null : Float64Array.from({ length: count }, () => 0.5 + uniform());
  const rows = Int32Array.from({ length: count }, (_, row) => row).filter(() => uniform() < 0.8);
  return { codes, sample: { target, weight, rows, count: rows.length } };
}

const rules = { levels: 5, smoothing: 1 };

describe("in order", () => {
  it("a row's own target plays no part but through the prior, and rows outside the sample none", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { codes, sample } = drawn(seed);
        const [first = 0, second = 0] = sample.rows;
        const target = sample.target.slice();
        target[first] = 1 - sample.target[first]!;
        const plain = { ...sample, weight: null };
        // Targets of rows outside may be anything.
        const outside = Int32Array.from(target.keys()).find((row) => !sample.rows.includes(row));
        if (outside !== undefined) target[outside] = 99;
        const encode = (y: Float64Array) => orderedTarget(codes, { ...plain, target: y }, rules, uniformStream(seed, 1));
        const shift = (1 - 2 * sample.target[first]!) / sample.count;
        const [before, after] = [encode(sample.target), encode(target)];
        // What is left of the prior in a row's value is 1 / (rows seen + 1) of it: at most the whole shift.
        expect(Math.abs(after.column[first]! - before.column[first]!)).toBeLessThanOrEqual(Math.abs(shift) + 1e-12);
        expect(Number.isFinite(before.column[second])).toBe(true);
        if (outside !== undefined) expect(before.column[outside]).toBeNaN();
      }),
      { numRuns: 50 },
    );
  });

  it("the last row of a level has the statistic of all others of it, the first the prior", () => {
    const codes = Int32Array.of(0, 0, 0, 0);
    const sample = { target: Float64Array.of(1, 0, 1, 1), weight: null, rows: Int32Array.of(0, 1, 2, 3), count: 4 };
    const { column } = orderedTarget(codes, sample, { levels: 1, smoothing: 2 }, uniformStream(5, 1));
    const prior = 0.75;
    const possible = [0, 1, 2, 3].map((last) => (3 - sample.target[last]! + 2 * prior) / (3 + 2));
    expect(Array.from(column).filter((value) => value === prior).length).toBeGreaterThanOrEqual(1);
    expect(Array.from(column).some((value, row) => Math.abs(value - possible[row]!) < 1e-12)).toBe(true);
  });

  it("a category without meaning stays without: no leak of the target, unlike the plain mean", () => {
    const n = 2000;
    const uniform = uniformStream(8, 8);
    const codes = Int32Array.from({ length: n }, (_, row) => Math.floor(row / 2));
    const target = Float64Array.from({ length: n }, () => (uniform() < 0.5 ? 1 : 0));
    const sample = { target, weight: null, rows: Int32Array.from({ length: n }, (_, row) => row), count: n };
    const { column, table } = orderedTarget(codes, sample, { levels: n / 2, smoothing: 1 }, uniformStream(1, 1));
    // Standard deviation of a correlation of nothing: 1 / sqrt(n) = 0.022.
    expect(Math.abs(correlation(column, target))).toBeLessThan(0.09);
    expect(correlation(encodeByTable(codes, table), target)).toBeGreaterThan(0.5);
  });
});

test("the table is the smoothed mean of each level, of missing too; unknown codes are missing", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const { codes, sample } = drawn(seed);
      const { table } = orderedTarget(codes, sample, { ...rules, smoothing: 3 }, uniformStream(seed, 1));
      const weightOf = (row: number) => (sample.weight === null ? 1 : sample.weight[row]!);
      const sum = (rows: readonly number[], value: (row: number) => number) => rows.reduce((total, row) => total + value(row), 0);
      const all = Array.from(sample.rows);
      const prior = sum(all, (row) => weightOf(row) * sample.target[row]!) / sum(all, weightOf);
      for (let level = -1; level < 5; level++) {
        const rows = all.filter((row) => codes[row] === level);
        const wanted = (sum(rows, (row) => weightOf(row) * sample.target[row]!) + 3 * prior) / (sum(rows, weightOf) + 3);
        expect(encodeByTable(Int32Array.of(level), table)[0]).toBeCloseTo(wanted, 10);
      }
      expect(encodeByTable(Int32Array.of(7, -3), table)).toEqual(encodeByTable(Int32Array.of(-1, -1), table));
    }),
    { numRuns: 30 },
  );
});

test("the same seed, the same column", () => {
  const { codes, sample } = drawn(4, 400);
  const column = (seed: number) => orderedTarget(codes, sample, rules, uniformStream(seed, 1)).column;
  expect(column(2)).toEqual(column(2));
  expect(column(3)).not.toEqual(column(2));
});

test("refused", () => {
  const { codes, sample } = drawn(4);
  expect(() => orderedTarget(codes, sample, { ...rules, smoothing: 0 }, uniformStream(1, 1))).toThrow(/above 0, got 0/);
});

function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((x, y) => x + y, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const sum = (value: (i: number) => number) => Array.from(a.keys()).reduce((total, i) => total + value(i), 0);
  return sum((i) => (a[i]! - ma) * (b[i]! - mb)) / Math.sqrt(sum((i) => (a[i]! - ma) ** 2) * sum((i) => (b[i]! - mb) ** 2));
}
