import { expect, test } from "vitest";
import type { Finding, Suspicion } from "../../../src/core/finding.ts";
import { withoutLossTwice } from "../../../src/data/harm/out-already.ts";

type Repair = Pick<Suspicion, "fix" | "counterfactual"> & { id: string };

const repair = (id: string, columns: string[], flatters: boolean): Repair => {
  const steps = [{ op: "drop" as const, columns }];
  return { id, fix: { action: "steps", steps }, counterfactual: { change: "steps", steps, flatters } };
};
const finding = (id: string, severity: Finding["severity"], harm: object | null = null) => ({ id, severity, harm }) as unknown as Finding;
const severities = (findings: readonly Finding[], kept: readonly Repair[]) => withoutLossTwice(findings, kept).map((one) => one.severity);

const gaps = repair("missing:a", ["a"], false);

test("what is left out as a leak leaves no accuracy on the table, wherever the leak is told", () => {
  const leak = repair("future-leak:a", ["a"], true);
  expect(severities([finding(gaps.id, "costly"), finding(leak.id, "cosmetic")], [gaps, leak])).toEqual(["cosmetic", "cosmetic"]);
  // It was measured: that stands.
  expect(severities([finding(gaps.id, "costly", {})], [gaps, leak])).toEqual(["costly"]);
  const more = repair("missing:a,b", ["a", "b"], false);
  expect(severities([finding(more.id, "costly")], [more, leak])).toEqual(["costly"]);
});

test("of two that leave one column out the first keeps its heading", () => {
  const key = repair("high-cardinality:a", ["a"], false);
  expect(severities([finding(key.id, "costly"), finding(gaps.id, "costly")], [gaps, key])).toEqual(["costly", "cosmetic"]);
  expect(severities([finding(gaps.id, "costly")], [gaps])).toEqual(["costly"]);
  // Not made: it is no reason.
  expect(severities([finding(key.id, "costly"), finding(gaps.id, "costly")], [gaps])).toEqual(["costly", "costly"]);
});
