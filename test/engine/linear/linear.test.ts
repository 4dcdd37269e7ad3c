import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Feature, Matrix } from "../../../src/core/matrix.ts";
import { fitLogistic, fitRidge, type LinearModel, loadLinear, predictLinear, saveLinear } from "../../../src/engine/linear/index.ts";
import { uniformStream } from "../../../src/engine/trees/random.ts";

function randomData(seed: number, rows: number, columns: number): { matrix: Matrix; score: Float64Array } {
  const uniform = uniformStream(seed, 0);
  const features = Array.from({ length: columns }, (_, j) => ({
    name: `x${j}`,
    kind: "numeric" as const,
    values: Float64Array.from({ length: rows }, () => (uniform() - 0.5) * 10 ** ((j % 5) - 2) + (j % 3)),
  }));
  const score = Float64Array.from({ length: rows }, (_, i) => {
    let sum = uniform() - 0.5;
    for (let j = 0; j < Math.min(4, columns); j++)
      sum += (features[j]!.values[i]! - (j % 3)) * 10 ** (2 - (j % 5)) * (j % 2 === 0 ? 1 : -1);
    return sum;
  });
  return { matrix: { rows, features }, score };
}

const classOf = (score: Float64Array, classes: number) => score.map((s) => Math.min(classes - 1, Math.max(0, Math.floor(s + classes / 2))));

/** The three kinds on the same data. */
const kinds: [string, (matrix: Matrix, score: Float64Array, weight: Float64Array | null) => LinearModel][] = [
  ["binary", (matrix, score, weight) => fitLogistic({ matrix, target: classOf(score, 2), weight, classes: 2 }, {})],
  ["three classes", (matrix, score, weight) => fitLogistic({ matrix, target: classOf(score, 3), weight, classes: 3 }, {})],
  ["ridge", (matrix, score, weight) => fitRidge({ matrix, target: score, weight }, {})],
];

function expectSame(a: Float64Array, b: Float64Array, tolerance: number): void {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i++) expect(Math.abs(a[i]! - b[i]!)).toBeLessThanOrEqual(tolerance);
}

function takeRows(matrix: Matrix, rows: number[]): Matrix {
  const features = matrix.features.map((f) => ({
    ...f,
    values: Float64Array.from(rows, (row) => (f as { values: Float64Array }).values[row]!),
  }));
  return { rows: rows.length, features: features as Feature[] };
}

describe.each(kinds)("laws: %s", (_name, learn) => {
  const seeds = fc.integer({ min: 0, max: 1e6 });

  it("a row twice is a row of weight 2, and weight 0 is no row", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { matrix, score } = randomData(seed, 40, 5);
        const uniform = uniformStream(seed, 9);
        const weight = Float64Array.from({ length: 40 }, () => Math.floor(uniform() * 3));
        weight[0] = 1;
        const rows = Array.from(weight.keys()).flatMap((row) => new Array<number>(weight[row]!).fill(row));
        const copied = learn(
          takeRows(matrix, rows),
          Float64Array.from(rows, (row) => score[row]!),
          null,
        );
        expectSame(predictLinear(learn(matrix, score, weight), matrix), predictLinear(copied, matrix), 1e-6);
      }),
      { numRuns: 10 },
    );
  });

  it("the order of the columns plays no part, in fitting and in predicting", () => {
    const { matrix, score } = randomData(3, 60, 6);
    const turned = { rows: 60, features: [...matrix.features].reverse() };
    const model = learn(matrix, score, null);
    expectSame(predictLinear(model, matrix), predictLinear(learn(turned, score, null), matrix), 1e-7);
    expect(predictLinear(model, turned)).toEqual(predictLinear(model, matrix));
  });

  it("a constant column gets no coefficient", () => {
    const { matrix, score } = randomData(4, 50, 3);
    const constant = { name: "one", kind: "numeric" as const, values: new Float64Array(50).fill(0.1) };
    const model = learn({ rows: 50, features: [constant, ...matrix.features] }, score, null);
    const plain = learn(matrix, score, null);
    for (let k = 0; k < model.outputs; k++) expect(model.coefficients[k * 4]).toBe(0);
    expectSame(predictLinear(model, { rows: 50, features: [constant, ...matrix.features] }), predictLinear(plain, matrix), 1e-9);
  });

  it("is loaded equal to the bit, and fits the same twice", () => {
    const { matrix, score } = randomData(5, 50, 4);
    const model = learn(matrix, score, null);
    expect(loadLinear(JSON.parse(JSON.stringify(saveLinear(model))))).toEqual(model);
    expect(learn(matrix, score, null)).toEqual(model);
  });

  it("converges with many more features than rows and with many rows", () => {
    const wide = randomData(6, 100, 2000);
    expect(learn(wide.matrix, wide.score, null).converged).toBe(true);
    const long = randomData(7, 20_000, 20);
    expect(learn(long.matrix, long.score, null).converged).toBe(true);
  });
});

