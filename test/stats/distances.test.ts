import { expect, test } from "vitest";
import {
  chiSquareTest,
  crossTable,
  entropy,
  jensenShannon,
  kolmogorovSmirnov,
  kolmogorovSmirnovOfCounts,
  kolmogorovUpperTail,
  margins,
  wasserstein,
} from "../../src/stats/index.ts";
import recorded from "../reference/recorded/stats.json" with { type: "json" };
import { near } from "./near.ts";

test("Kolmogorov's tail equals scipy", () => {
  for (const [x, p] of recorded.kolmogorov) near(kolmogorovUpperTail(x!), p!, 1e-10);
});

test.each(recorded.twoSamples)("two samples, case $#", ({ a, b, ks, ksP, wasserstein: distance }) => {
  const got = kolmogorovSmirnov(a, b);
  near(got.statistic, ks);
  // scipy gives the finite one-sample law at n m / (n + m) rounded to a whole number (3.2 to 3 in the last case);
  // Stephens' correction approximates that law. Without it the three would be off by 23, 18 and 37 %.
  expect(Math.abs(got.p / ksP - 1)).toBeLessThan(a.length < 10 ? 0.2 : 0.02);
  near(wasserstein(a, b), distance, 1e-10);
});

test.each(recorded.twoSamples)("two counted samples, case $#", ({ a, b, ks }) => {
  const counted = (sample: readonly number[], scale: number) => {
    const different = [...new Set(sample)].sort((x, y) => x - y);
    const counts = Int32Array.from(different, (value) => sample.filter((one) => one === value).length);
    return { values: Float64Array.from(different, (value) => value * scale), counts, rows: sample.length };
  };
  near(
    kolmogorovSmirnovOfCounts(counted(a, 1), counted(b, 1), (value) => value),
    ks,
  );
  // A power of two: no value is rounded on its way.
  near(
    kolmogorovSmirnovOfCounts(counted(a, 1), counted(b, 4), (value) => value / 4),
    ks,
  );
});

test("distances of a sample from itself and from nothing", () => {
  expect(kolmogorovSmirnov([1, 2, 2], [2, 1, 2])).toMatchObject({ statistic: 0, p: 1 });
  expect(kolmogorovSmirnov([], [1]).p).toBeNaN();
  expect(wasserstein([3, 1], [1, 3])).toBe(0);
});

test("Jensen-Shannon distance equals scipy", () => {
  for (const { a, b, distance } of recorded.jensenShannon) near(jensenShannon(a, b), distance, 1e-7, 1);
  expect(jensenShannon([0, 0], [1, 2])).toBeNaN();
});

test.each(recorded.tables)("table $#", ({ counts, statistic, df, p, cramersV, entropy: own }) => {
  const table = { rows: counts.length, columns: counts[0]!.length, counts: Float64Array.from(counts.flat()) };
  const got = chiSquareTest(table);
  near(got.statistic, statistic, 1e-10);
  expect(got.df).toBe(df);
  near(got.p, p, 1e-8);
  near(got.cramersV, cramersV, 1e-9, 1e-6);
  near(entropy(margins(table).columns), own);
});

test("empty rows of a table do not count; one row tells nothing", () => {
  const full = crossTable([0, 0, 1, 1, 1], 2, [0, 1, 1, 1, 0], 2);
  const padded = crossTable([0, 0, 2, 2, 2, -1], 3, [0, 1, 1, 1, 0, 1], 2);
  expect(chiSquareTest(padded)).toEqual(chiSquareTest(full));
  expect(chiSquareTest(crossTable([0, 0], 1, [0, 1], 2))).toEqual({ statistic: 0, df: 0, p: 1, cramersV: 0 });
});
