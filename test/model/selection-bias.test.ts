import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import type { SplitPolicy } from "../../src/core/split.ts";
import { resampleFolds } from "../../src/lab/index.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import { bestOf, type Evidence } from "../../src/model/evidence.ts";
import { foldEvidence } from "../../src/model/fold-evidence.ts";
import { resampledEvidence } from "../../src/model/resampled-evidence.ts";
import { DAYS, outcomesOf } from "../lab/periods.ts";

const MODELS = 10;
const TRUTH = 0.7;

/** Ten models that are all right on 70 % of rows: whichever is chosen, its honest accuracy is 0.7. */
function equalModels(rows: number, seed: number): Float64Array[] {
  const random = createRandom(seed, "equal models");
  return Array.from({ length: MODELS }, () => Float64Array.from({ length: rows }, () => (random.next() < TRUTH ? 1 : 0)));
}

/** Evidence of the judged rows of one test set or of five periods. */
function evidenceOf(hits: readonly Float64Array[], split: SplitPolicy, seed: number): Evidence {
  const { outcomes, ground } = outcomesOf(
    hits.map((own) => own.map((hit) => (hit === 1 ? 0.2 : 0.8))),
    { task: { kind: "binary", classes: ["no", "yes"] }, metrics: ["accuracy"], split, seed },
  );
  const scores = outcomes.map(({ folds }) => folds.map((fold) => fold.scores.accuracy!));
  const resamples = resampleFolds(outcomes, metricNamed("accuracy"), ground, true)!;
  return resampledEvidence({ scores, better: "higher", level: 0.95, ...resamples });
}

const pickBest = (evidence: Evidence) =>
  bestOf(
    evidence,
    Array.from({ length: MODELS }, (_, i) => i),
    "higher",
  );

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe("reporting the score that a model was chosen for is optimistic; blind choice is not", () => {
  const trials = 200;

  test("leave one fold out", () => {
    const [plain, blind]: [number[], number[]] = [[], []];
    for (let trial = 0; trial < trials; trial++) {
      const scores = equalModels(200, trial).map((hits) =>
        Array.from({ length: 5 }, (_, fold) => mean(hits.subarray(fold * 40, (fold + 1) * 40))),
      );
      const evidence = foldEvidence({ scores, repeat: [0, 0, 0, 0, 0], testTrainRatio: 0.25, better: "higher", level: 0.95 });
      plain.push(evidence.score(pickBest(evidence)).value);
      blind.push(evidence.chosenBlindly(pickBest, [], null).value);
    }
    expect(mean(plain) - TRUTH).toBeGreaterThan(0.03);
    expect(Math.abs(mean(blind) - TRUTH)).toBeLessThan(0.01);
  });

  test("bootstrap with the rows left out, on one test set", () => {
    const [plain, blind]: [number[], number[]] = [[], []];
    for (let trial = 0; trial < 25; trial++) {
      const hits = equalModels(200, 1000 + trial);
      const evidence = evidenceOf(hits, { policy: "given", testRows: 200 }, trial);
      plain.push(evidence.score(pickBest(evidence)).value);
      blind.push(evidence.chosenBlindly(pickBest, [], null).value);
    }
    expect(mean(plain) - TRUTH).toBeGreaterThan(0.03);
    expect(Math.abs(mean(blind) - TRUTH)).toBeLessThan(0.015);
  });

  test("bootstrap of blocks with the blocks left out, on five periods", () => {
    const [plain, blind]: [number[], number[]] = [[], []];
    for (let trial = 0; trial < 60; trial++) {
      const evidence = evidenceOf(equalModels(200, trial), DAYS, trial);
      plain.push(evidence.score(pickBest(evidence)).value);
      blind.push(evidence.chosenBlindly(pickBest, [], null).value);
    }
    expect(mean(plain) - TRUTH).toBeGreaterThan(0.03);
    expect(Math.abs(mean(blind) - TRUTH)).toBeLessThan(0.015);
  });
});

test("with repeats, a fold's rows do not help to choose what is judged on them: only folds of its own repeat choose", () => {
  // Candidate 1 shines in repeat 2 only. In repeat 1 the other folds always prefer candidate 0.
  const scores = [
    [0.7, 0.7, 0.7, 0.1, 0.1, 0.1],
    [0.6, 0.6, 0.6, 0.9, 0.9, 0.9],
  ];
  const evidence = foldEvidence({ scores, repeat: [0, 0, 0, 1, 1, 1], testTrainRatio: 0.5, better: "higher", level: 0.95 });
  expect(evidence.chosenBlindly((seen) => bestOf(seen, [0, 1], "higher"), [0, 1], null).value).toBeCloseTo((3 * 0.7 + 3 * 0.9) / 6, 12);
});
