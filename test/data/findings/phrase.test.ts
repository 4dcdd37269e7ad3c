import { expect, test } from "vitest";
import { percent } from "../../../src/data/findings/phrase.ts";

test("only all of the rows are 100 % of them", () => {
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
});
