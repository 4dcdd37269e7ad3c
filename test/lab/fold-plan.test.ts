import { expect, test } from "vitest";
import { foldPlanner } from "../../src/lab/fold-plan.ts";
import { experiment, POLICIES, table } from "./tables.ts";

test.each(POLICIES)("rows of weight 0, or of none, are in no fold: $policy", (split) => {
  const whole = table(120);
  // Six rows that count: dealt out with the others, they could all judge in one fold.
  const weight = Float64Array.from({ length: 120 }, (_, row) => (row % 20 === 19 ? 2 : row % 2 === 0 ? 0 : Number.NaN));
  const frame = { ...whole, columns: [...whole.columns, { name: "w", type: "number" as const, values: weight }] };
  const { folds } = foldPlanner(() => frame)(experiment({ split, weight: "w" }));
  expect(folds.length).toBeGreaterThan(0);
  for (const { train, test } of folds) {
    expect(train.length).toBeGreaterThan(0);
    expect(test.length).toBeGreaterThan(0);
    expect([...train, ...test].filter((row) => row % 20 !== 19)).toEqual([]);
  }
});
