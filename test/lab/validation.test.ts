import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import type { Fold, SplitPolicy } from "../../src/core/split.ts";
import type { Task } from "../../src/core/task.ts";
import { foldsOf, limitTrain, type SplitInput, validationRows } from "../../src/lab/index.ts";
import { BINARY, POLICIES } from "./tables.ts";

const byName = POLICIES.map((policy) => [policy.policy, policy] as const);

interface Keyed extends SplitInput {
  readonly groups: Int32Array;
  readonly times: Float64Array;
}

function input(rows: number, seed: number, task: Task = BINARY, rate = 0.1): Keyed {
  const random = createRandom(seed, "validation test");
  const target = Float64Array.from({ length: rows }, () => (task.kind === "regression" ? random.normal() : random.next() < rate ? 1 : 0));
  const groups = Int32Array.from({ length: rows }, () => random.integer(20));
  const times = Float64Array.from({ length: rows }, () => random.integer(40));
  const order = (by: string | null) => (by === null ? times.map((_, row) => row) : times);
  return { rows, target, task, groupKeys: () => groups, order, groups, times };
}

const inputs = fc
  .record({ rows: fc.integer({ min: 60, max: 300 }), seed: fc.integer({ min: 0, max: 9999 }), regression: fc.boolean() })
  .map(({ rows, seed, regression }) => input(rows, seed, regression ? { kind: "regression" } : BINARY));

const isSubset = (some: Iterable<number>, all: Iterable<number>) => {
  const known = new Set(all);
  return [...some].every((row) => known.has(row));
};
const keysOf = (keys: ArrayLike<number>, rows: Int32Array) => new Set(Array.from(rows, (row) => keys[row]!));
const without = (rows: Int32Array, gone: Int32Array) => rows.filter((row) => !gone.includes(row));

function each(policy: SplitPolicy, law: (given: Keyed, fold: Fold) => void): void {
  fc.assert(
    fc.property(inputs, (given) => {
      for (const fold of foldsOf(policy, given, 3)) law(given, fold);
    }),
    { numRuns: 25, seed: 42 },
  );
}

describe.each(byName)("validation rows, %s", (_name, policy) => {
  test("lie in the training part, ascend, leave most of it, and are the same for the same seed", () => {
    each(policy, (given, fold) => {
      const rows = validationRows(policy, fold, given, 5);
      expect(isSubset(rows, fold.train)).toBe(true);
      expect(rows).toEqual(rows.slice().sort());
      // What a given test set judges was settled before: nothing is held back.
      expect(rows.length > 0).toBe(policy.policy !== "given");
      expect(rows.length).toBeLessThan(fold.train.length * 0.4);
      expect(validationRows(policy, fold, given, 5)).toEqual(rows);
    });
  });
});

test("stratified validation holds a sixth of the rows and of each class", () => {
  const policy: SplitPolicy = { policy: "stratified", folds: 4, repeats: 1 };
  const given = input(1200, 3);
  for (const fold of foldsOf(policy, given, 3)) {
    const rows = validationRows(policy, fold, given, 5);
    for (const label of [0, 1]) {
      const count = (some: Int32Array) => some.filter((row) => given.target[row] === label).length;
      expect(Math.abs(count(rows) - count(fold.train) / 6)).toBeLessThanOrEqual(1);
    }
  }
});

test("the only row of a class is never taken from training", () => {
  const policy: SplitPolicy = { policy: "random", folds: 2, repeats: 1 };
  for (let seed = 0; seed < 50; seed++) {
    const target = Float64Array.from({ length: 20 }, (_, row) => (row === 0 ? 1 : 0));
    const fold: Fold = { index: seed, train: Int32Array.from({ length: 19 }, (_, row) => row), test: Int32Array.of(19) };
    expect(validationRows(policy, fold, { ...input(20, 1), target }, seed)).not.toContain(0);
  }
});

test("by group: validation takes whole groups", () => {
  const policy = POLICIES.find((one) => one.policy === "group")!;
  each(policy, (given, fold) => {
    const rows = validationRows(policy, fold, given, 5);
    expect([...keysOf(given.groups, rows)].filter((group) => keysOf(given.groups, without(fold.train, rows)).has(group))).toEqual([]);
  });
});

