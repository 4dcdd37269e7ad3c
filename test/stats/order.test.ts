import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { ascendingOrder } from "../../src/stats/index.ts";

const random = createRandom(1, "order");
const many = (make: () => number) => Float64Array.from({ length: 3000 }, make);

test.each<[string, Float64Array]>([
  ["normal numbers", many(() => random.normal())],
  ["few different ones", many(() => random.integer(7) - 3)],
  [
    "of all sizes, infinite ones and -0",
    many(() => [0, -0, 1e-310, -1e300, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, random.normal()][random.integer(7)]!),
  ],
  ["one number", many(() => 4)],
  ["few numbers", Float64Array.of(3, -1, 2, -1, 0)],
])("places in ascending order, equal ones as they stood: %s", (_, values) => {
  const wanted = Int32Array.from(values.keys()).sort((a, b) => (values[a] === values[b] ? a - b : values[a]! < values[b]! ? -1 : 1));
  expect(ascendingOrder(values)).toEqual(wanted);
});
