import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import type { StageResults } from "../../src/journey/stage-results.ts";
import { reachVerdict } from "../../src/journey/verdict.ts";
import { comparisonOf, estimateOf, fileOf, findingOf, planOf, proofOf, whole } from "./results.ts";

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

  test("whether a column is filled in, and when its value is written, are two questions with two keys", () => {
    const choices = ["after", "before"] as const;
    const gap = findingOf({ id: "missingness-leak:a", trap: "missingness-leak", columns: ["a"], choices, question: "Is it filled in?" });
    const value = findingOf({ id: "partial-leak:a", trap: "partial-leak", columns: ["a"], choices, question: "Is a written?" });
    const asked = (answer: string | null) => reachVerdict({ ...whole, file: fileOf([{ ...gap, answer }, value]) }).next;
    expect(asked(null)[0]).toContain('Is it filled in? Put {"missingness-leak:a": "after"}');
    expect(asked(null)[1]).toContain('Is a written? Put {"a": "after"}');
    expect(asked("before").join()).toContain("Is a written?");
    // What is left out for its gaps is left out with its values.
    expect(asked("after").join()).not.toContain("Is a written?");
  });

  test("an undecided gate says what can settle it", () => {
    const { next } = reachVerdict({ ...whole, proof: proofOf(["passed", "undecided"]) });
    expect(next).toContain('To settle the undecided gate "Gate 1": more rows narrow its interval.');
  });

  test("a column that was left out by an answer for several is not called unanswered", () => {
    const choices = ["after", "before"] as const;
    const fix = { action: "steps", steps: [{ op: "drop", columns: ["a"] }] } as const;
    const both = findingOf({ id: "combination-leak:a,b", columns: ["a", "b"], choices, question: "Are both?", answer: "after" });
    const one = findingOf({ columns: ["a"], choices, question: "Is a?", answer: null, state: "mended", severity: "blocker", fix });
    expect(reachVerdict({ ...whole, file: fileOf([one]) }).headline).toMatch(/^Go as mended/);
    expect(reachVerdict({ ...whole, file: fileOf([both, one]) }).headline).toMatch(/^Go\. /);
  });

  test("rows that are there already are not to be collected", () => {
    const steps = (sampled: NonNullable<StageResults["sampled"]> | null) =>
      reachVerdict({ ...whole, file: fileOf([]), plan: planOf("more-data-helps"), sampled }).next.join();
    expect(steps(null)).toMatch(/Collect more rows: /);
    const sample = { rows: 13_333, of: 48_842, limit: "time" } as const;
    expect(steps(sample)).toMatch(/first: give more time \(`--budget`\), since a sample of 13,333 of the 48,842 rows was used: /);
    expect(steps({ ...sample, limit: "memory" })).toContain("give more memory (`--memory`), since a sample");
    expect(steps({ ...sample, limit: "most" })).toMatch(/the most that experiments take/);
    expect(steps(sample)).not.toContain("Collect");
  });

  test("an undecided comparison on a sample does not ask for rows that are there", () => {
    const open = { label: "forest", against: "rule", gain: estimateOf(0.03, -0.1, 0.2) };
    const decide = (needed: number, sampleOf: number | null) =>
      reachVerdict({
        ...whole,
        comparison: comparisonOf({ verdict: "undecided", toDecide: { units: "rows", have: 13_333, needed, sampleOf, open } }),
        sampled: sampleOf === null ? null : { rows: 13_333, of: sampleOf, limit: "time" },
      });
    const { headline, next } = decide(24_000, 48_842);
    expect(headline).toContain("Too few rows were used to tell whether a model is worth it. Until then");
    expect(next[0]).toMatch(/^Use the rows that are there first: give more time .* Of rows about 24,000 may settle it, but need not\.$/);
    expect(next.join()).not.toMatch(/[Cc]ollect/);
    expect(decide(90_000, 48_842).next[0]).toMatch(/may settle it, but need not: more than there are\.$/);
    expect(decide(24_000, null).next[0]).toMatch(/^Collect more and run again: there are 13,333 rows; about 24,000/);
  });

  test("where the budget cut the repeats of the folds, more time is named beside more rows", () => {
    const open = { label: "forest", against: "rule", gain: estimateOf(0.03, -0.1, 0.2) };
    const toDecide = { units: "rows", have: 1620, needed: 5000, sampleOf: null, open };
    const next = (parts: Parameters<typeof comparisonOf>[0]) => reachVerdict({ ...whole, comparison: comparisonOf(parts) }).next;
    const steps = next({ verdict: "undecided", toDecide, cutRepeats: { ran: 2, wanted: 5 } });
    expect(steps[0]).toMatch(/^Collect more and run again: there are 1,620 rows/);
    expect(steps[1]).toMatch(/^Or give more time \(`--budget`\): there was room for 2 repeats of the folds, not 5;/);
    expect(next({ verdict: "undecided", toDecide }).join()).not.toContain("repeats");
    expect(next({ cutRepeats: { ran: 2, wanted: 5 } }).join()).not.toContain("repeats");
    expect(next({ verdict: "undecided", cutRepeats: { ran: 1, wanted: 5 } })[0]).toMatch(
      /^Give more time \(`--budget`\): there was room for 1 run/,
    );
  });

  test("without an answer, more time is one step, and no repeats are spoken of where nothing was judged", () => {
    const [first, second] = comparisonOf({}).candidates.map((one) => ({ ...one, state: "not-run" as const }));
    if (first === undefined || second === undefined) throw new Error("two candidates are there");
    const steps = (candidates: Parameters<typeof comparisonOf>[0]["candidates"] & object) =>
      reachVerdict({
        ...whole,
        comparison: comparisonOf({ verdict: "undecided", chosen: "", candidates, cutRepeats: { ran: 2, wanted: 5 } }),
      }).next.filter((step) => step.includes("--budget"));
    expect(steps([first, second])).toEqual(["Run again with more time (`--budget`): no candidate was judged."]);
    expect(steps([first, { ...second, state: "baseline" }])).toEqual([
      "Run again with more time (`--budget`): not all candidates were judged, and for those that were there was room for 2 repeats of the folds, not 5.",
    ]);
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

  test("what is one action is one step: answers that go to one place, gates that more rows settle, more rows for two reasons", () => {
    const one = (id: string, question: string) =>
      findingOf({ id, question, answer: null, columns: ["rate"], choices: ["after", "before"], state: "mended" });
    const twice = fileOf([one("target-leak:rate", "Is it written before?"), one("post-outcome:rate", "Is it known in time?")]);
    const proof = proofOf(["undecided", "undecided", "passed"]);
    const { next } = reachVerdict({ ...whole, file: twice, proof });
    expect(next.filter((step) => step.startsWith("Answer:"))).toHaveLength(1);
    expect(next[0]).toMatch(/^Answer: Is it written before\? Put \{"rate": "after"\}/);
    expect(next).toContain('To settle the undecided gates "Gate 0" and "Gate 1": more rows narrow their intervals.');
    const gain = { value: 0.03, low: -0.1, high: 0.2, level: 0.95, method: "t", experiments: [] };
    const toDecide = { units: "rows", have: 100, needed: 200, open: { label: "forest", against: "rule", gain } };
    const undecided = reachVerdict({
      ...whole,
      comparison: comparisonOf({ verdict: "undecided", toDecide }),
      plan: planOf("more-data-helps"),
    });
    expect(undecided.next.filter((step) => step.startsWith("Collect more"))).toHaveLength(1);
  });
});