test("by time: validation is strictly later than what is left to train on", () => {
  const policy = POLICIES.find((one) => one.policy === "time")!;
  each(policy, (given, fold) => {
    const rows = validationRows(policy, fold, given, 5);
    expect(Math.min(...keysOf(given.times, rows))).toBeGreaterThan(Math.max(...keysOf(given.times, without(fold.train, rows))));
  });
});

test("one group or one time leaves no choice: no validation rows", () => {
  const given = { ...input(50, 1), groupKeys: () => new Int32Array(50), order: () => new Float64Array(50) };
  const fold: Fold = { index: 0, train: Int32Array.from({ length: 40 }, (_, row) => row), test: Int32Array.of(45) };
  for (const name of ["group", "time", "blocks"]) {
    const policy = POLICIES.find((one) => one.policy === name)!;
    expect(validationRows(policy, fold, given, 1)).toHaveLength(0);
  }
});

describe.each(byName)("limited training rows, %s", (name, policy) => {
  test("a smaller limit is contained in a larger one; judged rows stay", () => {
    each(policy, (given, fold) => {
      const sizes = [8, 15, 30, 45, 10_000];
      const parts = sizes.map((size) => limitTrain(policy, fold, { trainRows: size }, given, 5));
      parts.slice(1).forEach((part, i) => {
        expect(isSubset(parts[i]!.train, part.train)).toBe(true);
      });
      for (const [i, part] of parts.entries()) {
        expect(part.test).toEqual(fold.test);
        expect(part.train).toEqual(part.train.slice().sort());
        if (name !== "group") expect(part.train.length).toBe(Math.min(sizes[i]!, fold.train.length));
      }
      expect(limitTrain(policy, fold, { trainRows: null }, given, 5)).toEqual(fold);
      expect(isSubset(parts[0]!.train, fold.train)).toBe(true);
    });
  });
});

test("by time the latest rows are kept", () => {
  const policy = POLICIES.find((one) => one.policy === "time")!;
  each(policy, (given, fold) => {
    const { train } = limitTrain(policy, fold, { trainRows: 10 }, given, 5);
    expect(Math.min(...keysOf(given.times, train))).toBeGreaterThanOrEqual(Math.max(...keysOf(given.times, without(fold.train, train))));
  });
});

test("by group whole groups are kept, as near to the wanted size as they allow, at least one", () => {
  const policy = POLICIES.find((one) => one.policy === "group")!;
  each(policy, (given, fold) => {
    for (const wanted of [1, 20, 40]) {
      const { train } = limitTrain(policy, fold, { trainRows: wanted }, given, 5);
      const kept = keysOf(given.groups, train);
      expect(train).toEqual(fold.train.filter((row) => kept.has(given.groups[row]!)));
      const largest = Math.max(
        ...[...new Set(given.groups)].map((group) => fold.train.filter((row) => given.groups[row] === group).length),
      );
      expect(Math.abs(train.length - Math.min(wanted, fold.train.length))).toBeLessThanOrEqual(largest);
    }
  });
});

test("a stratified limit keeps the shares of the classes, and every class from the first rows on", () => {
  const policy: SplitPolicy = { policy: "stratified", folds: 4, repeats: 1 };
  const given = input(1000, 9, BINARY, 0.03);
  for (const fold of foldsOf(policy, given, 3)) {
    const positives = (rows: Int32Array) => rows.filter((row) => given.target[row] === 1).length;
    const share = positives(fold.train) / fold.train.length;
    for (const size of [2, 10, 100, 400]) {
      const { train } = limitTrain(policy, fold, { trainRows: size }, given, 5);
      expect(positives(train)).toBeGreaterThanOrEqual(1);
      expect(Math.abs(positives(train) - share * size)).toBeLessThanOrEqual(1 + share);
    }
  }
});

test("a share that leaves out k of n rows leaves out k, whatever its rounding", () => {
  const policy: SplitPolicy = { policy: "random", folds: 4, repeats: 1 };
  const given = input(100, 1);
  for (let n = 10; n < 100; n++) {
    const fold: Fold = { index: 0, train: Int32Array.from({ length: n }, (_, row) => row), test: Int32Array.of(99) };
    for (const k of [1, 2, 3, 4, 5, 6])
      expect(limitTrain(policy, fold, { trainRows: null, trainShare: 1 - k * (1 / n) }, given, 5).train).toHaveLength(n - k);
  }
});
