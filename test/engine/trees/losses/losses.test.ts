import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { createLoss, type LossName } from "../../../../src/engine/trees/losses/index.ts";
import { ALL, gradientsOf, lossCase, totalWeight } from "./rows.ts";

const seeds = fc.integer({ min: 0, max: 1e6 });
const runs = { numRuns: 20 };
/** Their gradients follow the rank of the rows, not a function of the scores: see lambdarank.test.ts. */
const smooth = ALL.filter(({ loss }) => loss !== "lambdarank");
/** The mean of squared error has no 1/2, that of several quantiles is over all of them. */
const scaleOf = (name: LossName) => (name.loss === "squared" ? 2 : name.loss === "quantiles" ? 1 / name.alphas.length : 1);

describe.each(smooth)("%o", (name) => {
  it("gradients are the slopes of the mean loss", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { sample, scores } = lossCase(name, seed);
        // Sorted outputs, so that their order is the same on both sides of a small step.
        if (name.loss === "quantiles") for (const [k, score] of scores.entries()) for (const row of score.keys()) score[row]! += 3 * k;
        const loss = createLoss(name, sample);
        const total = totalWeight(name, sample);
        const { gradients } = gradientsOf(name, { sample, scores });
        for (let k = 0; k < scores.length; k++) {
          for (const row of sample.rows.slice(0, 8)) {
            const slope = slopeAt((score) => withScore(scores, k, row, score, () => loss.mean(scores, sample)), scores[k]![row]!);
            expect(Math.abs(gradients[k]![row]! - (slope * total) / scaleOf(name))).toBeLessThan(1e-5);
          }
        }
      }),
      runs,
    );
  });

  it("the base is the best constant", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { sample, scores } = lossCase(name, seed);
        const loss = createLoss(name, sample);
        const base = loss.base(sample);
        const at = (constants: readonly number[]) => {
          for (const [k, constant] of constants.entries()) scores[k]!.fill(constant);
          return loss.mean(scores, sample);
        };
        const best = at(base);
        for (const step of [-1, -0.1, -1e-3, 1e-3, 0.1, 1]) {
          for (let k = 0; k < base.length; k++) {
            expect(at(base.map((value, i) => (i === k ? value + step : value)))).toBeGreaterThanOrEqual(best - 1e-12);
          }
        }
      }),
      runs,
    );
  });

  it("rows that are not in the sample are left alone", () => {
    const { sample, scores } = lossCase(name, 5);
    const { gradients, hessians } = gradientsOf(name, { sample, scores });
    const inside = new Set(sample.rows);
    for (let row = 0; row < sample.target.length; row++) {
      if (!inside.has(row)) for (const array of [...gradients, ...hessians]) expect(array[row]).toBe(0);
    }
  });
});

const hessianIsSecondDerivative: readonly LossName[] = [
  { loss: "logistic" },
  { loss: "logistic", positiveWeight: 3.5 },
  { loss: "gamma" },
  { loss: "tweedie", power: 1.3 },
  { loss: "squared" },
];

test.each(hessianIsSecondDerivative)("%o: the hessian is the slope of the gradient", (name) => {
  const { sample, scores } = lossCase(name, 3);
  const { hessians } = gradientsOf(name, { sample, scores });
  for (const row of sample.rows.slice(0, 10)) {
    const gradientAt = (score: number) => withScore(scores, 0, row, score, () => gradientsOf(name, { sample, scores }).gradients[0]![row]!);
    expect(Math.abs(hessians[0]![row]! - slopeAt(gradientAt, scores[0]![row]!))).toBeLessThan(1e-5);
  }
});

test.each(ALL)("%o: hessians are not negative", (name) => {
  fc.assert(
    fc.property(seeds, (seed) => {
      for (const hessian of gradientsOf(name, lossCase(name, seed)).hessians) expect(hessian.every((h) => h >= 0)).toBe(true);
    }),
    runs,
  );
});

const REFUSED: [LossName, number, RegExp][] = [
  [{ loss: "logistic" }, 2, /targets 0 and 1, got 2/],
  [{ loss: "logistic", positiveWeight: 0 }, 1, /positiveWeight above 0, got 0/],
  [{ loss: "xentropy" }, 1.01, /targets from 0 to 1, got 1.01 in row 0; softmax is for classes/],
  [{ loss: "softmax", classes: 3 }, 3, /whole numbers from 0 to 2, got 3 in row 0/],
  [{ loss: "huber", delta: -1 }, 1, /delta above 0, got -1/],
  [{ loss: "quantile", alpha: 1 }, 1, /between 0 and 1, as in .*, got 1$/],
  [{ loss: "quantile", alpha: "0.9" as never }, 1, /between 0 and 1, as in .*, got 0.9$/],
  [{ loss: "quantiles", alphas: ["0.1", "0.9"] as never }, 1, /a list of numbers, got \[0.1, 0.9\]/],
  [{ loss: "tweedie", power: "1.5" as never }, 1, /above 1 and below 2, got 1.5/],
  [{ loss: "lambdarank", norm: "false" as never }, 1, /a norm of true or false, got false/],
  [{ loss: "lambdarank", gains: [0, 1, Number.NaN] }, 1, /gains, a list of a number from 0 on for each label, got \[0, 1, NaN\]/],
  [{ loss: "lambdarank", gains: 5 as never }, 1, /gains, .* got 5/],
  [{ loss: "quantiles", alphas: [0.5, 0.1] }, 1, /ascend, got \[0.5, 0.1\]/],
  [{ loss: "quantiles", alphas: [] }, 1, /ascend/],
  [{ loss: "poisson" }, -1, /not negative, got -1/],
  [{ loss: "gamma" }, 0, /above 0, got 0/],
  [{ loss: "tweedie", power: 2 }, 1, /below 2, got 2/],
  [{ loss: "lambdarank" }, 31, /labels from 0 to 30, got 31/],
  [{ loss: "lambdarank", truncation: 0 }, 1, /truncation of at least 1/],
  [{ loss: "lambdarank" }, 1, /needs a query per row/],
];

test.each(REFUSED)("%o refuses target %d", (name, y, message) => {
  const sample = { target: Float64Array.of(y, y), weight: null, rows: Int32Array.of(0, 1), count: 2 };
  expect(() => createLoss(name, sample)).toThrow(RangeError);
  expect(() => createLoss(name, sample)).toThrow(message);
});

function slopeAt(value: (x: number) => number, x: number): number {
  const step = 1e-5;
  return (value(x + step) - value(x - step)) / (2 * step);
}

function withScore<T>(scores: readonly Float64Array[], k: number, row: number, score: number, value: () => T): T {
  const before = scores[k]![row]!;
  scores[k]![row] = score;
  const found = value();
  scores[k]![row] = before;
  return found;
}
