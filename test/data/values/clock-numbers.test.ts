import { expect, test } from "vitest";
import { clockWords, haveSeconds, writeTimes } from "../../../src/data/values/clock-numbers.ts";

const valuesOf = (count: number, of: (i: number) => number) => ({
  values: Float64Array.from(new Set(Array.from({ length: count }, (_, i) => of(i)))).sort(),
});
const clock = (minutes: number) => 100 * Math.floor(minutes / 60) + (minutes % 60);

test("some forty times of a day, with seconds or without", () => {
  const few = valuesOf(45, (i) => clock(360 + 22 * i));
  expect([writeTimes(few), haveSeconds(few)]).toEqual([true, false]);
  expect(clockWords(few).hours).toBe("floor(x / 100) + (x mod 100) / 60");
  const seconds = valuesOf(60, (i) => 100 * clock(30 + 23 * i) + ((37 * i) % 60));
  expect([writeTimes(seconds), haveSeconds(seconds)]).toEqual([true, true]);
  expect(clockWords(seconds).hours).toContain("/ 3600");
});

test("fewer, round steps, numbers of one hour, and numbers of any ending are none", () => {
  expect(writeTimes(valuesOf(30, (i) => clock(360 + 22 * i)))).toBe(false);
  expect(writeTimes(valuesOf(47, (i) => 50 * i))).toBe(false);
  expect(writeTimes(valuesOf(60, (i) => 1000 + i))).toBe(false);
  expect(writeTimes(valuesOf(200, (i) => 11 * i))).toBe(false);
  expect(writeTimes(valuesOf(240, (i) => 1000 * i + (i % 60)))).toBe(false);
});
