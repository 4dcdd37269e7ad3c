import { describe, expect, test } from "vitest";
import { regularReading } from "../../src/core/regular-reading.ts";

const both = (days: readonly (readonly [number, number])[], hours: readonly number[] = [0]) => {
  const read = (turned: boolean) =>
    Float64Array.from(
      days.flatMap(([a, b]) => hours.map((hour) => (turned ? Date.UTC(2022, a - 1, b, hour) : Date.UTC(2022, b - 1, a, hour)))),
    );
  return regularReading(read(false), read(true));
};
const hours = Array.from({ length: 24 }, (_, hour) => hour);

describe("of two readings of dates", () => {
  test("the one in which hours run on over the ends of days", () => {
    expect(
      both(
        [
          [1, 1],
          [1, 2],
          [1, 3],
          [1, 4],
        ],
        hours,
      ),
    ).toEqual({ isFirst: false, step: 3_600_000, breaks: 0, otherBreaks: 3, otherIsRegular: false });
  });

  test("the first days of months are no run of days", () => {
    const days = Array.from({ length: 48 }, (_, i) => [2015 + Math.floor(i / 12), i % 12] as const);
    const byMonth = Float64Array.from(days, ([year, month]) => Date.UTC(year, month, 1));
    const byDay = Float64Array.from(days, ([year, month]) => Date.UTC(year, 0, month + 1));
    expect(regularReading(byMonth, byDay)).toMatchObject({ isFirst: true, breaks: 0, otherBreaks: 3, otherIsRegular: true });
  });

  test("neither where both have gaps, or a single pause", () => {
    expect(
      both(
        [
          [1, 1],
          [1, 2],
        ],
        hours,
      ),
    ).toBeNull();
    const some = Array.from({ length: 60 }, (_, i) => [1 + ((i * 7) % 12), 1 + ((i * 5) % 11)] as const);
    expect(both(some)).toBeNull();
  });
});
