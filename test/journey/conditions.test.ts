import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import type { StageResults } from "../../src/journey/stage-results.ts";
import { reachVerdict } from "../../src/journey/verdict.ts";
import { comparisonOf, fileOf, findingOf, proofOf, whole } from "./results.ts";

const harm = {
  metric: "auc",
  compares: "with it against without it",
  claimed: 0.81,
  honest: 0.7,
  claimedLow: Number.NaN,
  claimedHigh: Number.NaN,
  honestLow: 0.65,
  honestHigh: 0.75,
  delta: -0.11,
  low: -0.15,
  high: -0.05,
  level: 0.95,
  method: "",
  p: 0,
  q: 0,
  experiments: [],
};
const small = { ...harm, claimed: 0.81, honest: 0.805, honestLow: 0.8, honestHigh: 0.81, delta: -0.005, low: -0.009, high: -0.001 };
const asked = {
  id: "target-leak:G2",
  state: "open",
  severity: "harmful",
  columns: ["G2"],
  choices: ["after", "before"],
  harm,
  question: "Is it written?",
} as const satisfies Partial<Finding>;
const HOLDS = 'if "G2" is known when a prediction is made; without it a quick model falls from 0.810 to 0.700 [0.650, 0.750].';

const decide = (finding: Partial<Finding>, parts: Partial<StageResults> = {}) =>
  reachVerdict({ ...whole, ...parts, file: fileOf([findingOf({ ...asked, ...finding })]) });

/** No model: the rule on one column is what the score is of. */
const withRule = (verdict: "simple-rule" | "cannot-learn" | "undecided", column: string, isChosen = true) =>
  comparisonOf({
    verdict,
    rule: { column, feature: column, says: "P(yes)", lines: [], text: `${column} > 1 -> 0.9`, isChosen, experiments: [] },
  });

describe("a score that holds only if columns are known in time", () => {
  test("no answer: without them it may be worse by what counts; the question is the first step, both scores are in the headline", () => {
    const { decision, headline, next, reasons } = decide({}, { proof: proofOf(["passed", "undecided"]) });
    expect(decision).toBe("unknown");
    expect(headline).toMatch(
      /^It hangs on an open question, the first step below: what it asks about is used, so the score holds for one of the answers only\. Logistic regression reaches ROC AUC 0\.800/,
    );
    expect(headline).toContain(`That score holds ${HOLDS}`);
    expect(next[0]).toMatch(/^Answer: Is it written\?/);
    expect(reasons.join(" ")).not.toContain("That score holds");
  });

  test("the question on which it hangs comes before others", () => {
    const other = findingOf({ id: "F0", question: "Is this a code?", choices: ["yes", "no"], severity: "costly", state: "open" });
    const { next } = reachVerdict({ ...whole, file: fileOf([other, findingOf(asked)]) });
    expect(next.slice(0, 2).map((step) => step.slice(0, 22))).toEqual(["Answer: Is it written?", "Answer: Is this a code"]);
  });

  test("go: without them it is worse by less than what counts, and the headline says so", () => {
    const { decision, headline } = decide({ harm: small });
    expect(decision).toBe("go");
    expect(headline).toMatch(/^Go, whatever the answer to what is still asked\. Logistic/);
    expect(headline).toContain("a quick model falls from 0.8100 to 0.8050 [0.8000, 0.8100], by less than what counts (0.02).");
  });

  test("two suspicions of one column are one condition and one price", () => {
    const both = (price: typeof harm) =>
      reachVerdict({ ...whole, file: fileOf(["a", "b", "c"].map((id) => findingOf({ ...asked, id, harm: price }))) });
    expect(both(harm).headline.match(/That score holds/g)).toHaveLength(1);
    expect(both(small).decision).toBe("go");
  });

  test("what is left without the column is set against the same answer for every row", () => {
    const [first, ...rest] = comparisonOf({}).candidates;
    const withShares = (score: number) => {
      const shares = { ...first!, name: "constant", estimator: "constant", label: "the class shares", state: "baseline" as const };
      const value = { ...first!.score, value: score, low: score, high: score };
      return decide({}, { comparison: comparisonOf({ candidates: [first!, ...rest, { ...shares, score: value }] }) }).headline;
    };
    expect(withShares(0.72)).toContain("to 0.700 [0.650, 0.750], no better than the class shares (0.72).");
    expect(withShares(0.5)).not.toContain("no better");
  });

  test("several that are each small may count together", () => {
    const files = [1, 2, 3].map((many) =>
      fileOf(Array.from({ length: many }, (_, i) => findingOf({ ...asked, id: `F${i}`, columns: [`x${i}`], harm: small }))),
    );
    expect(files.map((file) => reachVerdict({ ...whole, file }).decision)).toEqual(["go", "go", "unknown"]);
  });

  test.each<[string, Partial<Finding>]>([
    ["was not priced", { harm: null }],
    ["was priced by another metric", { harm: { ...harm, metric: "log-loss", low: 0.1, high: 0.2 } }],
    ["has an interval of unknown width", { harm: { ...harm, low: Number.NaN, high: Number.NaN } }],
  ])("no answer: what may be a leak %s", (_, finding) => {
    const { decision, headline } = decide(finding);
    expect(decision).toBe("unknown");
    expect(headline).toContain('holds if "G2" is known when a prediction is made; what is left without it was not measured.');
  });

  test.each<[string, Partial<Finding>]>([
    ["it is answered", { answer: "before" }],
    ["nothing shows that it lifts the score", { harm: { ...harm, high: 0.01 } }],
    ["it is no suspicion that does harm", { harm: null, severity: "costly" }],
    ["the question is another", { choices: ["new", "same"] }],
  ])("go: %s", (_, finding) => {
    const { decision, headline } = decide(finding);
    expect([decision, headline]).toEqual([
      "go",
      expect.stringMatching(/^Go\.( Left open in the data: a harmful finding \(target-leak\)\.)? Log/),
    ]);
    expect(headline).not.toContain("known when");
  });

  test("every headline with a score says it: no-go, not proved, no gates", () => {
    const failed = decide({}, { proof: proofOf(["failed"]) });
    expect([failed.decision, failed.headline.includes(HOLDS)]).toEqual(["no-go", true]);
    for (const proof of [proofOf(["not-run"]), null]) {
      const late = decide({}, { proof });
      expect([late.decision, late.headline.includes(HOLDS)]).toEqual(["unknown", true]);
    }
  });

  test("without a model: a rule on such a column is no answer to whether machine learning is needed", () => {
    const { decision, headline } = decide({}, { comparison: withRule("simple-rule", "G2") });
    expect(decision).toBe("unknown");
    expect(headline).toMatch(/^You do not need machine learning here/);
    expect(headline).toContain(`This holds ${HOLDS}`);
    const open = decide({}, { comparison: withRule("undecided", "G2", false) });
    expect([open.decision, open.headline.includes(HOLDS)]).toEqual(["unknown", true]);
  });

  test.each([
    ["a rule on another column", withRule("simple-rule", "age")],
    ["the same answer every time", comparisonOf({ verdict: "cannot-learn" })],
  ])("no-go: the score of %s does not rest on it", (_, comparison) => {
    const { decision, headline } = decide({}, { comparison });
    expect([decision, headline.includes("known when")]).toEqual(["no-go", false]);
  });

  test("no-go stays: the rule is worse by less than what counts without it", () => {
    const { decision, headline } = decide({ harm: small }, { comparison: withRule("simple-rule", "G2") });
    expect([decision, headline.includes("by less than what counts (0.02)")]).toEqual(["no-go", true]);
  });
});

