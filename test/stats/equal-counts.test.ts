import { expect, test } from "vitest";
import { equalCountsProbability } from "../../src/stats/index.ts";
import recorded from "../reference/recorded/stats.json" with { type: "json" };

test("scipy's multinomial is met up to Stirling's error", () => {
  for (const [rows, classes, probability] of recorded.equalCounts) {
    const excess = equalCountsProbability(rows!, classes!) / probability! - 1;
    expect(excess).toBeGreaterThan(0);
    expect(excess / ((classes! ** 2 - 1) / (12 * rows!))).toBeCloseTo(1, 1);
  }
});
