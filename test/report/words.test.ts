import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { candidateState } from "../../src/core/comparison.ts";
import type { Fix, Harm } from "../../src/core/finding.ts";
import { TRAPS, type TrapId } from "../../src/core/trap.ts";
import { METRICS, metricNamed } from "../../src/metrics/index.ts";
import { comparisonText, reportHtml } from "../../src/report/index.ts";
import { cutToWidth } from "../../src/report/plain.ts";
import { shortState, shortStateMeanings } from "../../src/report/words/candidate.ts";
import { curveAnswer } from "../../src/report/words/curve.ts";
import { fixText } from "../../src/report/words/fix.ts";
import { harmDirection, harmMetrics, harmSides, keptText, unshownText } from "../../src/report/words/harm.ts";
import { metricMeaning, metricWords } from "../../src/report/words/metric.ts";
import { answerHint } from "../../src/report/words/question.ts";
import { severityMeaning } from "../../src/report/words/severity.ts";
import { surenessText } from "../../src/report/words/sureness.ts";
import { findingTitle, subjectText, TRAP_TITLES, trapTitle } from "../../src/report/words/trap.ts";
import { badgeText, headlineText } from "../../src/report/words/verdict.ts";
import { bank } from "./fixture.ts";
import { harm } from "./fixture-parts.ts";
import { PLAIN } from "./plain-paint.ts";