describe.each([2, 3])("logistic regression of %i classes begun at the model of another penalty", (classes) => {
  it("ends where one from zero does, and at once where it is there already", () => {
    const { matrix, score } = randomData(5, 300, 7);
    const training = { matrix, target: classOf(score, classes), weight: null, classes };
    const before = fitLogistic(training, { l2: 1 });
    const fromZero = fitLogistic(training, { l2: 0.5 });
    const begun = fitLogistic(training, { l2: 0.5 }, before);
    expectSame(predictLinear(begun, matrix), predictLinear(fromZero, matrix), 1e-8);
    expect(begun.steps).toBeLessThanOrEqual(fromZero.steps);
    expect(fitLogistic(training, { l2: 1 }, before).steps).toBe(0);
    expect(() => fitLogistic({ ...training, matrix: randomData(5, 300, 6).matrix }, {}, before)).toThrow(/coefficients for 6 features/);
  });
});

describe("ridge", () => {
  it("by equations of the features or of the rows is the same", () => {
    const { matrix, score } = randomData(8, 300, 300);
    const rows = Array.from({ length: 300 }, (_, i) => i);
    const few = takeRows(matrix, rows);
    const narrow = { rows: 300, features: few.features.slice(0, 300) };
    const wider = { rows: 300, features: [...narrow.features, { name: "zero", kind: "numeric" as const, values: new Float64Array(300) }] };
    const y = score.slice(0, 300);
    const primal = fitRidge({ matrix: narrow, target: y, weight: null }, { l2: 3 });
    const dual = fitRidge({ matrix: wider, target: y, weight: null }, { l2: 3 });
    expectSame(predictLinear(primal, narrow), predictLinear(dual, wider), 1e-8);
  });

  it("above the order of direct equations the gradient vanishes", () => {
    const { matrix, score } = randomData(9, 1100, 1090);
    const l2 = 3;
    const model = fitRidge({ matrix, target: score, weight: null }, { l2 });
    const residual = predictLinear(model, matrix).map((p, i) => p - score[i]!);
    for (const [j, feature] of matrix.features.entries()) {
      const values = (feature as { values: Float64Array }).values;
      let slope = l2 * model.coefficients[j]!;
      let size = 0;
      for (let i = 0; i < 1100; i++) {
        slope += residual[i]! * values[i]!;
        size += Math.abs(residual[i]! * values[i]!);
      }
      expect(Math.abs(slope)).toBeLessThanOrEqual(1e-6 * (size + 1));
    }
  });
});

describe("columns that nearly say the same, under a weak penalty", () => {
  it.each([2, 4])("%i classes: the gradient of the penalised loss vanishes, and that of a start does not matter", (classes) => {
    const { matrix: loose, score } = randomData(21, 400, 6);
    const first = (loose.features[0] as { values: Float64Array }).values;
    const noise = randomData(22, 400, 4).matrix.features.map((feature, j) => ({
      name: `near${j}`,
      kind: "numeric" as const,
      values: (feature as { values: Float64Array }).values.map((value, i) => first[i]! + 1e-3 * value),
    }));
    const matrix = { rows: 400, features: [...loose.features, ...noise] };
    const sorted = Float64Array.from(score).sort();
    const target = score.map((value) => Math.min(classes - 1, Math.floor((classes * sorted.findIndex((one) => one >= value)) / 400)));
    const l2 = 1e-3;
    const training = { matrix, target, weight: null, classes };
    const model = fitLogistic(training, { l2 });
    expect(model.converged).toBe(true);
    const said = predictLinear(model, matrix);
    const outputs = classes === 2 ? 1 : classes;
    for (let k = 0; k < outputs; k++)
      for (const [j, feature] of matrix.features.entries()) {
        const { values } = feature as { values: Float64Array };
        let slope = l2 * model.coefficients[k * matrix.features.length + j]!;
        for (let i = 0; i < 400; i++) slope += values[i]! * (said[i * outputs + k]! - Number(target[i] === (outputs === 1 ? 1 : k)));
        expect(Math.abs(slope)).toBeLessThan(1e-6);
      }
    const again = fitLogistic(training, { l2 }, fitLogistic(training, { l2: 10 }));
    for (const [i, value] of again.coefficients.entries()) expect(value).toBeCloseTo(model.coefficients[i]!, 4);
  });
});

