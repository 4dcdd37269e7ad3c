import { describe, expect, test } from "vitest";
import type { Frame } from "../../src/core/column.ts";
import { type Candidate, settlingSentence, type ToDecide } from "../../src/core/comparison.ts";
import { metricNamed, worthwhileGain } from "../../src/metrics/index.ts";
import { foldEvidence } from "../../src/model/fold-evidence.ts";
import type { Judged } from "../../src/model/judge.ts";
import { reasonsFor } from "../../src/model/reasons.ts";
import { type Selection, select } from "../../src/model/select.ts";
import { toDecide } from "../../src/model/to-decide.ts";

const metric = metricNamed("auc");
const ROWS = 200;

function judgedOf(label: string, complexity: number): Judged {
  const outcome = {
    id: label,
    experiment: { split: { policy: "random", folds: 5, repeats: 1 } },
    outOfFold: { rows: new Int32Array(ROWS), outputs: new Float64Array(ROWS), repeats: 1 },
  };
  return { state: "judged", plan: { name: label, label, complexity, estimator: label, params: {} }, outcome } as unknown as Judged;
}

/** Scores per fold of the constant, the rule and the models. */
function answerTo(scores: readonly (readonly number[])[], margin = 0.02, sampleOf: number | null = null, optimism = 0) {
  const judged = scores.map((_, place) => judgedOf(["constant", "rule"][place] ?? `model ${place - 1}`, place));
  const evidence = foldEvidence({ scores, repeat: scores[0]!.map(() => 0), testTrainRatio: 0.25, better: "higher", level: 0.95 });
  const contenders = judged.map(({ plan }) => ({ name: plan.name, complexity: plan.complexity, isBaseline: plan.complexity < 2 }));
  const selection: Selection = select(evidence, contenders, "higher", () => margin);
  const open: ToDecide | null = toDecide(selection, judged, evidence, {} as Frame, sampleOf);
  const worthwhile = { ...worthwhileGain(metric, 0.5), gain: margin };
  const why = reasonsFor({
    judgements: judged,
    judged,
    evidence,
    selection,
    candidates: judged.map(({ plan }, place) => ({
      ...plan,
      state: place === selection.chosen ? "chosen" : "worse",
      optimism: place === selection.chosen ? optimism : 0,
      overBaseline: selection.bestBaseline < 0 ? null : evidence.difference(place, selection.bestBaseline),
    })) as unknown as Candidate[],
    metric,
    worthwhile,
    toDecide: open,
    test: null,
  });
  return { selection, open: open!, why: why.join(" ") };
}

const constant = [0.5, 0.5, 0.5, 0.5, 0.5];
const rule = [0.495, 0.505, 0.5, 0.49, 0.5];

test("no model judged in the time is not a model that was found no better", () => {
  const judged = [judgedOf("constant", 0), judgedOf("rule", 1)];
  const scores = [constant, rule];
  const evidence = foldEvidence({ scores, repeat: constant.map(() => 0), testTrainRatio: 0.25, better: "higher", level: 0.95 });
  const contenders = judged.map(({ plan }) => ({ name: plan.name, complexity: plan.complexity, isBaseline: true }));
  const selection: Selection = { ...select(evidence, contenders, "higher", () => 0.02), chosen: -1, verdict: "undecided" };
  const known = { judgements: judged, judged, evidence, candidates: [], metric, toDecide: null, test: null };
  const why = (tried: number) =>
    reasonsFor({ ...known, selection: { ...selection, tried }, worthwhile: worthwhileGain(metric, 0.5) }).join(" ");
  expect(selection.tried).toBe(0);
  expect(why(0)).toMatch(/^No model was judged in the time/);
  expect(why(2)).toMatch(/^Of the models judged so far none is shown to beat/);
});

test("one model was chosen among none: nothing is said of the luck of trying many", () => {
  const model = constant.map((score, fold) => score + [0.2, 0.21, 0.19, 0.2, 0.22][fold]!);
  const alone = answerTo([constant, rule, model]);
  expect(alone.selection).toMatchObject({ verdict: "model", tried: 1 });
  expect(alone.why).toContain("Tried alone, it beats the best baseline");
  expect(alone.why).not.toMatch(/blind choice|luck/);
  expect(answerTo([constant, rule, model, model]).why).toContain("Even a blind choice among the 2 models tried beats");
});

