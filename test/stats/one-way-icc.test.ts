import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { type OneWayIcc, oneWayIcc } from "../../src/stats/index.ts";

const RATINGS = [
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7],
];
const TARGETS = Int32Array.from(RATINGS.flatMap((row, i) => row.map(() => i)));

test("six targets by four judges (Shrout and Fleiss 1979): ICC(1) is 0.17, and other judges of one target each change nothing", () => {
  const found = oneWayIcc([Float64Array.from(RATINGS.flat())], TARGETS, false, 0.95);
  expect(found?.icc).toBeCloseTo(0.165742, 6);
  // By the F distribution -0.13 to 0.72.
  expect(found?.low).toBeCloseTo(-0.13, 1);
  expect(found?.high).toBeCloseTo(0.7, 0);
  const alone = oneWayIcc([Float64Array.from([...RATINGS.flat(), 900, 1, 50])], Int32Array.from([...TARGETS, 8, 9, -1]), false, 0.95);
  expect(alone).toEqual(found);
});

/** Pairs of rows: in `both` each is an event, in `one` the first. */
function pairs(count: number, both: number, one: number): OneWayIcc | null {
  const first = Array.from({ length: count }, (_, i) => Number(i < both + one));
  const values = Float64Array.from(first.flatMap((value, i) => [value, Number(i < both)]));
  return oneWayIcc(
    [values, values.map((value) => 1 - value)],
    Int32Array.from(values, (_, row) => row >> 1),
    true,
    0.9,
  );
}

describe("pairs with few events", () => {
  test.each([
    ["one event, alone", 0, 1],
    ["one pair of events", 1, 0],
  ])("%s: nothing is told", (_, both, one) => {
    const found = pairs(49, both, one);
    expect(found?.low).toBeCloseTo(-1, 6);
    expect(found?.high).toBeCloseTo(1, 6);
  });

  test("a few leave it wide, many do not", () => {
    expect(pairs(49, 0, 3)?.high).toBeGreaterThan(0.6);
    expect(pairs(49, 0, 5)?.high).toBeGreaterThan(0.4);
    expect(pairs(49, 3, 0)?.low).toBeLessThan(0.4);
    expect(pairs(5000, 0, 100)?.high).toBeLessThan(0.05);
    expect(pairs(5000, 60, 40)?.low).toBeGreaterThan(0.6);
    expect(pairs(49, 0, 0)).toBeNull();
  });
});

/** [groups, rows of each, share of events, correlation]: a row is that of its group with the root of the correlation. */
const DRAWN: readonly (readonly [number, number, number, number])[] = [
  [49, 2, 0.02, 0],
  [49, 2, 0.02, 0.3],
  [100, 2, 0.05, 0],
  [100, 2, 0.3, 0.3],
  [60, 5, 0.1, 0.2],
  [30, 30, 0.3, 0.05],
];

test.each(DRAWN)("%d groups of %d rows, %d of them events, correlation %d: 90 % intervals hold it", (count, each, share, truth) => {
  let [held, drawn] = [0, 0];
  for (let seed = 0; seed < 300; seed++) {
    const random = createRandom(seed, "one way");
    const one = () => Number(random.next() < share);
    const values = Array.from({ length: count }, one).flatMap((own) =>
      Array.from({ length: each }, () => (random.next() < Math.sqrt(truth) ? own : one())),
    );
    const groups = Int32Array.from(values, (_, row) => Math.floor(row / each));
    const found = oneWayIcc([Float64Array.from(values)], groups, true, 0.9);
    if (found === null) continue;
    drawn++;
    held += Number(found.low <= truth && truth <= found.high);
  }
  expect(held / drawn).toBeGreaterThan(0.86);
});
