import { expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import type { Task } from "../../src/core/task.ts";
import { estimatorNamed, ruleInWords } from "../../src/model/index.ts";

const binary: Task = { kind: "binary", classes: ["no", "yes"] };

function told(matrix: Matrix, target: readonly number[], task: Task, textOf: (feature: string, row: number) => string | null) {
  const training = { task, matrix, target: Float64Array.from(target), weight: null, validation: null };
  const model = estimatorNamed("one-column-rule", { smoothing: 0 }).fit(training, 1);
  return ruleInWords({ saved: model.save(), matrix, task, target: "y", nameOf: (feature) => ({ column: feature, feature }), textOf });
}

test("levels by name; the rest is else", () => {
  const names = ["success", "failure", "other", "none", "late"];
  const shares = [0.9, 0.1, 0.1, 0.2, 0.1];
  const codes = Int32Array.from({ length: 500 }, (_, row) => row % 5);
  const target = Array.from(codes, (code, row) => (Math.floor(row / 5) % 10 < 10 * shares[code]! ? 1 : 0));
  const matrix: Matrix = { rows: 500, features: [{ name: "poutcome", kind: "categorical", codes, levels: 5 }] };
  const words = told(matrix, target, binary, (_, row) => names[codes[row]!]!)!;
  expect(words.text).toMatch(/^poutcome = success -> 0\.90; /);
  expect(words.text).toMatch(/; else 0\.10 to 0\.20 \(P\(yes\)\)$/);
  expect(words.lines).toHaveLength(5);
  expect(words.lines.every(({ rows }) => rows === 100)).toBe(true);
});

test("ranges of a number; neighbours with the same answer are one; missing stands apart", () => {
  const values = Float64Array.from({ length: 400 }, (_, row) => (row < 40 ? Number.NaN : row));
  const target = Array.from(values, (value) => (Number.isNaN(value) ? 3 : value < 220 ? 1 : 2));
  const matrix: Matrix = { rows: 400, features: [{ name: "age", kind: "numeric", values }] };
  const words = told(matrix, target, { kind: "regression" }, () => null)!;
  expect(words.lines).toEqual([
    { when: "<= 219.5", answer: "1", rows: 180 },
    { when: "> 219.5", answer: "2", rows: 180 },
    { when: "missing", answer: "3", rows: 40 },
  ]);
  expect(words.text).toBe("age <= 219.5 -> 1; > 219.5 -> 2; missing -> 3 (mean of y)");
});

test("bounds that are near to each other are told apart", () => {
  const values = Float64Array.from({ length: 400 }, (_, row) => 40.7 + row / 40_000);
  const target = Array.from(values, (_, row) => Math.floor(row / 100));
  const words = told({ rows: 400, features: [{ name: "lat", kind: "numeric", values }] }, target, { kind: "regression" }, () => null)!;
  const bounds = words.lines.flatMap(({ when }) => when.match(/[\d.]+/g) ?? []);
  expect(words.lines.length).toBeGreaterThan(3);
  expect(words.lines.every(({ when }) => new Set(when.match(/[\d.]+/g)).size === when.match(/[\d.]+/g)!.length)).toBe(true);
  expect(new Set(bounds).size).toBe(words.lines.length - 1);
});

test("no column does better than the mean: nothing to tell", () => {
  const matrix: Matrix = { rows: 20, features: [{ name: "x", kind: "numeric", values: new Float64Array(20) }] };
  expect(
    told(
      matrix,
      Array.from({ length: 20 }, (_, row) => row % 2),
      binary,
      () => null,
    ),
  ).toBeNull();
});
