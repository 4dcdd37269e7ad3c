import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { expectedBeyond, paretoExtremes, paretoTail, quantileOfSorted, sortedCopy } from "../../src/stats/index.ts";
import recorded from "../reference/recorded/stats.json" with { type: "json" };
import { near } from "./near.ts";

test("the quantiles are NumPy's, and the law goes through both", () => {
  for (const { values, q80, q95 } of recorded.paretoTail) {
    const tail = paretoTail(sortedCopy(values))!;
    near(tail.q80, q80);
    near(tail.q95, q95);
    near(expectedBeyond(tail, 100, q95), 5);
    near(0.05 * (q80 / q95) ** -tail.exponent, 0.2);
  }
});

test("the exponent of a Pareto law is met", () => {
  const n = 20_001;
  const law = Float64Array.from({ length: n }, (_, i) => (1 - i / n) ** (-1 / 2.5));
  near(paretoTail(law)!.exponent, 2.5, 1e-3);
});

test("samples from a Pareto law pass the limits of 1 % about as often, by their largest and by how many lie far out, whatever the exponent", () => {
  const [n, samples] = [400, 4_000];
  const random = createRandom(5, "pareto");
  const far = Math.log(50);
  const drawn = paretoExtremes(n, far, 4_000, random);
  const limit = quantileOfSorted(drawn.largest, 0.99);
  const most = quantileOfSorted(drawn.beyond, 0.99);
  const shareBeyond = drawn.beyond.filter((count) => count > most).length / 4_000;
  for (const exponent of [1, 3]) {
    let beyond = 0;
    let many = 0;
    for (let i = 0; i < samples; i++) {
      const sorted = Float64Array.from({ length: n }, () => (1 - random.next()) ** (-1 / exponent)).sort();
      const tail = paretoTail(sorted)!;
      const stretch = (value: number) => tail.exponent * Math.log(value / tail.q95);
      if (stretch(sorted[n - 1]!) > limit) beyond++;
      if (sorted.filter((value) => value > tail.q95 && stretch(value) > far).length > most) many++;
    }
    expect(shareBeyond).toBeGreaterThan(0.002);
    expect(Math.abs(many / samples - shareBeyond)).toBeLessThan(0.006);
    expect(beyond / samples).toBeGreaterThan(0.005);
    expect(beyond / samples).toBeLessThan(0.02);
  }
});

test("where nothing rises there is no tail", () => {
  expect(paretoTail(new Float64Array(100).fill(3))).toBeNull();
  expect(paretoTail(Float64Array.from({ length: 100 }, (_, i) => (i < 90 ? 0 : i)))).toBeNull();
});
