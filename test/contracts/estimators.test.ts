import { describe, expect, test } from "vitest";
import { OldhandError } from "../../src/core/error.ts";
import type { Training } from "../../src/core/estimator.ts";
import { outputsOf, type Task } from "../../src/core/task.ts";
import type { Params } from "../../src/model/index.ts";
import { estimatorNamed, FAMILIES, loadModel } from "../../src/model/index.ts";
import { makeTraining, range, TASKS, takeMatrix, takeTraining, withoutGaps } from "./training.ts";

/** Smaller than the defaults, so that the laws take seconds. */
const SMALL: Record<string, Params> = { boosting: { rounds: 25 }, forest: { trees: 25 } };

/** Rows can be copied instead of weighted without changing anything but rounding. Trees count rows in leaves and draw rows at random. */
const WEIGHT_IS_COPIES = new Set(["constant", "one-column-rule", "linear"]);

const cases = FAMILIES.flatMap((family) => family.tasks.map((kind) => ({ family, task: TASKS.find((task) => task.kind === kind)! })));

function trainingFor(family: string, task: Task, rows: number, seed: number): Training {
  const training = makeTraining(task, rows, seed);
  return family === "linear" ? withoutGaps(training) : training;
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

function expectSound(outputs: Float64Array, task: Task, rows: number): void {
  const width = outputsOf(task);
  expect(outputs.length).toBe(rows * width);
  expect(outputs.every(Number.isFinite)).toBe(true);
  if (task.kind === "regression") return;
  expect(outputs.every((p) => p >= 0 && p <= 1)).toBe(true);
  if (task.kind !== "multiclass") return;
  for (let row = 0; row < rows; row++) {
    const sum = outputs.subarray(row * width, (row + 1) * width).reduce((total, p) => total + p, 0);
    expect(sum).toBeCloseTo(1, 9);
  }
}

describe.each(cases)("$family.name, $task.kind", ({ family, task }) => {
  const estimator = () => estimatorNamed(family.name, SMALL[family.name] ?? {});
  const training = trainingFor(family.name, task, 240, 1);
  const fitted = estimator().fit(training, 7);
  const outputs = fitted.predict(training.matrix);

  test("predictions are finite, probabilities lie in 0..1 and sum to 1", () => expectSound(outputs, task, 240));

  test("same training and seed, same answer to the bit", () => {
    const again = estimator().fit(trainingFor(family.name, task, 240, 1), 7);
    expect(again.predict(training.matrix)).toEqual(outputs);
  });

  test("fitting and predicting change nothing that was given", () => {
    const given = trainingFor(family.name, task, 240, 1);
    const before = structuredClone(given);
    estimator()
      .fit({ ...given, validation: range(180, 240) }, 7)
      .predict(given.matrix);
    expect(given).toEqual(before);
  });

  test("the order of the columns plays no part", () => {
    const turned = { ...training, matrix: { ...training.matrix, features: [...training.matrix.features].reverse() } };
    const model = estimator().fit(turned, 7);
    expect(largestDifference(model.predict(turned.matrix), outputs)).toBeLessThanOrEqual(1e-9);
    expect(largestDifference(model.predict(training.matrix), outputs)).toBeLessThanOrEqual(1e-9);
  });

  test("saved and loaded through JSON text it answers the same to the bit", () => {
    const loaded = loadModel(JSON.parse(JSON.stringify(fitted.save())));
    expect(loaded.predict(training.matrix)).toEqual(outputs);
    expect(loaded.save()).toEqual(fitted.save());
  });

  test("weight 1 is no weight", () => {
    const model = estimator().fit({ ...training, weight: new Float64Array(240).fill(1) }, 7);
    expect(model.predict(training.matrix)).toEqual(outputs);
  });

  test.each([0.001, 1 / 240, 7])("any equal weight is no weight: %d", (weight) => {
    const model = estimator().fit({ ...training, weight: new Float64Array(240).fill(weight) }, 7);
    expect(model.predict(training.matrix)).toEqual(estimator().fit(training, 7).predict(training.matrix));
  });

  test("the unit of weights says nothing", () => {
    const weight = Float64Array.from({ length: 240 }, (_, row) => 1 + (row % 3));
    const [one, other] = [1, 1 / 1024].map((unit) => estimator().fit({ ...training, weight: weight.map((w) => w * unit) }, 7));
    expect(other!.predict(training.matrix)).toEqual(one!.predict(training.matrix));
  });

  test("rows of weight 0 teach nothing", () => {
    const half = takeTraining(training, range(0, 200));
    const silenced = { ...training, weight: Float64Array.from({ length: 240 }, (_, row) => (row < 200 ? 1 : 0)) };
    const spoiled = { ...silenced, target: silenced.target.map((y, row) => (row < 200 ? y : task.kind === "regression" ? 1e6 : 0)) };
    const model = estimator().fit(spoiled, 7);
    expectSound(model.predict(half.matrix), task, 200);
    expect(model.predict(training.matrix)).toEqual(estimator().fit(silenced, 7).predict(training.matrix));
  });

  if (WEIGHT_IS_COPIES.has(family.name)) {
    test("every row twice is the same as weight 2", () => {
      const rows = range(0, 240);
      // Without the scaling of weights at the door. Inner cross-validation would put the copies of a row on both sides: the penalty is fixed.
      const fixed = () => family.create(family.name === "linear" ? { strength: 1 } : {});
      const copied = fixed().fit(takeTraining(training, Int32Array.from([...rows, ...rows])), 7);
      const weighted = fixed().fit({ ...training, weight: new Float64Array(240).fill(2) }, 7);
      expect(largestDifference(copied.predict(training.matrix), weighted.predict(training.matrix))).toBeLessThanOrEqual(1e-9);
    });
  }

  test("with validation rows it fits, and answers soundly", () => {
    const model = estimator().fit({ ...training, validation: range(180, 240) }, 7);
    expectSound(model.predict(training.matrix), task, 240);
  });

  test("missing values and unseen levels get an answer", () => {
    const odd = {
      rows: 3,
      features: training.matrix.features.map((feature) =>
        feature.kind === "numeric"
          ? { ...feature, values: Float64Array.of(family.name === "linear" ? 0 : Number.NaN, 1e12, -1e12) }
          : { ...feature, codes: Int32Array.of(-1, feature.levels, feature.levels + 40) },
      ),
    };
    expectSound(fitted.predict(odd), task, 3);
  });

  test("a row's answer does not depend on the rows beside it", () => {
    const some = Int32Array.of(5, 17, 200);
    const width = outputsOf(task);
    const alone = fitted.predict(takeMatrix(training.matrix, some));
    const beside = Float64Array.from([...some].flatMap((row) => [...outputs.subarray(row * width, (row + 1) * width)]));
    expect(largestDifference(alone, beside)).toBeLessThanOrEqual(1e-12);
  });

  test.each([
    ["one feature", { features: 1, rows: 60 }],
    ["only a constant feature", { features: -1, rows: 60 }],
    ["more features than rows", { features: 40, rows: 12 }],
    ["a handful of rows", { features: 3, rows: 5 }],
  ])("%s", (_, { features, rows }) => {
    const wide = wideTraining(task, rows, features);
    expectSound(estimator().fit(wide, 3).predict(wide.matrix), task, rows);
  });

  if (task.kind !== "regression") {
    test("one class absent from the training rows", () => {
      const last = task.classes.length - 1;
      const without = { ...training, target: training.target.map((y) => Math.min(y, last - 1)) };
      expectSound(estimator().fit(without, 7).predict(training.matrix), task, 240);
    });
  }

  test("an unknown parameter is refused and the nearest one named", () => {
    const [known] = Object.keys(estimator().params);
    const refused = () => estimatorNamed(family.name, { [`${known ?? "x"}x`]: 1 });
    expect(refused).toThrow(OldhandError);
    expect(refused).toThrow(known === undefined ? /no parameter/ : new RegExp(`Did you mean "${known}"`));
  });
});

test("an unknown family is refused and the nearest one named", () => {
  expect(() => estimatorNamed("bosting")).toThrow(/Did you mean "boosting"/);
});

function wideTraining(task: Task, rows: number, features: number): Training {
  const base = makeTraining(task, rows, 11);
  const count = Math.abs(features);
  const columns = Array.from({ length: count }, (_, i) => ({
    name: `f${i}`,
    kind: "numeric" as const,
    values: features < 0 ? new Float64Array(rows).fill(1) : Float64Array.from({ length: rows }, (_, row) => Math.sin(row * (i + 1.3))),
  }));
  return { ...base, matrix: { rows, features: columns } };
}