describe("what is refused", () => {
  const { matrix, score } = randomData(1, 20, 2);
  it("an option that does not exist, with the nearest", () => {
    expect(() => fitRidge({ matrix, target: score, weight: null }, { L2: 1 })).toThrow(/no option "L2"; did you mean "l2"/);
    expect(() => fitRidge({ matrix, target: score, weight: null }, { l2: 0 })).toThrow(RangeError);
    expect(() => fitRidge({ matrix, target: score, weight: null }, { l2: "1" })).toThrow(TypeError);
  });
  it("missing numbers, categories and unknown features", () => {
    const holed = { rows: 20, features: [{ name: "x0", kind: "numeric" as const, values: new Float64Array(20).fill(Number.NaN) }] };
    expect(() => fitRidge({ matrix: holed, target: score, weight: null }, {})).toThrow(/finite/);
    const coded = { rows: 20, features: [{ name: "c", kind: "categorical" as const, codes: new Int32Array(20), levels: 1 }] };
    expect(() => fitRidge({ matrix: coded, target: score, weight: null }, {})).toThrow(/categorical/);
    const model = fitRidge({ matrix, target: score, weight: null }, {});
    expect(() => predictLinear(model, { rows: 20, features: matrix.features.slice(0, 1) })).toThrow(/no feature "x1"/);
  });
  it("class indices out of range", () => {
    expect(() => fitLogistic({ matrix, target: score, weight: null, classes: 2 }, {})).toThrow(/class indices/);
  });
});

describe("more features than rows", () => {
  it.each([2, 3])(
    "%i classes: the gradient of the penalised loss vanishes, whatever rows repeat or weigh, and a start changes nothing",
    (classes) => {
      const { matrix, score } = randomData(5, 30, 150);
      // A constant column, a copy, and rows that are equal: the rank is less than the rows.
      const features = [...matrix.features, { name: "same", kind: "numeric" as const, values: new Float64Array(30).fill(3) }];
      const twice = takeRows({ rows: 30, features: [...features, { ...features[1]!, name: "copy" }] }, [...Array(30).keys(), 0, 1, 1]);
      const weight = Float64Array.from({ length: 33 }, (_, i) => (i % 7 === 0 ? 0 : 0.5 + (i % 3)));
      const target = Float64Array.from([...Array(30).keys(), 0, 1, 1], (row) => classOf(score, classes)[row]!);
      const training = { matrix: twice, target, weight, classes };
      const l2 = 0.3;
      const model = fitLogistic(training, { l2 });
      const outputs = model.outputs;
      const p = predictLinear(model, twice);
      for (let k = 0; k < outputs; k++) {
        const wanted = outputs === 1 ? 1 : k;
        const residual = target.map((y, row) => weight[row]! * (p[row * outputs + k]! - (y === wanted ? 1 : 0)));
        expect(Math.abs(residual.reduce((sum, r) => sum + r, 0))).toBeLessThan(1e-7);
        for (const [j, feature] of twice.features.entries()) {
          const { values } = feature as { values: Float64Array };
          const pull = residual.reduce((sum, r, row) => sum + r * values[row]!, 0);
          expect(Math.abs(pull + l2 * model.coefficients[k * twice.features.length + j]!)).toBeLessThan(1e-5);
        }
      }
      const started = fitLogistic(training, { l2 }, fitLogistic(training, { l2: 20 }));
      expectSame(started.coefficients, model.coefficients, 1e-6);
    },
  );
});
