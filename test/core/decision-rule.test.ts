import { expect, test } from "vitest";
import { decisionRule } from "../../src/core/decision-rule.ts";

const task = { kind: "binary", classes: ["no", "yes"] } as const;

test("of two classes: from which probability on the positive one is predicted, and what that was chosen for", () => {
  const why = "best F1 on rows the model had not seen";
  expect(decisionRule({ task, threshold: 0.31234, thresholdWhy: why })).toBe(
    '"yes" is predicted from P("yes") = 0.312 on (threshold chosen for the best F1 on rows the model had not seen)',
  );
  expect(decisionRule({ task, threshold: null, thresholdWhy: null })).toBe(
    '"yes" is predicted from P("yes") = 0.5 on (the usual threshold; none was chosen)',
  );
});

test("of several classes the most probable; of numbers nothing is decided", () => {
  const none = { threshold: null, thresholdWhy: null };
  expect(decisionRule({ task: { kind: "multiclass", classes: ["a", "b", "c"] }, ...none })).toMatch(/most probable class/);
  expect(decisionRule({ task: { kind: "regression" }, ...none })).toBeNull();
});
