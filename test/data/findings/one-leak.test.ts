import { expect, test } from "vitest";
import type { Suspicion } from "../../../src/core/finding.ts";
import { KNOWN_AT } from "../../../src/data/findings/answers.ts";
import { oneLeakPerColumn } from "../../../src/data/findings/one-leak.ts";

const leak = (trap: Suspicion["trap"], column: string, confidence: number, more: Partial<Suspicion> = {}) =>
  ({
    trap,
    columns: [column],
    confidence,
    evidence: {},
    choices: KNOWN_AT,
    counterfactual: { change: "steps", steps: [{ op: "drop", columns: [column] }], flatters: true },
    why: `${trap} of ${column}.`,
    ...more,
  }) as unknown as Suspicion;

test("a column that knows the target for two reasons is one finding, the surer one, with both", () => {
  const found = oneLeakPerColumn([leak("post-outcome", "a", 0.3), leak("sibling-target", "a", 0.45), leak("post-outcome", "b", 0.6)]);
  expect(found.map(({ trap, columns, why, evidence }) => [trap, columns, why, evidence.also])).toEqual([
    ["sibling-target", ["a"], "sibling-target of a. post-outcome of a.", ["post-outcome"]],
    ["post-outcome", ["b"], "post-outcome of b.", undefined],
  ]);
});

test("what asks another question of the column stands beside it", () => {
  const other = leak("sibling-target", "a", 0.45, { choices: ["yes", "no"] });
  expect(oneLeakPerColumn([leak("post-outcome", "a", 0.3), other])).toHaveLength(2);
  expect(oneLeakPerColumn([leak("post-outcome", "a", 0.3), leak("missingness-leak", "a", 0.45)])).toHaveLength(2);
});
