import { expect, test } from "vitest";
import { shownValue } from "../../src/core/shown-value.ts";

test("days, which are kept in milliseconds, are shown as such; amounts and texts as they are", () => {
  const days = [Date.UTC(9999, 11, 31), Date.UTC(1900, 0, 1), -62_135_596_800_000];
  expect(days.map((day) => shownValue(day))).toEqual(["9999-12-31", "1900-01-01", "0001-01-01"]);
  const others = [999, 86_400_000, 253_402_214_400_001, Date.UTC(9999, 11, 31) + 86_400_000, -62_135_596_800_000 - 86_400_000, "?"];
  expect(others.map((one) => shownValue(one))).toEqual(others.map((one) => JSON.stringify(one)));
  // What a step says is a date is one near 1970 too.
  expect(shownValue(0, true)).toBe("1970-01-01");
  expect(shownValue("?", true)).toBe('"?"');
});
