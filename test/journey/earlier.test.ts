import { expect, test } from "vitest";
import type { Comparison } from "../../src/core/comparison.ts";
import type { FindingsFile } from "../../src/core/finding.ts";
import type { Plan } from "../../src/core/plan.ts";
import type { Proof } from "../../src/core/proof.ts";
import type { JourneyResult, Training } from "../../src/core/verdict.ts";
import { isAnswered, keptStages } from "../../src/journey/earlier.ts";
import { comparisonOf, fileOf, findingOf, planOf, proofOf } from "./results.ts";

const file: FindingsFile = fileOf([findingOf()]);
const data = { file, recipe: [] };
const comparison: Comparison = comparisonOf({});
const plan: Plan = planOf("unknown");
const proof: Proof = proofOf(["passed"]);
const training: Training = { rows: 90, loadedRows: 100, of: 100, why: null };
const earlier = { schema: "oldhand/run/1", findings: file, recipe: [], comparison, training, plan, proof } as unknown as JourneyResult;
const none = { comparison: null, training: null, plan: null, proof: null };

test("stages that rest on the same answers hold", () => {
  expect(keptStages(earlier, data)).toEqual({ comparison, training, plan, proof });
  expect(keptStages(earlier, structuredClone(data), structuredClone(comparison))).toEqual({ comparison, training, plan, proof });
});

test("other findings or another choice end what rested on them", () => {
  expect(keptStages(null, data, comparison)).toEqual(none);
  expect(keptStages(earlier, { ...data, file: fileOf([]) }, comparison)).toEqual(none);
  const labels = [{ label: "yes", rows: [3] }];
  expect(keptStages(earlier, { file, recipe: [{ op: "correct-labels", target: "y", labels }] }, comparison)).toEqual(none);
  expect(keptStages(earlier, data, { ...comparison, chosen: "constant" })).toEqual(none);
  expect(keptStages(earlier, data, null)).toEqual(none);
});

test("what the columns are worth may have been cut short by a budget", () => {
  const importance = [{ column: "a", drop: comparison.candidates[0]!.score }];
  const labels = [{ label: "yes", rows: [3] }];
  expect(keptStages(earlier, { file, recipe: [{ op: "correct-labels", target: "y", labels }] }, comparison)).toEqual(none);
  expect(keptStages(earlier, data, { ...comparison, importance }).comparison).toEqual(comparison);
});

test("an answer names a candidate", () => {
  expect([isAnswered(null), isAnswered({ ...comparison, chosen: "" }), isAnswered(comparison)]).toEqual([false, false, true]);
});
