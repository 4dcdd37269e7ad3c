import { expect, test } from "vitest";
import type { Harm } from "../../../src/core/finding.ts";
import { duplicateRow } from "../../../src/data/checks/duplicate-row.ts";
import { measuredWhy } from "../../../src/data/harm/measured-why.ts";
import { cells, coin, contextOf } from "../checks/context.ts";

const harm = (delta: number, halfWidth: number): Harm => ({
  metric: "auc",
  compares: "as it stands against mended",
  claimed: 0.7,
  claimedLow: 0.65,
  claimedHigh: 0.75,
  honest: 0.7 + delta,
  honestLow: 0.65 + delta,
  honestHigh: 0.75 + delta,
  delta,
  low: delta - halfWidth,
  high: delta + halfWidth,
  level: 0.95,
  method: "corrected resampled t, paired by fold",
  p: halfWidth < Math.abs(delta) ? 0.001 : 0.8,
  q: halfWidth < Math.abs(delta) ? 0.001 : 0.9,
  experiments: ["a", "b"],
});

test("what is said of copies follows the sign and the significance of the measured difference", async () => {
  const x = cells(300, 1, "x", (random) => random.normal());
  const z = cells(300, 1, "z", (random) => random.normal());
  const y = coin(300);
  const twice = <T>(column: readonly T[]) => [...column.slice(0, 270), ...column.slice(0, 30)];
  const [found] = await duplicateRow.inspect(contextOf({ columns: { x: twice(x), z: twice(z), y: twice(y) }, target: "y" }));
  const flatters = /judges the model on rows it was trained on/;
  expect(measuredWhy(found!, null)).toMatch(flatters);
  expect(measuredWhy(found!, harm(-0.02, 0.01))).toMatch(flatters);
  expect(measuredWhy(found!, harm(-0.001, 0.013))).toMatch(/no better score by them is shown/);
  expect(measuredWhy(found!, harm(0.0006, 0.013))).toMatch(/no better score by them is shown/);
  expect(measuredWhy(found!, harm(0.02, 0.01))).toMatch(/without them it is better/);
  expect(measuredWhy({ why: "as it is" }, harm(0.02, 0.01))).toBe("as it is");
});
