import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { intervalOfGroups } from "../../src/lab/index.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import { intervalOnScale, unlikeUnits } from "../../src/stats/index.ts";

/** Shares of intervals of the RMSE of few shops that hold the truth; errors that the rows of a shop share have a standard deviation of `shared`, beside one of 1 of their own. */
function coverage(sizes: readonly number[], shared: number, trials: number) {
  const groups = Int32Array.from(sizes.flatMap((size, shop) => Array.from({ length: size }, () => shop)));
  const truth = Math.hypot(shared, 1);
  const widths: number[] = [];
  let covered = 0;
  for (let trial = 0; trial < trials; trial++) {
    const random = createRandom(trial, "few groups");
    const effects = sizes.map(() => shared * random.normal());
    const outputs = Float64Array.from(groups, (shop) => effects[shop]! + random.normal());
    const judged = { task: { kind: "regression" as const }, truth: new Float64Array(groups.length), outputs, weight: null };
    const { low, high } = intervalOfGroups(metricNamed("rmse"), judged, groups, 0.95, trial);
    covered += Number(low <= truth && truth <= high);
    widths.push(high - low);
  }
  return { share: covered / trials, width: widths.sort((a, b) => a - b)[trials >> 1]! };
}

// Standard error of a share of 150 near 0.95: 1.8 points. Kish's groups less one and no scale: 0.83 to 0.92 of these, and a median width of 24 for three unlike shops.
test("intervals of few shops cover, of one size and of unlike ones", () => {
  const unlike = coverage([8, 14, 24, 41, 70, 120], 1.5, 150);
  expect(unlike.share).toBeGreaterThanOrEqual(0.93);
  const mild = coverage([40, 40, 40, 40], 0.5, 150);
  expect(mild.share).toBeGreaterThanOrEqual(0.91);
  expect(mild.width).toBeLessThan(0.6);
});

test("units of one size are known as u / (u - 1) and u - 1; of unlike ones the variance is the one that was foreseen", () => {
  const equal = unlikeUnits([5, 5, 5, 5]);
  expect([equal.factor, equal.df]).toEqual([expect.closeTo(4 / 3, 9), expect.closeTo(3, 9)]);
  expect(unlikeUnits([7])).toEqual({ factor: Number.NaN, df: 0 });
  // x'Ax with A = sum p^2 a a', a = e - p, by hand.
  const p = [0.2, 0.3, 0.5];
  const a = p.map((_, g) => p.map((q, i) => Number(i === g) - q));
  const A = p.map((_, i) => p.map((_, j) => p.reduce((sum, q, g) => sum + q * q * a[g]![i]! * a[g]![j]!, 0)));
  const trace = A.reduce((sum, row, i) => sum + row[i]!, 0);
  const square = A.reduce((sum, row) => sum + row.reduce((own, cell) => own + cell * cell, 0), 0);
  const found = unlikeUnits([2, 3, 5]);
  expect(found.factor).toBeCloseTo(0.38 / trace, 9);
  expect(found.df).toBeCloseTo(trace ** 2 / square, 9);
});

test("an interval keeps within the ends of its scale, and has more room where there is more", () => {
  const share = intervalOnScale(0.9, 0.15, 0, 1);
  expect([share.high < 1, 0.9 - share.low > share.high - 0.9]).toEqual([true, true]);
  const error = intervalOnScale(2, 1, 0, Number.POSITIVE_INFINITY);
  expect([error.low, error.high]).toEqual([expect.closeTo(2 * Math.exp(-0.5), 9), expect.closeTo(2 * Math.exp(0.5), 9)]);
  expect(intervalOnScale(2, 6, 0, Number.POSITIVE_INFINITY).high).toBeCloseTo(6 * Math.E, 9);
  const r2 = intervalOnScale(0.5, 0.25, Number.NEGATIVE_INFINITY, 1);
  expect([r2.low, r2.high]).toEqual([expect.closeTo(1 - 0.5 * Math.exp(0.5), 9), expect.closeTo(1 - 0.5 * Math.exp(-0.5), 9)]);
  expect(intervalOnScale(1, 0.2, 0, 1)).toEqual({ low: 0.8, high: 1.2 });
  expect(intervalOnScale(0.5, 0.0001, 0, 1).high).toBeCloseTo(0.5001, 7);
});
