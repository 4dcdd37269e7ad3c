import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { endApart } from "../../../src/data/shifts/end-apart.ts";
import { tCdf } from "../../../src/stats/index.ts";

/** Counties by state: states differ, and the last one is of another country. */
function byState(random: Random, rows: number, last: number, far: number): Float64Array {
  let [level, left] = [0, 0];
  return Float64Array.from({ length: rows }, (_, row) => {
    if (row === rows - last) level = far;
    else if (row < rows - last && left-- === 0) [level, left] = [8 + 1.5 * random.normal(), 30 + random.integer(90)];
    return Math.max(0.5, level + 2 * random.normal());
  });
}

test("a short end that lies where no other stretch does, at either end", () => {
  const values = byState(createRandom(1, "states"), 3000, 78, 19);
  const found = endApart(values);
  expect(found).toMatchObject({ atEnd: true, median: expect.closeTo(19, 0), usual: expect.closeTo(8, 0) });
  expect(Math.abs(found!.length - 78)).toBeLessThan(6);
  expect(found!.p).toBeLessThan(0.01);
  expect(endApart(values.toReversed())).toMatchObject({ atEnd: false, length: found!.length });
});

/** Forty stretches of fifty rows at levels in no order, and the last stretch. */
function unlike(last: (row: number) => number): Float64Array {
  const random = createRandom(4, "unlike");
  return Float64Array.from({ length: 2000 }, (_, row) => {
    const level = row < 1950 ? 2 * ((17 * Math.floor(row / 50)) % 39) : last(row - 1950);
    return level + 0.5 * random.normal();
  });
}

test("where stretches differ much, an end a little beyond them all is one of them", () => {
  expect(endApart(unlike(() => 90))).toBeNull();
  expect(endApart(unlike(() => 200))).toMatchObject({ length: 50, nearest: expect.closeTo(76, 0) });
});

test("an end that goes on changing is no other source", () => {
  expect(endApart(unlike((row) => 150 + 2 * row))).toBeNull();
  expect(endApart(unlike((row) => 150 + 2 * (row % 25)))).toMatchObject({ length: 50 });
});

test("that the length is chosen is paid for", () => {
  // The lengths looked at are 20 to 100: three and a third of them tell something of their own.
  const found = endApart(unlike(() => 130));
  const medians = Array.from({ length: 39 }, (_, stretch) => 2 * stretch);
  const spread = Math.sqrt(medians.reduce((sum, one) => sum + (one - 38) ** 2, 0) / 38) * Math.sqrt(1 + 1 / 39);
  const alone = 4 * tCdf(-(found!.median - 38) / spread, 38);
  expect(found!.p / alone).toBeCloseTo(1 + Math.log2(5), 1);
});

/** In 5 of 100 at most. */
describe("hardly ever by chance", () => {
  const walk = (random: Random, keep: number) => {
    let level = 0;
    return Float64Array.from({ length: 1500 }, () => (level = keep * level + random.normal()));
  };
  test.each<[string, (random: Random) => Float64Array]>([
    ["rows in no order", (random) => Float64Array.from({ length: 1500 }, () => Math.exp(random.normal()))],
    ["states, of which one is the last", (random) => byState(random, 1500, 40, 8 + 1.5 * random.normal())],
    ["a series that wanders", (random) => walk(random, 1)],
    ["a series that comes back", (random) => walk(random, 0.97)],
    ["a trend", (random) => Float64Array.from({ length: 1500 }, (_, row) => row / 100 + random.normal())],
    ["a growth", (random) => walk(random, 1).map((level, row) => Math.exp(row / 400 + level / 40))],
  ])("%s", (name, make) => {
    const found = Array.from({ length: 100 }, (_, seed) => endApart(make(createRandom(seed, name)))).filter((one) => one !== null);
    expect(found.length).toBeLessThanOrEqual(4);
    const longer = Array.from({ length: 100 }, (_, seed) => endApart(make(createRandom(seed, name)), 9)).filter((one) => one !== null);
    expect(longer.length).toBeLessThanOrEqual(4);
  });
});
