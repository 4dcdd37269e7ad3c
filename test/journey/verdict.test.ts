import { describe, expect, test } from "vitest";
import { bestBaselineOf, type Comparison, settlingSentence } from "../../src/core/comparison.ts";
import type { Finding } from "../../src/core/finding.ts";
import { STAGES } from "../../src/journey/stage-budget.ts";
import { reachVerdict } from "../../src/journey/verdict.ts";
import { comparisonOf, estimateOf, fileOf, findingOf, proofOf, whole } from "./results.ts";

const HARM = { metric: "auc", compares: "with it against without it", level: 0.95, method: "", p: 0, q: 0, experiments: [] };

describe("verdict", () => {
  test("what was not settled about the time of an answer is the last reason: it may be the machine", () => {
    const { gates, ...proof } = proofOf(["undecided", "undecided"]);
    const [late, other] = gates.map((gate, i) => ({ ...gate, gate: i === 0 ? "latency" : gate.gate }));
    const { reasons } = reachVerdict({ ...whole, proof: { ...proof, gates: [late!, other!] } });
    expect([reasons[0], reasons.at(-1)]).toEqual(["Gate undecided, Gate 1: because 1", "Gate undecided, Gate 0: because 0"]);
  });

  test("an undecided gate stops nothing, and stands in the headline and first among the reasons", () => {
    const { decision, headline, reasons } = reachVerdict({ ...whole, proof: proofOf(["passed", "undecided"]) });
    expect([decision, headline.includes("Undecided: the gate")]).toEqual(["go", true]);
    expect(reasons[0]).toContain("Gate undecided");
  });

  test("go: a model is chosen, every gate passed or could not run, no blocker is open", () => {
    const { decision, headline } = reachVerdict(whole);
    expect(decision).toBe("go");
    expect(headline).toContain("Logistic regression reaches ROC AUC 0.800 [0.750, 0.850]");
    expect(headline).toContain("0.100 [0.050, 0.150] better than the best simple rule");
  });

  test("a model that loses to a rule on the given test rows is no go, and the headline says by how much it is worse", () => {
    const onTest = (gain: number, gap: number) => ({
      rows: 400,
      score: estimateOf(0.82, 0.79, 0.85),
      overBaseline: estimateOf(gain, gain - 0.02, gain + 0.02),
      beside: [],
      gap: estimateOf(gap, gap - 0.03, gap + 0.03),
    });
    const decide = (gain: number, gap = 0.01) => reachVerdict({ ...whole, comparison: comparisonOf({ test: onTest(gain, gap) }) });
    const { decision, headline, reasons } = decide(-0.051, -0.17);
    expect(decision).toBe("no-go");
    expect(headline).toContain("on the 400 given test rows, 0.051 [0.031, 0.071] worse than the best simple rule.");
    expect(headline).toContain("The folds promised ROC AUC 0.800 [0.750, 0.850]: the test is 0.170 [0.140, 0.200] worse than that");
    expect(reasons[0]).toBe("On the given test rows it is 0.051 [0.031, 0.071] ROC AUC worse than the best simple rule: use the rule.");
    expect(decide(0.051).decision).toBe("go");
    expect(decide(0.051).headline).toMatch(/0\.051 \[0\.031, 0\.071\] better than the best simple rule\.(?! The folds)/);
    expect(decide(0.01).headline).toContain("not shown to be better than the best simple rule (gain 0.010 [-0.010, 0.030])");
  });

  test("a go names the harmful findings that are left open, once", () => {
    const open = { trap: "appended-rows", severity: "harmful", state: "open", columns: [], fix: { action: "advice", text: "" } } as const;
    const decide = (...findings: Partial<Finding>[]) => reachVerdict({ ...whole, file: fileOf(findings.map((one) => findingOf(one))) });
    const { decision, headline, reasons } = decide({ ...open, why: "Rows of another source." });
    expect(decision).toBe("go");
    expect(headline).toMatch(/^Go\. Left open in the data: a harmful finding \(appended-rows\)\. Logistic/);
    expect(reasons).toContain("Left open, harmful: Rows of another source.");
    expect(decide(open, { ...open, trap: "censored-target" }, open).headline).toContain(
      "3 harmful findings (appended-rows, censored-target)",
    );
    expect(decide({ ...open, state: "mended" }).headline).not.toContain("Left open");
    expect(decide({ ...open, severity: "costly" }).headline).not.toContain("Left open");
  });

  test("go as mended: a blocker was left out on suspicion, and its question waits", () => {
    const asked = {
      severity: "blocker",
      state: "mended",
      columns: ["duration"],
      fix: { action: "steps", steps: [{ op: "drop", columns: ["duration"] }] },
      question: "Is it written before?",
      choices: ["after", "before"],
      answer: null,
    } as const;
    const { decision, headline, next } = reachVerdict({ ...whole, file: fileOf([findingOf(asked)]) });
    expect(decision).toBe("go");
    expect(headline).toMatch(
      /^Go as mended: "duration" was left out, so this holds whatever the answer; answer the question below to keep it if it is known in time\. Logistic .* Not tested: the gate "Gate 1"\.$/,
    );
    expect(next[0]).toBe(
      'Answer: Is it written before? Put {"duration": "after"} or {"duration": "before"} (known by then) into a file and run again with --known-at FILE.',
    );
    const answered = reachVerdict({ ...whole, file: fileOf([findingOf({ ...asked, answer: "after" })]) });
    expect(answered.headline).toMatch(/^Go\. Logistic .* Not tested: the gate "Gate 1"\.$/);
  });

  test("a column without which the score is exactly the same: no interval of no width is said to leave it open", () => {
    const harm = { ...HARM, claimed: 1, claimedLow: 1, claimedHigh: 1, honest: 1, honestLow: 1, honestHigh: 1, delta: 0, low: 0, high: 0 };
    const asked = { question: "Is it written?", choices: ["after", "before"] as const, columns: ["odor"], harm };
    const { reasons } = reachVerdict({ ...whole, file: fileOf([findingOf(asked)]) });
    expect(reasons.find((reason) => reason.startsWith('"odor"'))).toBe(
      '"odor" was left out: the score is the same with it and without (1), so nothing is lost by it, and nothing shows what it tells beyond the other columns.',
    );
  });

  test("go by changed labels says so, how many, and first", () => {
    const { decision, headline, reasons } = reachVerdict({ ...whole, relabelled: "120 labels corrected and checked." });
    expect(decision).toBe("go");
    expect(headline).toContain("The labels that judge were changed.");
    expect(reasons[0]).toMatch(/^120 labels corrected and checked\. They judge too/);
    expect(reachVerdict({ ...whole, relabelled: null }).headline).not.toContain("changed");
  });

  test("no-go: a blocker is open, named first", () => {
    const open = findingOf({ state: "open", why: "it is written later." });
    const { decision, headline, reasons } = reachVerdict({ ...whole, file: fileOf([open]) });
    expect([decision, reasons[0]]).toEqual(["no-go", "Blocker left open: it is written later."]);
    expect(headline).toContain("one thing stands in the way");
  });

  test("no-go: a blocker is open, however far the journey came", () => {
    const file = fileOf([findingOf({ state: "open", why: "it is written later." })]);
    for (const until of STAGES) {
      const { decision, reasons } = reachVerdict({ file, comparison: null, plan: null, proof: null, dossier: "dossier", until });
      expect([decision, reasons[0]]).toEqual(["no-go", "Blocker left open: it is written later."]);
    }
  });

  test("no-go: a gate failed, and it says what to do", () => {
    const { decision, reasons, next, headline } = reachVerdict({ ...whole, proof: proofOf(["failed", "passed", "failed"]) });
    expect([decision, reasons[0]]).toEqual(["no-go", "Gate failed, Gate 0: because 0"]);
    expect(headline).toContain("2 things stand in the way");
    expect(next).toContain('Mend what the gate "Gate 2" found, then run prove again.');
  });

  test("unknown: a gate that had no time is no gate that was passed, and it is named", () => {
    const { decision, headline, reasons } = reachVerdict({ ...whole, proof: proofOf(["passed", "not-run"]) });
    expect(decision).toBe("unknown");
    expect(headline).toMatch(/^Not proved yet: the budget left too little time for the gate "Gate 1"\. Logistic/);
    expect(reasons[0]).toBe("Gate not run, Gate 1: because 1");
  });

  test("go names the gate that the rows at hand do not allow", () => {
    expect(reachVerdict(whole).headline).toMatch(/^Go\. Logistic .* Not tested: the gate "Gate 1"\.$/);
    expect(reachVerdict({ ...whole, proof: proofOf(["passed"]) }).headline).toMatch(/^Go\. Logistic/);
  });

  test("unknown: a check broke down; a no-go stays one and says so", () => {
    const file = { ...fileOf([]), unchecked: [{ trap: "target-leak" as const, why: "boom" }] };
    const { decision, headline, reasons } = reachVerdict({ ...whole, file });
    const said = "The check for target-leak did not finish, so whether this data has it is not known: boom";
    expect([decision, reasons[0]]).toEqual(["unknown", said]);
    expect(headline).toMatch(/^Not proved yet: the check for target-leak did not finish\. Logistic/);
    const failed = reachVerdict({ ...whole, file, proof: proofOf(["failed"]) });
    expect([failed.decision, failed.reasons[1]]).toEqual(["no-go", said]);
  });

  test("no-go: a rule on one column does as well", () => {
    const { decision, headline } = reachVerdict({ ...whole, comparison: comparisonOf({ verdict: "simple-rule" }) });
    expect([decision, headline.slice(0, 34)]).toEqual(["no-go", "You do not need machine learning h"]);
  });

  test("no-go: no model gains over the baseline that is named, which is the one that ships", () => {
    const candidates = comparisonOf({}).candidates.map((one) => (one.name === "constant" ? { ...one, state: "chosen" as const } : one));
    const { headline } = reachVerdict({ ...whole, comparison: comparisonOf({ verdict: "simple-rule", chosen: "constant", candidates }) });
    expect(headline).toContain("no model gains as much as 0.02 ROC AUC over the class shares (ROC AUC 0.800");
  });

  test("unknown, undecided: the best simple rule is named, though the simpler one is kept", () => {
    const { candidates } = comparisonOf({});
    const other = candidates[0]!;
    const low = { ...other.score, value: 0.5, low: 0.5, high: 0.5 };
    const kept = { ...other, name: "same", label: "the same answer", score: low, state: "chosen" as const };
    const rest = candidates.filter(({ state }) => state !== "chosen");
    const comparison = comparisonOf({ verdict: "undecided", chosen: "same", candidates: [kept, ...rest] });
    const { headline } = reachVerdict({ ...whole, comparison });
    expect(headline).toContain("The best simple answer so far is the class shares (ROC AUC 0.8");
    expect(headline).toContain("not yet shown to be better than the same answer, which is kept until then.");
    const worse = { ...kept, overBaseline: estimateOf(-0.3, -0.5, -0.1) };
    const shown = reachVerdict({ ...whole, comparison: { ...comparison, candidates: [worse, ...rest] } }).headline;
    expect(shown).toContain(
      "better by its own interval, but not once it counts that it is the best of all that were tried; so it does not replace the same answer",
    );
    const alone = { ...comparison, candidates: [kept] };
    expect(bestBaselineOf(alone)?.name).toBe("same");
    expect(bestBaselineOf({ ...alone, verdict: "model" })).toBeNull();
  });

  test("a budget that ended before the gates is a thing to do next", () => {
    const late = reachVerdict({ ...whole, proof: null, until: "production" });
    expect(late.next.join(" ")).toContain("`oldhand prove 'my dossier'`");
    expect(reachVerdict({ ...whole, proof: proofOf(["passed", "not-run"]) }).next.join(" ")).toContain("--budget");
    expect(reachVerdict(whole).next.join(" ")).not.toContain("--budget");
    expect(reachVerdict({ ...whole, comparison: null, plan: null, proof: null, until: "model" }).next.join(" ")).toContain("--budget");
  });

  test("unknown: too little data to tell is not the same as not needed, and says what would make the intervals short enough", () => {
    const gain = { value: 0.03, low: -0.17, high: 0.23, level: 0.95, method: "t", experiments: ["a", "b"] };
    const toDecide = { units: "groups of name", have: 32, needed: 13_000, open: { label: "forest", against: "rule", gain } };
    const comparison = comparisonOf({ verdict: "undecided", toDecide, why: ["Not settled.", settlingSentence(toDecide)] });
    const { decision, headline, next, reasons } = reachVerdict({ ...whole, comparison });
    expect(decision).toBe("unknown");
    const blocked = reachVerdict({ ...whole, comparison, file: fileOf([findingOf({ state: "open", why: "it is written later." })]) });
    expect([blocked.decision, blocked.reasons[0]]).toEqual(["no-go", "Blocker left open: it is written later."]);
    expect(blocked.headline).toMatch(/^Do not go on with this data yet: a blocker is left open in it\. Not enough data/);
    expect(headline).toContain("Not enough data to tell whether a model is worth it. Until then");
    // The number stands once, in the step that it is for.
    expect([headline, ...reasons].join(" ")).not.toContain("13,000");
    expect(reasons).toContain("Not settled.");
    expect(next.join(" ")).toContain("Collect more and run again: there are 32 groups of name; about 13,000 may settle it, but need not.");
  });

  test.each([
    [{ low: 0.01, high: 0.025 }, "the intervals that decide are already no longer than what counts"],
    [{ low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }, "nothing is known of the spread"],
  ])("unknown, and no number of rows known to settle it: more rows are not advised, and what is known is said", (ends, known) => {
    const gain = { value: 0.018, ...ends, level: 0.95, method: "t", experiments: ["a", "b"] };
    const toDecide = { units: "rows", have: 3200, needed: null, open: { label: "forest", against: "rule", gain } };
    const { headline, next } = reachVerdict({ ...whole, comparison: comparisonOf({ verdict: "undecided", toDecide }) });
    expect(headline).toContain("Whether a model is worth it cannot be told from these 3,200 rows.");
    expect(next.join(" ")).toContain(known);
    expect(next.join(" ")).not.toMatch(/[Cc]ollect|null/);
  });

  test("with a given test set the headline is its score, not that of the folds", () => {
    const on = (value: number) => ({ value, low: value - 0.02, high: value + 0.02, level: 0.95, method: "DeLong", experiments: ["t"] });
    const test = { rows: 400, score: on(0.7), overBaseline: on(0.04), beside: [], gap: on(-0.1) };
    const { headline } = reachVerdict({ ...whole, comparison: comparisonOf({ test }) });
    expect(headline).toContain("ROC AUC 0.700 [0.680, 0.720] on the 400 given test rows, 0.040 [");
  });

  test("no-go: nothing can be learned", () => {
    const { decision, headline } = reachVerdict({ ...whole, comparison: comparisonOf({ verdict: "cannot-learn" }) });
    expect([decision, headline.slice(0, 22)]).toEqual(["no-go", "This cannot be learned"]);
  });

  describe("no model without a column that was left out on suspicion", () => {
    const harm = {
      metric: "auc",
      compares: "with it against without it",
      claimed: 0.95,
      honest: 0.5,
      claimedLow: Number.NaN,
      claimedHigh: Number.NaN,
      honestLow: 0.4,
      honestHigh: 0.6,
      delta: -0.45,
      low: -0.5,
      high: -0.4,
      level: 0.95,
      method: "",
      p: 0,
      q: 0,
      experiments: [],
    };
    const asked = { columns: ["x"], harm, question: "Is it known in time?" };
    const decide = (verdict: Comparison["verdict"], parts: Partial<Finding>) =>
      reachVerdict({ ...whole, comparison: comparisonOf({ verdict }), file: fileOf([findingOf({ ...asked, ...parts })]) });

    test.each(["cannot-learn", "simple-rule", "undecided"] as const)(
      "%s: unknown while the question is open, and the column is named",
      (verdict) => {
        const { decision, headline } = decide(verdict, {});
        expect(decision).toBe("unknown");
        expect(headline).toMatch(/^Without "x", which was left out on suspicion: (this cannot|you do not|not enough)/);
      },
    );

    test("unknown: what the column is worth was not measured, or by another metric", () => {
      expect(decide("cannot-learn", { harm: null }).decision).toBe("unknown");
      expect(decide("cannot-learn", { harm: { ...harm, metric: "rmse", low: 0, high: 0 } }).decision).toBe("unknown");
    });

    test("unknown: two columns of which only both together could gain what counts", () => {
      const small = { ...harm, delta: -0.01, low: -0.015, high: -0.005 };
      const files = [1, 2].map((many) =>
        fileOf(Array.from({ length: many }, (_, i) => findingOf({ ...asked, columns: [`x${i}`], harm: small }))),
      );
      const decisions = files.map(
        (file) => reachVerdict({ ...whole, comparison: comparisonOf({ verdict: "cannot-learn" }), file }).decision,
      );
      expect(decisions).toEqual(["no-go", "unknown"]);
    });

    test("no-go: the answer could change nothing, and the column is named all the same", () => {
      const { decision, headline } = decide("cannot-learn", { harm: { ...harm, delta: 0, low: -0.001, high: 0.001 } });
      expect([decision, headline.slice(0, 11)]).toEqual(["no-go", 'Without "x"']);
    });

    test("no-go: somebody answered", () => {
      const { decision, headline } = decide("cannot-learn", { answer: "after" });
      expect([decision, headline.slice(0, 22)]).toEqual(["no-go", "This cannot be learned"]);
    });
  });

  test("unknown: the budget ended before a model was judged", () => {
    const { decision, headline } = reachVerdict({ ...whole, comparison: null, plan: null, proof: null });
    expect([decision, headline]).toEqual(["unknown", "No answer yet: the budget ended before a model was judged."]);
  });

  test("unknown: no candidate could be judged", () => {
    const { decision, headline } = reachVerdict({ ...whole, comparison: comparisonOf({ chosen: "", candidates: [] }), proof: null });
    expect([decision, headline]).toEqual(["unknown", "No answer yet: no candidate could be judged."]);
  });

  test("scores of any size keep their digits: nothing reads as 0 that is not", () => {
    const small = {
      ...comparisonOf({}).candidates[0]!,
      score: estimateOf(4.1e-5, 3.9e-5, 4.3e-5),
      overBaseline: estimateOf(-1e-9, -2e-7, 2e-7),
    };
    const { headline } = reachVerdict({
      ...whole,
      comparison: comparisonOf({ verdict: "cannot-learn", candidates: [small], worthwhile: { gain: 2.05e-6, why: "5 %" } }),
    });
    expect(headline).toContain("nothing gains as much as 2.05e-6 ROC AUC");
    expect(headline).toContain("ROC AUC 4.10e-5 [3.90e-5, 4.30e-5]");
  });

  test("unknown: what failed or had no turn is why", () => {
    const [one, other] = comparisonOf({}).candidates;
    const candidates = [
      { ...one!, state: "failed" as const, note: "out of bins" },
      { ...other!, state: "not-run" as const },
    ];
    const { decision, headline } = reachVerdict({ ...whole, comparison: comparisonOf({ chosen: "", candidates }), proof: null });
    expect([decision, headline]).toEqual([
      "unknown",
      "No answer yet: logistic regression failed (out of bins); the budget ended before all candidates were judged.",
    ]);
  });

  test("unknown: the gates did not run; the budget is blamed only when they were asked for", () => {
    const late = reachVerdict({ ...whole, proof: null });
    expect([late.decision, late.headline.slice(0, 61)]).toEqual([
      "unknown",
      "Not proved yet: the budget ended before the gates ran. Logist",
    ]);
    const planned = reachVerdict({ ...whole, proof: null, until: "scale" });
    expect([planned.decision, planned.headline.slice(0, 43)]).toEqual(["unknown", "Not proved yet: the gates were not asked fo"]);
    const audited = reachVerdict({ ...whole, comparison: null, proof: null, until: "data" });
    expect(audited.headline).toBe("Only the data was looked at: no model was asked for.");
  });

  test("what was mended is said with what it would have claimed", () => {
    const harm = {
      metric: "auc",
      compares: "with it against without it",
      claimed: 0.95,
      honest: 0.8,
      claimedLow: Number.NaN,
      claimedHigh: Number.NaN,
      honestLow: 0.75,
      honestHigh: 0.85,
      delta: -0.15,
      low: -0.2,
      high: -0.1,
      level: 0.95,
      method: "",
      p: 0,
      q: 0,
      experiments: [],
    };
    const gap = { metric: "auc", random: estimateOf(0.9, 0.88, 0.92), proposed: estimateOf(0.7, 0.66, 0.74) };
    const { reasons } = reachVerdict({ ...whole, file: fileOf([findingOf({ harm })], gap) });
    expect(reasons).toContain('"closing" was left out: with it a quick model would claim 0.950, honest is 0.800 [0.750, 0.850].');
    expect(reasons).toContain("A random split would have claimed 0.900; split by group it is 0.700 [0.660, 0.740].");
    const near = { ...gap, proposed: estimateOf(0.89, 0.85, 0.93) };
    expect(reachVerdict({ ...whole, file: fileOf([], near) }).reasons.join()).not.toContain("random split");
  });

  test("a column that is left out on suspicion is named whatever its severity; a mended target is not called left out", () => {
    const drop = { action: "steps", steps: [{ op: "drop", columns: ["odor"] }] } as const;
    const asked = { severity: "cosmetic", state: "mended", columns: ["odor"], fix: drop, question: "Is it known?", answer: null } as const;
    const { headline, reasons } = reachVerdict({ ...whole, file: fileOf([findingOf(asked)]) });
    expect(headline).toMatch(/^Go as mended: "odor" was left out/);
    expect(reasons.join()).toContain('"odor" was left out');
    const fix = { action: "steps", steps: [{ op: "read-labels", target: "y", spelt: { "Yes.": "Yes" }, unknown: [] }] } as const;
    const target = { severity: "blocker", state: "mended", columns: ["y"], fix, why: "The target is written in two ways." } as const;
    const mended = reachVerdict({ ...whole, file: fileOf([findingOf(target)]) });
    expect(mended.reasons).toContain("Mended: The target is written in two ways.");
    expect(mended.reasons.join()).not.toContain("left out");
  });
});
