import { expect, test } from "vitest";
import { differenceOfProportions } from "../../src/stats/index.ts";

const of = (successes: number, trials: number) => ({ successes, trials });

test("equals the worked examples of Newcombe 1998, table II, method 10", () => {
  // (a) 56/70 against 48/80, (d) 5/56 against 0/29, (f) 10/10 against 0/20, (h) 10/10 against 0/10.
  const cases: readonly [a: number, m: number, b: number, n: number, low: number, high: number][] = [
    [48, 80, 56, 70, 0.0524, 0.3339],
    [0, 29, 5, 56, -0.0381, 0.1926],
    [0, 20, 10, 10, 0.6791, 1],
    [0, 10, 10, 10, 0.6075, 1],
  ];
  for (const [a, m, b, n, low, high] of cases) {
    const got = differenceOfProportions(of(a, m), of(b, n), 0.95);
    expect(got.value).toBeCloseTo(b / n - a / m, 12);
    expect(got.low).toBeCloseTo(low, 4);
    expect(got.high).toBeCloseTo(high, 4);
  }
});

test("p is where the interval begins to leave out 0, turned round the sign turns, and no trials tell nothing", () => {
  const [a, b] = [of(30, 80), of(42, 70)];
  const { p, low, high } = differenceOfProportions(a, b, 0.95);
  expect(p).toBeGreaterThan(0);
  expect(differenceOfProportions(a, b, 1 - 1.01 * p).low).toBeGreaterThan(0);
  expect(differenceOfProportions(a, b, 1 - 0.99 * p).low).toBeLessThan(0);
  const back = differenceOfProportions(b, a, 0.95);
  expect([back.low, back.high]).toEqual([-high, -low]);
  expect(differenceOfProportions(a, a, 0.95).p).toBe(1);
  expect(differenceOfProportions(of(0, 0), b, 0.95)).toMatchObject({ value: Number.NaN, p: 1 });
});
