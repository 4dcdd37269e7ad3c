import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { foldEvidence } from "../../src/model/fold-evidence.ts";
import { type Contender, select } from "../../src/model/select.ts";

const contenders = (...complexities: number[]): Contender[] =>
  complexities.map((complexity, i) => ({ name: `c${i}`, complexity, isBaseline: complexity < 2 }));

function evidence(scores: readonly (readonly number[])[], better: "higher" | "lower" = "higher") {
  const folds = scores[0]!.length;
  return foldEvidence({ scores, repeat: new Array(folds).fill(0), testTrainRatio: 1 / (folds - 1), better, level: 0.95 });
}

/** A gain of 0.02 counts. */
const COUNTS = () => 0.02;

const constant = [0.5, 0.5, 0.5, 0.5, 0.5];
const rule = [0.6, 0.61, 0.59, 0.6, 0.6];

describe("a model is worth it", () => {
  test("the simplest within one standard error of the best wins", () => {
    const linear = [0.8, 0.82, 0.79, 0.81, 0.8];
    const boosting = [0.801, 0.818, 0.792, 0.812, 0.799];
    const selection = select(evidence([constant, rule, linear, boosting]), contenders(0, 1, 2, 3), "higher", COUNTS);
    expect(selection).toMatchObject({ chosen: 2, best: 3, bestBaseline: 1, verdict: "model" });
  });

  test("a noisy model does not win over a simpler and better one that is shown to be behind the best", () => {
    const best = [0.82, 0.83, 0.81, 0.82, 0.82];
    const steady = best.map((score, i) => score - 0.004 - 0.0001 * (i % 2));
    const noisy = best.map((score, i) => score - 0.006 + [0.02, -0.02, 0.015, -0.015, 0][i]!);
    const selection = select(evidence([constant, rule, steady, noisy, best]), contenders(0, 1, 2, 3, 4), "higher", COUNTS);
    expect(selection).toMatchObject({ chosen: 4, best: 4 });
  });

  test("a gain beyond one standard error is worth its complexity", () => {
    const linear = [0.8, 0.82, 0.79, 0.81, 0.8];
    const boosting = linear.map((score, i) => score + 0.02 + 0.001 * (i % 2));
    const selection = select(evidence([constant, rule, linear, boosting]), contenders(0, 1, 2, 3), "higher", COUNTS);
    expect(selection.chosen).toBe(3);
  });

  test("the same with losses, where lower is better", () => {
    const flip = (scores: readonly number[]) => scores.map((score) => 1 - score);
    const linear = [0.8, 0.82, 0.79, 0.81, 0.8];
    const boosting = linear.map((score, i) => score + 0.02 + 0.001 * (i % 2));
    const selection = select(evidence([constant, rule, linear, boosting].map(flip), "lower"), contenders(0, 1, 2, 3), "lower", COUNTS);
    expect(selection).toMatchObject({ chosen: 3, bestBaseline: 1, verdict: "model" });
  });

  test("a simple model that is not itself shown to beat the baseline is not chosen", () => {
    const shaky = [0.95, 0.58, 0.99, 0.6, 0.99];
    const sure = [0.83, 0.84, 0.83, 0.84, 0.83];
    const selection = select(evidence([constant, rule, shaky, sure]), contenders(0, 1, 2, 3), "higher", COUNTS);
    expect(selection).toMatchObject({ chosen: 3, verdict: "model" });
  });
});

test("one of several that beats the baseline is no model where a choice made blindly does not", () => {
  const all = evidence([constant, rule, [0.83, 0.84, 0.83, 0.84, 0.83]]);
  const chosen = (p: number) =>
    select({ ...all, chosenBlindly: () => ({ ...all.difference(2, 1), p }) }, contenders(0, 1, 2), "higher", COUNTS).verdict;
  expect(chosen(0.001)).toBe("model");
  expect(chosen(0.3)).not.toBe("model");
});

test("without a judged baseline nothing is known of any gain: nothing is chosen", () => {
  const selection = select(evidence([[0.8, 0.82, 0.79, 0.81, 0.8]]), contenders(2), "higher", COUNTS);
  expect(selection).toMatchObject({ chosen: -1, bestBaseline: -1, verdict: "undecided", open: null });
});

describe("near the best value", () => {
  const halved = (simple: number) => Math.min(0.02, 0.5 * (1 - simple));
  const nearly = [0.9897, 0.9899, 0.9895, 0.9898, 0.9896];

  test("a model that takes nine tenths of the error off is worth it, though two points are not left", () => {
    const model = [0.9992, 0.9993, 0.9991, 0.9992, 0.9992];
    expect(select(evidence([constant, nearly, model]), contenders(0, 1, 2), "higher", halved).verdict).toBe("model");
    expect(select(evidence([constant, nearly, model]), contenders(0, 1, 2), "higher", COUNTS).verdict).toBe("simple-rule");
  });

  test("beside a perfect rule nothing is open", () => {
    const perfect = [1, 1, 1, 1, 1];
    for (const model of [perfect, [1, 0.999, 1, 0.998, 1]])
      expect(select(evidence([constant, perfect, model]), contenders(0, 1, 2), "higher", halved)).toMatchObject({
        chosen: 1,
        verdict: "simple-rule",
      });
  });
});

