import type { Training } from "../../src/core/estimator.ts";
import type { Feature, Matrix } from "../../src/core/matrix.ts";
import { createRandom } from "../../src/core/random.ts";
import type { Task } from "../../src/core/task.ts";

export const TASKS: readonly Task[] = [
  { kind: "binary", classes: ["no", "yes"] },
  { kind: "multiclass", classes: ["a", "b", "c"] },
  { kind: "regression" },
];

/** Two informative numbers, one with gaps, a constant, and two categories (one with gaps); the target follows them with noise. */
export function makeTraining(task: Task, rows: number, seed: number): Training {
  const random = createRandom(seed, "training");
  const numbers = (make: () => number) => Float64Array.from({ length: rows }, make);
  const first = numbers(() => random.normal());
  const second = numbers(() => Math.round(random.normal() * 4) / 4);
  const level = Int32Array.from({ length: rows }, () => random.integer(4));
  const noise = numbers(() => random.normal());
  const signal = first.map((value, i) => 2 * value - second[i]! + [0, 1.5, -1, 0.5][level[i]!]! + 0.7 * noise[i]!);
  const withGaps = second.map((value) => (random.next() < 0.1 ? Number.NaN : value));
  const features: Feature[] = [
    { name: "first", kind: "numeric", values: first },
    { name: "second", kind: "numeric", values: withGaps },
    { name: "same", kind: "numeric", values: new Float64Array(rows).fill(3) },
    { name: "level", kind: "categorical", codes: level.map((code) => (random.next() < 0.05 ? -1 : code)), levels: 4 },
    { name: "other", kind: "categorical", codes: Int32Array.from({ length: rows }, () => random.integer(7)), levels: 9 },
  ];
  return { task, matrix: { rows, features }, target: targetOf(task, signal), weight: null, validation: null };
}

function targetOf(task: Task, signal: Float64Array): Float64Array {
  if (task.kind === "regression") return signal;
  return signal.map((value) => (task.kind === "binary" ? (value > 0.5 ? 1 : 0) : value < -1 ? 0 : value < 1.5 ? 1 : 2));
}

/** What a linear model is given instead: the same rows as numbers without gaps. */
export function withoutGaps(training: Training): Training {
  const features = training.matrix.features.flatMap((feature): Feature[] => {
    if (feature.kind === "numeric") return [{ ...feature, values: feature.values.map((value) => (Number.isNaN(value) ? 0 : value)) }];
    return Array.from({ length: feature.levels }, (_, code) => ({
      name: `${feature.name}=${code}`,
      kind: "numeric",
      values: Float64Array.from(feature.codes, (one) => (one === code ? 1 : 0)),
    }));
  });
  return { ...training, matrix: { rows: training.matrix.rows, features } };
}

export function takeMatrix(matrix: Matrix, rows: Int32Array): Matrix {
  return {
    rows: rows.length,
    features: matrix.features.map((feature) =>
      feature.kind === "numeric"
        ? { ...feature, values: Float64Array.from(rows, (row) => feature.values[row]!) }
        : { ...feature, codes: Int32Array.from(rows, (row) => feature.codes[row]!) },
    ),
  };
}

export function takeTraining(training: Training, rows: Int32Array): Training {
  return {
    ...training,
    matrix: takeMatrix(training.matrix, rows),
    target: Float64Array.from(rows, (row) => training.target[row]!),
    weight: training.weight === null ? null : Float64Array.from(rows, (row) => training.weight![row]!),
  };
}

export function range(begin: number, end: number): Int32Array {
  return Int32Array.from({ length: end - begin }, (_, i) => begin + i);
}
