import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { ascendingOrder, kolmogorovSmirnov, kolmogorovSmirnovOfSorted, nthSmallest, ranks, ranksAlong } from "../../src/stats/index.ts";

const random = createRandom(1, "order");
const many = (make: () => number) => Float64Array.from({ length: 3000 }, make);

const LISTS: [string, Float64Array][] = [
  ["normal numbers", many(() => random.normal())],
  ["few different ones", many(() => random.integer(7) - 3)],
  [
    "of all sizes, infinite ones and -0",
    many(() => [0, -0, 1e-310, -1e300, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, random.normal()][random.integer(7)]!),
  ],
  ["decimals", many(() => Number(random.normal().toFixed(9)))],
  [
    "a few that lie close together beside others",
    many(() => (random.integer(100) === 0 ? 1 + random.integer(9) * 2 ** -40 : random.normal())),
  ],
  ["a few of each that lie close together", Float64Array.from({ length: 3000 }, (_, i) => 1 + ((i * 7919 * 131) % 2 ** 20) * 2 ** -30)],
  ["all close together", many(() => 1 + random.integer(2 ** 30) * 2 ** -52)],
  ["all close together, below 0", many(() => -1 - random.integer(2 ** 30) * 2 ** -52)],
  ["of two decimals", many(() => Math.round(100 * random.normal()) / 100)],
  ["whole ones far apart", many(() => random.integer(5) * 2 ** 33 - 1)],
  ["whole ones beyond 2 ^ 53", many(() => 2 ** 60 + random.integer(9) * 2 ** 9)],
  ["one number", many(() => 4)],
  ["few numbers", Float64Array.of(3, -1, 2, -1, 0)],
  ["rising numbers", Float64Array.from({ length: 500 }, (_, i) => i)],
  ["falling numbers", Float64Array.from({ length: 501 }, (_, i) => -i)],
];

test.each(LISTS)("places in ascending order, equal ones as they stood: %s", (_, values) => {
  const wanted = Int32Array.from(values.keys()).sort((a, b) => (values[a] === values[b] ? a - b : values[a]! < values[b]! ? -1 : 1));
  expect(ascendingOrder(values)).toEqual(wanted);
});

test.each(LISTS)("the n-th smallest is that of the sorted list, and no smaller one stands behind it: %s", (_, values) => {
  const sorted = values.toSorted();
  for (const n of [0, 1, values.length >> 1, values.length - 2, values.length - 1]) {
    const moved = values.slice();
    expect(nthSmallest(moved, n)).toEqual(expect.closeTo(sorted[n]!, 300));
    expect(moved.subarray(n).every((value) => value >= sorted[n]!)).toBe(true);
    expect(moved.toSorted()).toEqual(sorted);
  }
});

test("ranks along a known order, and the distance of samples that are sorted already", () => {
  const values = many(() => Math.round(3 * random.normal()));
  expect(ranksAlong(ascendingOrder(values), values)).toEqual(ranks(values));
  const half = ascendingOrder(values).filter((row) => row % 2 === 0);
  expect(ranksAlong(half, values)[half[0]!]).toBeLessThan(ranks(values)[half[0]!]!);
  expect(ranksAlong(half, values)[1]).toBe(0);
  const [a, b] = [values.slice(0, 1000), values.slice(1000)];
  expect(kolmogorovSmirnovOfSorted(a.toSorted(), b.toSorted())).toEqual(kolmogorovSmirnov(a, b));
});
