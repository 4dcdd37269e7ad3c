import { describe, expect, test } from "vitest";
import { foldEvidence } from "../../src/model/fold-evidence.ts";
import { countUnits } from "../../src/model/judged-units.ts";
import { resampledEvidence } from "../../src/model/resampled-evidence.ts";
import { type Contender, select } from "../../src/model/select.ts";

const contenders: Contender[] = [0, 1, 2, 3].map((complexity) => ({ name: `c${complexity}`, complexity, isBaseline: complexity < 2 }));

/** Five folds dealt twice; each candidate with the same score on all. */
function folds(scores: readonly number[], count: number, { best, worst } = { best: 1, worst: 0 }) {
  const repeat = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
  const better = best > worst ? "higher" : "lower";
  const units = { count, best, worst };
  return foldEvidence({ scores: scores.map((score) => repeat.map(() => score)), repeat, testTrainRatio: 0.25, better, level: 0.95, units });
}

/** One period whose resamples all show the same. */
function period(scores: readonly number[], count: number) {
  const replicates = scores.map((score) => new Float64Array(50).fill(score));
  const fold = { replicates, leftOut: replicates, units: 20 };
  const units = () => ({ count, best: 1, worst: 0 });
  return resampledEvidence({ scores: scores.map((score) => [score]), folds: [fold], method: "", better: "higher", level: 0.95, units });
}

const left = (score: number) => Math.min(0.02, 0.5 * (1 - score));
const LOSS = { best: 0, worst: Number.POSITIVE_INFINITY };

describe.each([
  ["folds", folds],
  ["resamples of a period", period],
])("no spread over %s is no knowledge unless the units say so", (_, evidence) => {
  test("nobody learned anything: of one positive or ten that is undecided, of a thousand it is an answer", () => {
    const nothing = [0.5, 0.5, 0.5, 0.5];
    for (const count of [1, 10]) expect(select(evidence(nothing, count), contenders, "higher", left).verdict).toBe("undecided");
    expect(select(evidence(nothing, 1000), contenders, "higher", left).verdict).toBe("cannot-learn");
  });

  test("a rule without a mistake on two positives is not known to be a rule; on a hundred it is, and nothing is left to gain", () => {
    const perfect = [0.5, 1, 1, 1];
    expect(select(evidence(perfect, 2), contenders, "higher", left)).toMatchObject({
      verdict: "undecided",
      chosen: 0,
      open: { against: 0 },
    });
    expect(select(evidence(perfect, 100), contenders, "higher", left)).toMatchObject({ verdict: "simple-rule", chosen: 1 });
  });

  test("a faultless score keeps the room that its units leave; what answers all rows alike is known", () => {
    expect(evidence([0.5, 1], 10).score(1)).toMatchObject({ low: expect.closeTo(0.7225, 3), high: 1 });
    expect(evidence([0.5, 1], 10).score(0)).toMatchObject({ low: 0.5, high: 0.5 });
  });
});

test("of a loss without end a unit may differ by as much as is lost", () => {
  const alike = (count: number) => folds([3, 3], count, LOSS).difference(1, 0);
  expect(alike(40).high).toBeCloseTo((3 * 1.96 ** 2) / (40 + 1.96 ** 2), 3);
  const verdict = (count: number) => select(folds([3, 3, 3, 3], count, LOSS), contenders, "lower", (score) => 0.05 * score).verdict;
  expect([verdict(40), verdict(400)]).toEqual(["undecided", "cannot-learn"]);
});

test("ten folds of two positives are two, not ten", () => {
  const [repeat, scores] = [
    [0, 0, 1, 1, 2, 2, 3, 3, 4, 4],
    [0.9, 0.8, 0.92, 0.81, 0.9, 0.79, 0.88, 0.8, 0.9, 0.82],
  ];
  const given = { scores: [repeat.map(() => 0.5), scores], repeat, testTrainRatio: 0.25, better: "higher", level: 0.95 } as const;
  expect(foldEvidence(given).difference(1, 0).p).toBeLessThan(0.001);
  expect(foldEvidence({ ...given, units: { count: 2, best: 1, worst: 0 } }).difference(1, 0).p).toBeGreaterThan(0.05);
});

test("units are rows outside the commonest class, groups that hold one, or all numbers", () => {
  const binary = { kind: "binary", classes: ["no", "yes"] } as const;
  const many = { kind: "multiclass", classes: ["a", "b", "c"] } as const;
  expect(countUnits(binary, [0, 0, 0, 1, 1], null)).toBe(2);
  expect(countUnits(binary, [0, 0, 0, 1, 1], Int32Array.of(0, 1, 2, 7, 7))).toBe(1);
  expect(countUnits(binary, [0, 0, 0, 1, 1], Int32Array.of(0, 1, 2, -1, -1))).toBe(2);
  expect(countUnits(many, [0, 0, 0, 0, 1, 1, 2], null)).toBe(3);
  expect(countUnits({ kind: "regression" }, [1.5, 2, 2, 7], Int32Array.of(0, 0, 1, -1))).toBe(3);
});
