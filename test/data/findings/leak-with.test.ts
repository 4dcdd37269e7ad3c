import { expect, test } from "vitest";
import type { Suspicion } from "../../../src/core/finding.ts";
import { leakWith } from "../../../src/data/findings/leak-with.ts";

test("columns that are as much a leak are left out, priced and asked about with it", () => {
  const leak = (more: Partial<Suspicion>) =>
    ({
      columns: ["b"],
      evidence: { score: 0.9 },
      fix: { action: "advice", text: "Look." },
      question: null,
      why: "It tells.",
      ...more,
    }) as Suspicion;
  const said = { evidence: { copies: ["a"] }, why: "So does `a`." };
  const steps = [{ op: "drop", columns: ["a", "b"] }];
  expect(leakWith(leak({ fix: { action: "steps", steps: [] }, question: "Known?" }), ["a"], said)).toEqual({
    columns: ["a", "b"],
    evidence: { score: 0.9, copies: ["a"] },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: "At the moment of prediction, are the values of `a` and `b` already written?",
    why: "It tells. So does `a`.",
  });
  expect(leakWith(leak({}), ["a"], said)).toMatchObject({ fix: { action: "advice" }, question: null });
});
