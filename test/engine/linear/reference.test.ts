import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";
import { fitLogistic, fitRidge, predictLinear } from "../../../src/engine/linear/index.ts";

interface Case {
  name: string;
  kind: "logistic" | "ridge";
  classes: number;
  l2: number;
  x: number[][];
  y: number[];
  weight: number[] | null;
  coefficients: number[][];
  intercepts: number[];
  predictions: number[] | number[][];
}

const recorded = JSON.parse(readFileSync(new URL("../../reference/recorded/engine-linear.json", import.meta.url), "utf8")) as {
  cases: Case[];
};

function matrixOf(x: number[][]): Matrix {
  const features = x[0]!.map((_, j) => ({ name: `x${j}`, kind: "numeric" as const, values: Float64Array.from(x, (row) => row[j]!) }));
  return { rows: x.length, features };
}

function expectClose(got: ArrayLike<number>, wanted: number[]): void {
  expect(got.length).toBe(wanted.length);
  for (const [i, value] of wanted.entries()) expect(Math.abs(got[i]! - value)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(value)));
}

describe("scikit-learn's solution", () => {
  it.each(recorded.cases)("$name", ({ kind, classes, l2, x, y, weight, coefficients, intercepts, predictions }) => {
    const training = { matrix: matrixOf(x), target: Float64Array.from(y), weight: weight === null ? null : Float64Array.from(weight) };
    const model = kind === "ridge" ? fitRidge(training, { l2 }) : fitLogistic({ ...training, classes }, { l2 });
    expect(model.converged).toBe(true);
    expectClose(model.coefficients, coefficients.flat());
    // Softmax intercepts are known up to a common number: ours are centred.
    const centre = intercepts.length > 1 ? intercepts.reduce((a, b) => a + b, 0) / intercepts.length : 0;
    expectClose(
      model.intercepts,
      intercepts.map((value) => value - centre),
    );
    const flat = predictions.flatMap((p) => (Array.isArray(p) ? (classes === 2 ? [p[1]!] : p) : [p]));
    expectClose(predictLinear(model, matrixOf(x.slice(0, 5))), flat);
  });
});