describe("an undecided comparison", () => {
  test("both no gain and one that counts are possible: said, and how many rows make the interval short enough", () => {
    const { selection, open, why } = answerTo([constant, rule, [0.55, 0.44, 0.53, 0.47, 0.52]]);
    expect(selection.verdict).toBe("undecided");
    expect(open.open.gain.low).toBeLessThan(0);
    expect(open.needed).toBeGreaterThan(ROWS);
    expect(why).toContain("Both no gain and one that counts (0.02) are possible.");
    expect(why).toContain("There are ");
    const sampled = answerTo([constant, rule, [0.55, 0.44, 0.53, 0.47, 0.52]], 0.02, 48_842);
    expect(sampled.why).toMatch(/It was judged by [\d,]+ rows in a sample of the 48,842 rows that are there; about/);
  });

  /** Five models that gain 0.1 but nothing on one fold, where the other folds choose them; and one with a gain on all folds that is less sure. */
  const gains = [
    ...[0, 1, 2, 3, 4].map((bad) => [0, 1, 2, 3, 4].map((fold) => (fold === bad ? 0 : 0.1))),
    [0.038, 0.067, 0.095, 0.123, 0.152],
  ];
  const models = gains.map((gain) => constant.map((score, fold) => score + (gain[fold] ?? 0)));

  test("a gain of one model, but none of a blind choice: said, and not called possibly no gain", () => {
    const { selection, open, why } = answerTo([constant, rule, ...models]);
    expect(selection).toMatchObject({ verdict: "undecided", open: { candidate: 7, against: 0 } });
    expect(selection.worth!.value).toBeCloseTo(0, 12);
    expect(open.open.gain.low).toBeGreaterThan(0);
    expect(why).toContain(
      "A gain is shown for this one model, and one that counts (0.02) is possible, but none is shown for a blind choice among the 6",
    );
    expect(why).not.toContain("Both no gain");
    expect(open.needed).toBeGreaterThan(ROWS);
  });

  test("a model whose own interval shows a gain, beside a wider one that is open: said, with why it does not count alone", () => {
    const wide = constant.map((score, fold) => score + [-0.1, 0.2, 0.25, -0.05, 0.15][fold]!);
    const sure = constant.map((score, fold) => score + [0.028, 0.03, 0.032, 0.029, 0.031][fold]!);
    const { selection, open, why } = answerTo([constant, rule, sure, wide]);
    expect(selection.verdict).toBe("undecided");
    expect(open.open.label).toBe("model 2");
    expect(why).toMatch(
      /Model 1 alone would be ahead by 0\.0300 \[0\.02\d+, 0\.03\d+\], but the rows that say so also picked it among the 2/,
    );
  });

  test("an interval that is already no longer than what counts: no number of rows is claimed", () => {
    const { selection, open, why } = answerTo([constant, rule, ...models], 0.172);
    expect(selection.verdict).toBe("undecided");
    expect(open.open.gain.high - open.open.gain.low).toBeLessThan(0.172);
    expect(open.needed).toBeNull();
    expect(why).toContain("is not known: the intervals that decide are already no longer than what counts, so more are no known cure");
  });

  test("the blind choice, without which nothing is claimed, counts when its interval is the longer one", () => {
    const { selection, open } = answerTo([constant, rule, [0.55, 0.44, 0.53, 0.47, 0.52]]);
    const judged = [judgedOf("constant", 0), judgedOf("rule", 1), judgedOf("model 1", 2)];
    const evidence = foldEvidence({
      scores: [constant],
      repeat: constant.map(() => 0),
      testTrainRatio: 0.25,
      better: "higher",
      level: 0.95,
    });
    const within = (half: number) => ({ value: 0.01, se: half / 2, low: 0.01 - half, high: 0.01 + half, p: 0.3 });
    const neededFor = (own: number, blind: number | null) =>
      toDecide(
        { ...selection, open: { ...selection.open!, gain: within(own), blind: blind === null ? null : within(blind) } },
        judged,
        evidence,
        {} as Frame,
      )!.needed;
    expect(open.needed).not.toBeNull();
    // Lengths 0.06 and 0.08 against 0.02: 9 and 16 times the rows.
    expect(neededFor(0.03, null)).toBe(ROWS * 9);
    expect(neededFor(0.03, 0.01)).toBe(ROWS * 9);
    expect(neededFor(0.03, 0.04)).toBe(ROWS * 16);
    expect(neededFor(0.008, 0.04)).toBe(ROWS * 16);
    expect(neededFor(0.008, 0.009)).toBeNull();
    expect(neededFor(0.008, Number.POSITIVE_INFINITY)).toBeNull();
  });

  test("under a split by time the rows that are counted are named: those of the first period judge nothing", () => {
    const { selection } = answerTo([constant, rule, [0.55, 0.44, 0.53, 0.47, 0.52]]);
    const overTime = ["constant", "rule", "model 1"].map((label, place) => {
      const { outcome, ...rest } = judgedOf(label, place);
      const split = { policy: "time", by: "day", folds: 5 } as const;
      return { ...rest, outcome: { ...outcome, experiment: { ...outcome.experiment, split } } };
    });
    const evidence = foldEvidence({
      scores: [constant, rule],
      repeat: constant.map(() => 0),
      testTrainRatio: 0.25,
      better: "higher",
      level: 0.95,
    });
    const open = toDecide(selection, overTime, evidence, {} as Frame)!;
    expect(settlingSentence(open)).toMatch(/^There are [\d,]+ rows of the later periods \(those before them only train\); about /);
  });

  test("an unknown spread: no number of rows, and why", () => {
    const [first, second, third] = [constant, rule, [0.55, 0.44, 0.53, 0.47, 0.52]].map(([score = 0]) => [score]);
    const { open, why } = answerTo([first!, second!, third!]);
    expect(open.needed).toBeNull();
    expect(why).toContain("is not known, since nothing is known of the spread");
  });
});

describe("a model that was chosen", () => {
  const gains = [0.12, 0.13, 0.11, 0.125, 0.115];
  const scores = [
    constant,
    rule,
    constant.map((score, fold) => score + gains[fold]!),
    constant.map((score, fold) => score + 0.6 * gains[fold]!),
  ];

  test("whose printed score is corrected for having been chosen is called the best before that", () => {
    const why = (optimism: number) => answerTo(scores, 0.02, null, optimism).why;
    expect(answerTo(scores).selection).toMatchObject({ verdict: "model", chosen: 2, best: 2 });
    expect(why(0.0021)).toContain("Model 1 has the best mean score before its correction for having been chosen (0.0021), and no simpler");
    expect(why(0)).toContain("Model 1 has the best mean score, and no simpler");
  });
});