describe("a score by chance over the rows of a group of which nobody has said whether new ones come", () => {
  const group: Partial<Finding> = {
    id: "group-leak:sku",
    trap: "group-leak",
    columns: ["sku"],
    choices: ["new", "same"],
    evidence: { judgedByChance: true },
  };

  test("no answer where the gap would take what counts off it, and both scores are told", () => {
    const { decision, headline } = decide(group, { proof: proofOf(["passed"]) });
    expect(decision).toBe("unknown");
    expect(headline).toContain(
      'That score holds if the model is only asked about the same "sku" that it was trained on; on new ones a quick model falls from 0.810 to 0.700',
    );
  });

  test("no answer where it was not priced", () => {
    expect(decide({ ...group, harm: null }, { proof: proofOf(["passed"]) }).decision).toBe("unknown");
  });

  test.each<[string, Partial<Finding>]>([
    ["the gap is less than what counts", { harm: small }],
    ["the gap is not beyond chance", { harm: { ...harm, high: 0.02 } }],
    ["it was answered", { answer: "same" }],
    ["the honest split was taken", { state: "mended" }],
    ["the score is of a split that is not by chance", { evidence: {} }],
  ])("it stops nothing where %s", (_, other) => {
    expect(decide({ ...group, ...other }, { proof: proofOf(["passed"]) }).decision).toBe("go");
  });
});

describe("a score over equal rows of which nobody has said whether they are copies", () => {
  const copies: Partial<Finding> = { id: "duplicate-row", trap: "duplicate-row", columns: [], choices: ["copies", "alike"] };
  const proof = proofOf(["passed"]);

  test("no answer where the copies would take what counts off it; a rule hangs on them too, the same answer every time does not", () => {
    const { decision, headline } = decide(copies, { proof });
    expect(decision).toBe("unknown");
    expect(headline).toContain(
      "That score holds if equal rows are cases of their own, and no copies; without the copies a quick model falls from 0.810 to 0.700",
    );
    expect(decide(copies, { comparison: withRule("simple-rule", "age") }).decision).toBe("unknown");
    expect(decide(copies, { comparison: comparisonOf({ verdict: "cannot-learn", rule: null }) }).decision).toBe("no-go");
  });

  test.each([
    ["split-overlap", [], "test rows that also stand in the training data"],
    ["split-overlap", ["a"], "test rows that nearly stand in the training data"],
    ["hidden-duplicate", ["row", "day"], 'rows that differ only in "row" and "day"'],
    ["near-duplicate", [], "rows that are nearly equal"],
  ] as const)("%s names its rows", (trap, columns, rows) => {
    expect(decide({ ...copies, trap, columns }, { proof }).headline).toContain(`That score holds if ${rows} are cases of their own`);
  });

  test("one answer ends it, and so does a price that shows no harm", () => {
    expect(decide({ ...copies, answer: "alike" }, { proof }).decision).toBe("go");
    expect(decide({ ...copies, harm: { ...harm, low: -0.01, high: 0.02 } }, { proof }).decision).toBe("go");
    expect(decide({ ...copies, harm: null }, { proof }).decision).toBe("unknown");
  });
});
