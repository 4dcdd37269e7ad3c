import { expect, test } from "vitest";
import {
  binomialCdf,
  binomialUpperTail,
  chiSquareUpperTail,
  normalCdf,
  normalQuantile,
  normalTwoSidedP,
  tCdf,
  tQuantile,
  tTwoSidedP,
} from "../../src/stats/index.ts";
import recorded from "../reference/recorded/stats.json" with { type: "json" };
import { near } from "./near.ts";

const CASES: [string, number[][], (...numbers: number[]) => number][] = [
  ["normalCdf", recorded.normalCdf, normalCdf as never],
  ["normalQuantile", recorded.normalQuantile, normalQuantile as never],
  ["tCdf", recorded.tCdf, tCdf as never],
  ["tQuantile", recorded.tQuantile, tQuantile as never],
  ["chiSquareUpperTail", recorded.chiSquareUpperTail, chiSquareUpperTail as never],
  ["binomialCdf", recorded.binomialCdf, binomialCdf as never],
  ["binomialUpperTail", recorded.binomialUpperTail, binomialUpperTail as never],
];

test.each(CASES)("%s equals scipy", (_, rows, own) => {
  for (const row of rows) near(own(...row.slice(0, -1)), row.at(-1)!, 1e-9);
});

test("two-sided p values stay accurate far in the tail", () => {
  near(normalTwoSidedP(1.959963984540054), 0.05, 1e-12);
  expect(normalTwoSidedP(-30)).toBeGreaterThan(0);
  near(tTwoSidedP(-2.2621571628540993, 9), 0.05, 1e-9);
});

test("the whole of chi-square is its upper tail from 0 on", () => {
  expect(chiSquareUpperTail(0, 3)).toBe(1);
});
