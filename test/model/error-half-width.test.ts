import { expect, test } from "vitest";
import type { Judged } from "../../src/core/metric.ts";
import { createRandom } from "../../src/core/random.ts";
import { errorHalfWidth } from "../../src/model/error-half-width.ts";

function judgedOf(misses: Float64Array, weight: Float64Array | null = null): Judged {
  return { task: { kind: "regression" }, truth: misses, outputs: new Float64Array(misses.length), weight };
}

test("covers new rows at least as often as promised, on average over draws", () => {
  let covered = 0;
  let count = 0;
  for (let draw = 0; draw < 300; draw++) {
    const random = createRandom(draw, "residuals");
    const skewed = () => Math.exp(random.normal()) - 1;
    const width = errorHalfWidth(judgedOf(Float64Array.from({ length: 60 }, skewed)))!;
    for (let i = 0; i < 20; i++, count++) if (Math.abs(skewed()) <= width) covered++;
  }
  expect(covered / count).toBeGreaterThan(0.89);
  expect(covered / count).toBeLessThan(0.93);
});

test("the ceil((n + 1) 0.9)-th smallest miss; too few rows give none", () => {
  const misses = Float64Array.from({ length: 19 }, (_, i) => (i % 2 === 0 ? i + 1 : -(i + 1)));
  expect(errorHalfWidth(judgedOf(misses))).toBe(18);
  expect(errorHalfWidth(judgedOf(misses, new Float64Array(19).fill(3)))).toBe(18);
  expect(errorHalfWidth(judgedOf(misses.slice(0, 8)))).toBeNull();
});