describe("no model is worth it", () => {
  test("the rule on one column is the answer when it beats the constant", () => {
    const model = [0.605, 0.6, 0.6, 0.595, 0.6];
    const selection = select(evidence([constant, rule, model]), contenders(0, 1, 2), "higher", COUNTS);
    expect(selection).toMatchObject({ chosen: 1, verdict: "simple-rule" });
  });

  test("a rule is not called better than the constant when the one test of a blind choice among all does not show that anything is", () => {
    // Five models gain 0.01 but nothing on one fold, where the other folds choose them: a blind choice gains nothing.
    const models = [0, 1, 2, 3, 4].map((bad) => constant.map((score, fold) => score + (fold === bad ? 0 : 0.01)));
    const slight = [0.502, 0.5021, 0.5019, 0.502, 0.502];
    const seen = evidence([constant, slight, ...models]);
    expect(seen.difference(1, 0).p).toBeLessThan(0.001);
    const selection = select(seen, contenders(0, 1, 2, 2, 2, 2, 2), "higher", COUNTS);
    expect(selection).toMatchObject({ chosen: 0, verdict: "cannot-learn" });
    const alone = select(evidence([constant, slight]), contenders(0, 1), "higher", COUNTS);
    expect(alone).toMatchObject({ chosen: 1, verdict: "simple-rule" });
  });

  test("a rule that is worse than the constant does not ship because a model is better", () => {
    const worse = [0.489, 0.49, 0.491, 0.49, 0.4905];
    const slight = [0.505, 0.5052, 0.5048, 0.505, 0.5051];
    const seen = evidence([constant, worse, slight]);
    expect(seen.difference(1, 0)).toMatchObject({ p: expect.toSatisfy((p: number) => p < 0.001) });
    const selection = select(seen, contenders(0, 1, 2), "higher", COUNTS);
    expect(selection.worth!.p).toBeLessThan(0.05);
    expect(selection).toMatchObject({ chosen: 0, bestBaseline: 0, verdict: "simple-rule" });
  });

  test("undecided: a rule that is not shown to beat the constant does not ship because a model is better", () => {
    const doubtful = [0.59, 0.46, 0.6, 0.47, 0.6];
    const clear = [0.55, 0.551, 0.549, 0.55, 0.55];
    const selection = select(evidence([constant, doubtful, clear]), contenders(0, 1, 2), "higher", COUNTS);
    expect(selection).toMatchObject({ chosen: 0, bestBaseline: 1, verdict: "undecided", open: { candidate: 2, against: 1 } });
  });

  test("the constant when every interval excludes a gain that counts", () => {
    const noise = [0.504, 0.495, 0.502, 0.498, 0.5];
    const selection = select(evidence([constant, noise.toReversed(), noise]), contenders(0, 1, 2), "higher", COUNTS);
    expect(selection).toMatchObject({ chosen: 0, verdict: "cannot-learn", open: null });
  });

  test("a real gain that is too small to count is no reason for a model", () => {
    const model = rule.map((score, i) => score + 0.005 + 0.0001 * i);
    const selection = select(evidence([constant, rule, model]), contenders(0, 1, 2), "higher", COUNTS);
    expect(selection.worth!.p).toBeLessThan(0.05);
    expect(selection).toMatchObject({ chosen: 1, verdict: "simple-rule" });
  });

  test("undecided when an interval holds both no gain and one that counts; the simpler side is chosen meanwhile", () => {
    const wide = [0.55, 0.44, 0.53, 0.47, 0.52];
    const nothing = select(evidence([constant, wide.toReversed(), wide]), contenders(0, 1, 2), "higher", COUNTS);
    expect(nothing).toMatchObject({ chosen: 0, verdict: "undecided", open: { candidate: 2, against: 1 } });
    const shaky = [0.7, 0.55, 0.65, 0.58, 0.6];
    const overRule = select(evidence([constant, rule, shaky]), contenders(0, 1, 2), "higher", COUNTS);
    expect(overRule).toMatchObject({ chosen: 1, verdict: "undecided", open: { candidate: 2, against: 1 } });
  });

  test("one fold shows no spread: nothing can be excluded", () => {
    const selection = select(evidence([[0.5], [0.6], [0.61]]), contenders(0, 1, 2), "higher", COUNTS);
    expect(selection.verdict).toBe("undecided");
  });
});

test.each(["higher", "lower"] as const)(
  "on pure noise (%s is better) a model is claimed in at most about 5 %% of data sets, though eight are tried",
  (better) => {
    const random = createRandom(5, "noise");
    let claimed = 0;
    const trials = 600;
    for (let trial = 0; trial < trials; trial++) {
      const fold = Array.from({ length: 5 }, () => 0.02 * random.normal());
      const models = Array.from({ length: 8 }, () => fold.map((shared) => 0.5 + shared + 0.01 * random.normal()));
      const selection = select(evidence([constant, constant, ...models], better), contenders(0, 1, 2, 3, 3, 3, 3, 4, 4, 4), better, COUNTS);
      if (selection.verdict === "model") claimed++;
    }
    expect(claimed / trials).toBeLessThan(0.06);
  },
);
