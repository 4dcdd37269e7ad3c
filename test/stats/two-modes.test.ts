import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { twoModes } from "../../src/stats/index.ts";
import { near } from "./near.ts";

const random = createRandom(6, "two modes");
const values = Float64Array.from({ length: 60 }, () => random.normal() + (random.next() < 0.3 ? 8 : 0)).sort();
const counts = Int32Array.from(values, () => 1 + random.integer(4));

/** Squared distances from the mean of the rows [from, to). */
function within(from: number, to: number): number {
  let [rows, sum, squares] = [0, 0, 0];
  for (let i = from; i < to; i++) {
    rows += counts[i]!;
    sum += counts[i]! * values[i]!;
    squares += counts[i]! * values[i]! ** 2;
  }
  return squares - sum ** 2 / rows;
}

test("no other cut leaves less variance within", () => {
  const { cut, lower, upper } = twoModes(values, counts, 1)!;
  const place = lower.values.length;
  expect(cut).toBe((values[place - 1]! + values[place]!) / 2);
  expect(lower.rows + upper.rows).toBe(counts.reduce((sum, n) => sum + n, 0));
  const left = within(0, place) + within(place, values.length);
  for (let other = 1; other < values.length; other++)
    expect(within(0, other) + within(other, values.length)).toBeGreaterThanOrEqual(left - 1e-9);
});

test("the halves of a uniform lie 2.7 spreads apart", () => {
  const even = Float64Array.from({ length: 10_000 }, (_, i) => i);
  // Medians half of the range apart, quartiles of a half a quarter of it: 0.5 / (0.25 / 1.349).
  near(twoModes(even, new Int32Array(10_000).fill(1), 1)!.apart, 2 * 1.349, 1e-3);
});

test("a part of too few rows or values is no heap", () => {
  expect(twoModes(values, counts, 1_000)).toBeNull();
  expect(twoModes(values.slice(0, 15), counts.slice(0, 15), 1)).toBeNull();
});
