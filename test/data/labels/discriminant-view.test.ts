import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { discriminantView } from "../../../src/data/labels/discriminant-view.ts";

test("it gets surer along the direction between the classes, in rows that it has not learnt from", () => {
  const random = createRandom(1, "two clouds");
  const labels = Array.from({ length: 600 }, (_, i) => i % 2);
  const x = Float64Array.from(labels, (label) => 2 * label + random.normal());
  const noise = Float64Array.from(labels, () => random.normal());
  const scores = discriminantView([x, noise], labels, 2, random)!;
  // Two normal clouds of variance 1 whose centres lie 2 apart: log odds 2 (x - 1).
  const errors = labels.map((_, i) => scores[2 * i + 1]! - scores[2 * i]! - 2 * (x[i]! - 1));
  expect(Math.max(...errors.map(Math.abs))).toBeLessThan(1.2);
  expect(errors.reduce((sum, one) => sum + one, 0) / errors.length).toBeCloseTo(0, 0);
});

test("copies of a column are solvable, and no columns give no view", () => {
  const random = createRandom(2, "copies");
  const labels = Array.from({ length: 100 }, (_, i) => i % 3);
  const x = Float64Array.from(labels, (label) => label + random.normal());
  expect(discriminantView([x, x], labels, 3, random)!.every(Number.isFinite)).toBe(true);
  expect(discriminantView([], labels, 3, random)).toBeNull();
});

test("rows of a fold that is given are answered by the others, and one fold alone gives no view", () => {
  const random = createRandom(3, "folds");
  const labels = Array.from({ length: 400 }, (_, i) => i % 2);
  const x = Float64Array.from(labels, (label) => 2 * label + random.normal());
  const fold = Int32Array.from(labels, (_, i) => (i < 200 ? 0 : 1));
  const before = discriminantView([x], labels, 2, fold)!;
  // Other labels of a fold change the answers of the other fold only.
  const after = discriminantView(
    [x],
    labels.map((label, i) => (i < 200 ? 1 - label : label)),
    2,
    fold,
  )!;
  expect(after.slice(0, 400)).toEqual(before.slice(0, 400));
  expect(after.slice(400)).not.toEqual(before.slice(400));
  expect(discriminantView([x], labels, 2, new Int32Array(400))).toBeNull();
});
