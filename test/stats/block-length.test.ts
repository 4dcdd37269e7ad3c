import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { blockLength } from "../../src/stats/index.ts";

function autoregressive(rho: number, n: number, seed: number): Float64Array {
  const random = createRandom(seed, "ar", rho);
  let last = random.normal();
  return Float64Array.from({ length: n }, () => {
    last = rho * last + Math.sqrt(1 - rho ** 2) * random.normal();
    return last;
  });
}

const rule = (rho: number, n: number) => 2 * ((2 * rho) / (1 - rho ** 2)) ** (2 / 3) * Math.cbrt(n);

test.each([0.3, 0.6, 0.9])("an autoregressive series of rho %f gets twice Carlstein's length", (rho) => {
  const series = autoregressive(rho, 100_000, 1);
  expect(blockLength([series]) / rule(rho, 100_000)).toBeGreaterThan(0.95);
  expect(blockLength([series]) / rule(rho, 100_000)).toBeLessThan(1.05);
});

test("many short stretches tell the same as one long one, whatever their levels", () => {
  const stretches = Array.from({ length: 2000 }, (_, i) => autoregressive(0.6, 50, i).map((value) => value + 100 * i));
  expect(blockLength(stretches) / rule(0.6, 100_000)).toBeGreaterThan(0.9);
  expect(blockLength(stretches) / rule(0.6, 100_000)).toBeLessThan(1.1);
});

test("no memory, opposed neighbours, constants and almost nothing: rows stand alone", () => {
  expect(blockLength([autoregressive(-0.5, 1000, 2)])).toBe(1);
  expect(blockLength([new Float64Array(100).fill(3)])).toBe(1);
  expect(blockLength([])).toBe(1);
  expect(blockLength([Float64Array.of(1, 2)])).toBe(1);
});
