import { expect, test } from "vitest";
import { expectedMaximum } from "../../src/stats/index.ts";
import recorded from "../reference/recorded/stats.json" with { type: "json" };

test("the mean of the largest of n normals is met within 0.03", () => {
  for (const [n, mean] of recorded.expectedMaximum) expect(Math.abs(expectedMaximum(n!) - mean!), `n = ${n}`).toBeLessThan(0.03);
});
