import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import { reachVerdict, type StageResults } from "../../src/journey/verdict.ts";
import { comparisonOf, fileOf, findingOf, planOf, proofOf } from "./results.ts";

const whole: StageResults = {
  file: fileOf([]),
  comparison: comparisonOf({}),
  plan: planOf("unknown"),
  proof: proofOf(["passed", "skipped"]),
  until: "production",
};

describe("what to do next", () => {
  test("what was said of columns together is not asked again of each", () => {
    const choices = ["after", "before"] as const;
    const both = findingOf({ id: "combination-leak:a,b", columns: ["a", "b"], choices, question: "Are both?", answer: "after" });
    const one = findingOf({ id: "post-outcome:a", columns: ["a"], choices, question: "Is a?", answer: null });
    const other = findingOf({ id: "time-leak:a", columns: ["a"], choices: ["yes", "no"], question: "Does it grow?", answer: null });
    const next = (findings: readonly Finding[]) => reachVerdict({ ...whole, file: fileOf(findings) }).next.join();
    expect(next([one])).toContain("Is a?");
    expect(next([both, one])).not.toContain("Is a?");
    expect(next([both, other])).toContain("Does it grow?");
  });

  test("rows that are there already are not to be collected", () => {
    const steps = (sampled: { rows: number; of: number } | null) =>
      reachVerdict({ ...whole, file: fileOf([]), plan: planOf("more-data-helps"), sampled }).next.join();
    expect(steps(null)).toMatch(/Collect more rows: /);
    expect(steps({ rows: 13_333, of: 48_842 })).toMatch(/Give more time .* a sample of 13,333 of the 48,842 rows was used: /);
    expect(steps({ rows: 13_333, of: 48_842 })).not.toContain("Collect");
  });

  test("questions without an answer, advice and more rows are what to do next, each once", () => {
    const asked = findingOf({ question: "Is it written before?" });
    const advice = findingOf({
      severity: "harmful",
      state: "open",
      fix: { action: "advice", text: "Collect more rows of the rare class." },
    });
    const { next } = reachVerdict({ ...whole, file: fileOf([asked, asked, advice]), plan: planOf("more-data-helps") });
    expect(next).toEqual([
      "Answer: Is it written before?",
      "Collect more rows of the rare class.",
      "Collect more rows: twice the rows give 0.05 more.",
    ]);
    const answered = findingOf({ question: "Is it written before?", answer: "after" });
    expect(reachVerdict({ ...whole, file: fileOf([answered]) }).next).toEqual([]);
  });
});
