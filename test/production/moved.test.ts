import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { movedText } from "../../src/production/watch/moved.ts";

const random = createRandom(1, "minutes");
const minutes = Float64Array.from({ length: 400 }, () => 20 + 15 * random.next());

test("another unit is asked about where all quartiles stand in its ratio", () => {
  const times = (factor: number) =>
    movedText(
      minutes,
      minutes.map((value) => value * factor),
    );
  expect(times(60)).toMatch(/^mean 2\d\.?\d*, now 1,?\d+: about 60(\.0)? times, another unit \(sixtieths \(minutes, seconds\)\)\?$/);
  expect(times(1 / 1000)).toContain("about 1/1,000, another unit (units and thousands)?");
  expect(times(8)).not.toContain("another unit");
  // A few rows far out move the mean and not the rows.
  expect(
    movedText(
      minutes,
      minutes.map((value, row) => (row < 40 ? value * 600 : value)),
    ),
  ).not.toContain("another unit");
});
