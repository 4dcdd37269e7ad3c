import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { countValues } from "../../../src/data/columns/counts.ts";
import { signMix } from "../../../src/data/values/sign-mix.ts";

const random = createRandom(3, "signs");
const longitudes = Array.from({ length: 300 }, () => -(80 + 4 * random.normal()));
const mixOf = (values: readonly number[]) => signMix(countValues(Float64Array.from(values)));

test("longitudes of which a few were written without their sign", () => {
  const found = mixOf(longitudes.map((value, row) => (row % 30 === 4 ? -value : value)));
  expect(found).toMatchObject({ rows: 10, isBelow: false });
  expect(found!.values).toHaveLength(10);
});

test.each<[string, number[]]>([
  ["one sign", longitudes],
  ["both signs, and values between them", longitudes.map((_, row) => (row % 30 === 4 ? -1 : 1) * row)],
  ["half of each", longitudes.map((value, row) => (row % 2 === 0 ? -value : value))],
  ["few of the other sign, of other sizes", longitudes.map((value, row) => (row % 30 === 4 ? 200 + row : value))],
])("none: %s", (_, values) => {
  expect(mixOf(values)).toBeNull();
});