describe("words", () => {
  test("every metric is written as the metric itself says", () => {
    for (const { name, label, better } of [...METRICS, metricNamed("pinball-0.9")])
      expect([name, metricWords(name)]).toEqual([name, { label, better }]);
  });

  test("every metric that can decide is explained, but precision and recall, which never do alone, and quantile losses", () => {
    const without = METRICS.map(({ name }) => name).filter((name) => metricMeaning(name) === null);
    expect(without).toEqual(["precision", "recall", "pinball"]);
  });

  test("every trap has a title of its own", () => {
    expect(new Set(Object.values(TRAP_TITLES)).size).toBe(TRAPS.length);
    expect(trapTitle("__proto__")).toBe("__proto__");
    expect(findingTitle({ trap: "sentinel", evidence: { end: "largest" } })).toBe("The end of a scale stands for all beyond it");
    expect(findingTitle({ trap: "sentinel", evidence: { codes: [999] } })).toBe("A number stands for a missing value");
    expect(trapTitle("post-outcome")).toBe("Only known after the outcome");
  });

  test("a harm is said as a fact only where no question is open", () => {
    const one = (trap: TrapId, question: string | null, answer: string | null = null) => ({ trap, question, answer });
    const fact = one("duplicate-row", null);
    const [late, group] = [one("post-outcome", "Known?"), one("group-leak", "One patient?")];
    const heading = (...findings: ReturnType<typeof one>[]) => severityMeaning("blocker", findings);
    expect(heading(fact, one("post-outcome", "Known?", "after"))).toBe("the score would be a lie");
    expect(heading(late)).toBe("if it is known only later, the score is a lie");
    expect(heading(late, group)).toBe("if the suspicion is right, the score is a lie");
    expect(heading(fact, late)).toBe("the score would be a lie; where a question is open, only if the suspicion is right");
    expect(severityMeaning("harmful", [fact])).toBe("training is damaged");
    expect(severityMeaning("harmful", [late])).toBe("if the suspicion is right, training is damaged or the score too good");
    expect(severityMeaning("cosmetic", [late])).toBe("no harm shown, or mended");
  });

  test("scores of another metric than the head of the list names say which, each of its own where they differ", () => {
    const measured = harm("x", 0.9, 0.8, 0.02);
    expect(harmMetrics(measured, "auc")).toEqual(["", ""]);
    expect(harmMetrics(measured, "log-loss")).toEqual(["ROC AUC ", ""]);
    const two = { metric: "balanced-accuracy", compares: "accuracy against balanced-accuracy of the same predictions" };
    expect(harmMetrics(two, "auc")).toEqual(["accuracy ", "balanced accuracy "]);
    expect(harmMetrics(two, "balanced-accuracy")).toEqual(["accuracy ", "balanced accuracy "]);
    expect(harmMetrics(two, "accuracy")).toEqual(["accuracy ", "balanced accuracy "]);
  });

  test("a finding that is kept says what its fix would cost, whichever way the metric goes", () => {
    const fix = { action: "steps" as const, steps: [{ op: "drop" as const, columns: ["pool"] }] };
    const of = (measured: Harm, state: "kept" | "mended" = "kept", evidence = {}) => keptText({ state, fix, harm: measured, evidence });
    expect(of(harm("x", 0.81, 0.8, 0.02))).toBe("leaving it out may cost up to 0.030 of ROC AUC (measured 0.010 [-0.010, 0.030])");
    expect(of(harm("x", 5, 5.1, 0.4, "rmse"))).toBe("leaving it out may add up to 0.50 to RMSE (measured 0.10 [-0.30, 0.50])");
    const unbounded = { ...harm("x", 0.81, 0.8, 0.02), low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
    expect(of(unbounded)).toBe("leaving it out may cost any amount of ROC AUC: this data cannot tell");
    expect(of(harm("x", 0.83, 0.8, 0.02))).toBe("leaving it out would cost 0.030 [0.010, 0.050] of ROC AUC");
    const steps = [{ op: "text" as const, column: "note", minTexts: 5, maxTerms: 100 }];
    expect(keptText({ state: "kept", fix: { action: "steps", steps }, harm: harm("x", 0.8, 0.81, 0.02), evidence: {} })).toBe(
      "its words are not read, for no gain of ROC AUC is shown (measured 0.010 [-0.010, 0.030])",
    );
    const lucky = { ...harm("x", 0.8, 0.823, 0.018), q: 0.052 };
    expect(keptText({ state: "kept", fix: { action: "steps", steps }, harm: lucky, evidence: {} })).toBe(
      "its words are not read, for the gain of ROC AUC may be chance (measured 0.023 [0.005, 0.041], q 0.052)",
    );
    const loss = { ...harm("x", 5, 5.1, 0.05, "rmse"), q: 0.052 };
    expect(keptText({ state: "kept", fix: { action: "steps", steps }, harm: loss, evidence: {} })).toContain("no gain of RMSE is shown");
    expect(of(harm("x", 5, 6, 0.5, "rmse"))).toBe("leaving it out would add 1.00 [0.50, 1.50] to RMSE");
    expect(of(harm("x", 0.83, 0.8, 0.02), "mended")).toBeNull();
    const strong = of(harm("x", 0.803, 0.8, 0.01), "kept", { byStrengthAlone: true });
    expect(strong).toBe("it stays in, for it flatters ROC AUC by 0.013 at most (measured 0.003), less than counts");
  });

  test("a harm flatters, damages, or shows no difference, whichever way the metric goes", () => {
    const of = (more: Partial<Harm>) => harmDirection({ ...harm("x", 0.9, 0.8, 0.01), ...more });
    expect(of({})).toBe("flatters");
    expect(of({ metric: "rmse" })).toBe("damages");
    expect(of({ delta: 0.1, low: 0.05, high: 0.15 })).toBe("damages");
    expect(of({ delta: 0.1, low: 0.05, high: 0.15, metric: "log-loss" })).toBe("flatters");
    expect(of({ low: -0.2, high: 0.01 })).toBe("none");
    expect(of({ q: 0.06 })).toBe("none");
    expect(of({ low: Number.NEGATIVE_INFINITY })).toBe("none");
  });

  test("what only asks is told apart from what the audit acts on, and neither as a certainty", () => {
    const of = (confidence: number, stance: "acts" | "asks", answer: string | null = null, question: string | null = "Is it so?") =>
      surenessText({ confidence, stance, answer, question });
    expect(of(0.974, "acts")).toBe("confidence 97 %");
    expect(of(0.8, "asks")).toBe("only asked, confidence 80 %");
    expect([of(0.998, "acts"), of(0.004, "asks")]).toEqual(["confidence over 99 %", "only asked, confidence under 1 %"]);
    expect(of(1, "acts", "after")).toBeNull();
    // Nothing is asked where no question is open.
    expect(of(0.65, "asks", null, null)).toBe("only told, confidence 65 %");
  });

  test("a difference whose own interval leaves 0 out is not called none", () => {
    const shown = (more: Partial<Harm>) => unshownText({ severity: "cosmetic", harm: { ...harm("x", 0.9, 0.8, 0.01), ...more } });
    expect(shown({ low: -0.2, high: 0.01 })).toBe("no difference");
    expect(shown({ low: -0.2, high: -0.01, q: 0.077 })).toBe("may be chance");
    // A blocker that may be chance would be none: it stands on its evidence.
    const severe = { ...harm("x", 0.9, 0.8, 0.01), low: -0.2, high: -0.01, q: 0.077 };
    expect(unshownText({ severity: "blocker", harm: severe })).toBe("size of the harm not shown");
  });

  test("an interval that holds a difference which counts beside none is undecided, however mild the finding", () => {
    const of = (more: Partial<Harm>) => unshownText({ severity: "cosmetic", harm: { ...harm("x", 0.8, 0.8, 0.3), ...more } });
    expect([of({}), of({ undecided: true })]).toEqual(["no difference", "undecided"]);
  });

  test("a random split that is the worse one beyond chance does not look ahead, and nothing is left on the table", () => {
    const compares = "judged by the naive split against the proposed one, which leaves `x` out";
    const reversed = { ...harm("x", 0.415, 0.365, 0.02, "rmse"), compares };
    expect(harmDirection(reversed)).toBe("none");
    expect(unshownText({ severity: "cosmetic", harm: reversed })).toBe("the random split is not better");
    expect(harmDirection({ ...reversed, delta: 0.05, low: 0.03, high: 0.07 })).toBe("flatters");
  });

  test("each of the two scores says what it is of", () => {
    expect(harmSides({ compares: "trained on half of the rows against all of them" })).toEqual({
      claimed: "trained on half of the rows",
      honest: "all of them",
      areUsual: false,
    });
    expect(harmSides({ compares: "as it stands against mended" })).toMatchObject({ claimed: "as it stands", areUsual: true });
  });

  test("what a price is of is the rows where its columns are those that were not compared", () => {
    const of = (trap: "hidden-duplicate" | "identifier", columns: readonly string[]) => subjectText({ trap, columns, evidence: {} });
    expect(of("hidden-duplicate", ["number"])).toBe("equal rows (not comparing number)");
    expect(of("identifier", ["number"])).toBe("number");
  });

  test("the name of a column answers when its value is written, and not whether it is filled in", () => {
    const hint = (trap: "missingness-leak" | "partial-leak") =>
      answerHint({ id: `${trap}:breed`, trap, columns: ["breed"], question: "Is it?", choices: ["after", "before"], answer: null });
    expect(hint("partial-leak")).toBe('answer "after" or "before" under "breed"');
    expect(hint("missingness-leak")).toBe('answer "after" or "before" under "missingness-leak:breed"');
  });

  test("what ships is named where the curve is of another", () => {
    const of = { label: "forest", isShipped: false, shipped: "rule on one column" } as const;
    for (const verdict of ["unknown", "more-data-helps", "more-data-does-not-help"] as const)
      expect(curveAnswer({ verdict, of })).toContain(
        "what ships is rule on one column; this is about forest, which does not, and its scores are not corrected for having been picked",
      );
  });

  test("a candidate is called the same on the terminal and on the page, and both say what worse is against", () => {
    const result = bank();
    const terminal = comparisonText(result, { colours: PLAIN, folder: "f" });
    const { document } = parseHTML(reportHtml(result));
    const cells = [...document.querySelectorAll("#model td, #model th")].map(({ textContent }) => textContent ?? "");
    for (const candidate of result.comparison!.candidates) {
      const word = candidateState(candidate);
      const start = cutToWidth(candidate.label, 30);
      const line = terminal.split("\n").find((text) => text.startsWith(`   ${start} `) || text.startsWith(`*  ${start} `));
      expect(line?.trimEnd().endsWith(shortState(candidate)), `${candidate.label}: ${line}`).toBe(true);
      expect(
        cells.some((text) => text.startsWith(`${candidate.label}${word}`)),
        `${candidate.label}: ${word}`,
      ).toBe(true);
    }
    expect(candidateState({ state: "worse" })).toBe("worse than the best");
    expect(terminal.replaceAll(/\n +/g, " ")).toContain(
      "worse than the best; no better than the chosen; behind the best, though simpler: by more than one standard error. Worse than the best may still be better",
    );
  });

  test("undecided beside a gain of one model alone says why that is not enough", () => {
    const [first] = bank().comparison!.candidates.filter(({ state }) => state === "behind");
    const over = (low: number) => [
      { ...first!, state: "undecided" as const, overBaseline: { ...first!.score, value: 0.03, low, high: 0.05 } },
    ];
    expect(shortStateMeanings(over(-0.01))).toEqual([
      "Last column: undecided: not shown to be worse than the best, nor to be worth choosing.",
    ]);
    expect(shortStateMeanings(over(0.01))).toEqual([
      "Last column: undecided: not shown to be worse than the best, nor, once it counts that several were tried, to be worth choosing.",
    ]);
    expect(shortStateMeanings([first!])).toEqual(["Last column: behind the best, though simpler: by more than one standard error."]);
  });

  test("what the budget did not reach for is named on the terminal, on the page and on the card", () => {
    const result = bank();
    const comparison = { ...result.comparison!, notTried: [{ label: "random forest, 150 trees", seconds: 11.7 }] };
    const sentence =
      "Not tried, since the budget was not expected to reach so far: random forest, 150 trees (about 12 s), each in processor time.";
    const terminal = comparisonText({ ...result, comparison }, { colours: PLAIN, folder: "f" });
    expect(terminal.replaceAll(/\n +/g, " ")).toContain(sentence);
    expect(reportHtml({ ...result, comparison })).toContain(sentence);
    expect(comparisonText(result, { colours: PLAIN, folder: "f" })).not.toContain("Not tried");
  });

  test("fixes are sentences with names between backticks", () => {
    const text = (fix: Fix) => fixText(fix);
    expect(text({ action: "steps", steps: [{ op: "drop", columns: ["a", "b"] }] })).toBe("Leave out `a` and `b`.");
    expect(text({ action: "steps", steps: [] })).toBe("Nothing to do.");
    expect(text({ action: "split", split: { policy: "time", by: null, folds: 5 } })).toBe(
      "Judge with a split by time (order of the rows): past trains, future judges.",
    );
    expect(text({ action: "metric", metric: "auc" })).toBe("Judge by ROC AUC.");
    expect(text({ action: "steps", steps: [{ op: "drop", columns: ["a`b"] }] })).toBe("Leave out `a'b`.");
  });

  test("the headline does not repeat its badge", () => {
    const verdict = { reasons: [], next: [] };
    expect(headlineText({ ...verdict, decision: "go", headline: "Go. It works." })).toBe("It works.");
    expect(headlineText({ ...verdict, decision: "no-go", headline: "Do not." })).toBe("Do not.");
    expect(headlineText({ ...verdict, decision: "go", headline: "Gophers win." })).toBe("Gophers win.");
    expect(badgeText("unknown")).toBe("No answer yet");
  });
});
