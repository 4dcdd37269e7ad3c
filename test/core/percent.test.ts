import { expect, test } from "vitest";
import { percent, percentBy } from "../../src/core/percent.ts";

test("only all of the rows are 100 % of them, and only none are 0 %", () => {
  expect([1, 0.963, 0.9996, 0.99997, 1 - 10 / 1_300_000, 1 - 10 / 42_183, 0.0004, 0].map(percent)).toEqual([
    "100 %",
    "96.3 %",
    "99.96 %",
    "99.997 %",
    "99.9992 %",
    "99.98 %",
    "0.04 %",
    "0 %",
  ]);
  expect([1 - 1e-9, 1e-9, 0.1 + 0.2 + 0.7, 1 - 2 ** -53].map(percent)).toEqual(["over 99.9999 %", "under 0.0001 %", "100 %", "100 %"]);
});

test("less than nothing is a share too", () => {
  expect([-0.1234, -0.0004].map(percent)).toEqual(["-12.3 %", "-0.04 %"]);
});

test("in fewer digits all and none stay what they are", () => {
  const whole = (share: number) => percentBy((value) => String(Math.round(value)), share);
  expect([0.4567, 0.996, 0.9999, 1, 0.001, 0].map(whole)).toEqual(["46 %", "99.6 %", "99.99 %", "100 %", "0.1 %", "0 %"]);
  expect(percentBy((value) => value.toPrecision(2), 0.997)).toBe("99.7 %");
});
