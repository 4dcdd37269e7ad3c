import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { auc, aucOfBlocks, aucUnderWeights, aucVariance } from "../../src/stats/index.ts";
import recorded from "../reference/recorded/stats.json" with { type: "json" };
import { near } from "./near.ts";

describe.each(recorded.auc)("recorded case $#", (one) => {
  test("AUC, plain and weighted, equals scikit-learn", () => {
    near(auc(one.truth, one.scores), one.auc);
    near(auc(one.truth, one.scores, one.weight), one.weighted);
    near(aucUnderWeights(one.truth, one.scores)(one.weight), one.weighted);
  });

  test("DeLong's variances equal the full matrix of comparisons", () => {
    const found = aucVariance(one.truth, one.scores);
    near(found.auc, one.auc);
    near(found.variance, one.variance, 1e-10, 1e-6);
    expect(found.positives + found.negatives).toBe(one.truth.length);
  });
});

const rows = fc.array(fc.record({ truth: fc.integer({ min: 0, max: 1 }), score: fc.integer({ min: -4, max: 4 }) }), {
  minLength: 2,
  maxLength: 40,
});

test("AUC is the share of pairs in the right order", () => {
  fc.assert(
    fc.property(rows, (sample) => {
      const positives = sample.filter((row) => row.truth === 1);
      const negatives = sample.filter((row) => row.truth === 0);
      const wins = positives.flatMap((p) => negatives.map((n) => (p.score > n.score ? 1 : p.score === n.score ? 0.5 : 0)));
      const want = wins.reduce<number>((sum, win) => sum + win, 0) / wins.length;
      const got = auc(
        sample.map((row) => row.truth),
        sample.map((row) => row.score),
      );
      if (wins.length === 0) expect(got).toBeNaN();
      else expect(got).toBeCloseTo(want, 12);
    }),
  );
});

test("reversing the scores mirrors AUC and z", () => {
  fc.assert(
    fc.property(rows, (sample) => {
      const truth = sample.map((row) => row.truth);
      const scores = sample.map((row) => row.score);
      const mirrored = scores.map((score) => -score);
      fc.pre(truth.includes(0) && truth.includes(1));
      expect(auc(truth, scores) + auc(truth, mirrored)).toBeCloseTo(1, 12);
    }),
  );
});

test("undefined with one class", () => {
  expect(auc([1, 1], [0.1, 0.2])).toBeNaN();
  expect(auc([0, 0], [0.1, 0.2], [1, 1])).toBeNaN();
  expect(aucVariance([1, 0], [1, 0]).variance).toBeNaN();
});

test("AUC of blocks equals weighted AUC in which the rows of a block count as often as the block", () => {
  const block = fc.record({ rows: fc.integer({ min: 0, max: 3 }), score: fc.integer({ min: -3, max: 3 }), truth: fc.boolean() });
  const times = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 30 }), times, (rows, counts) => {
      const truth = rows.map((row) => (row.truth ? 1 : 0));
      const scores = rows.map(({ score }) => score);
      const weight = rows.map((_, i) => 1 + (i % 3));
      const blockOf = Int32Array.from(rows, (row) => row.rows);
      const whole = weight.map((one, i) => one * counts[blockOf[i]!]!);
      const want = aucUnderWeights(truth, scores)(whole);
      if (Number.isNaN(want)) expect(aucOfBlocks(truth, scores, weight, blockOf, 4)(counts)).toBeNaN();
      else near(aucOfBlocks(truth, scores, weight, blockOf, 4)(counts), want, 1e-12, 1e-12);
    }),
  );
});

test("with strata only pairs of one stratum count, and DeLong's variance is then that of each alone put together", () => {
  const row = fc.record({ stratum: fc.integer({ min: 0, max: 2 }), score: fc.integer({ min: -3, max: 3 }), truth: fc.boolean() });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
      const truth = rows.map((one) => (one.truth ? 1 : 0));
      const scores = rows.map(({ score }) => score);
      const weight = rows.map((_, i) => 1 + (i % 3));
      const strata = Int32Array.from(rows, ({ stratum }) => stratum);
      let [wins, pairs, plainWins, plainPairs] = [0, 0, 0, 0];
      for (const [i, a] of rows.entries())
        for (const [j, b] of rows.entries()) {
          if (a.stratum !== b.stratum || !a.truth || b.truth) continue;
          const won = a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0;
          [wins, pairs] = [wins + weight[i]! * weight[j]! * won, pairs + weight[i]! * weight[j]!];
          [plainWins, plainPairs] = [plainWins + won, plainPairs + 1];
        }
      const blocks = aucOfBlocks(truth, scores, new Float64Array(rows.length).fill(1), Int32Array.from(weight), 4, strata);
      if (pairs === 0) {
        expect([aucUnderWeights(truth, scores, strata)(weight), blocks([1, 1, 1, 1])]).toEqual([Number.NaN, Number.NaN]);
        return;
      }
      near(aucUnderWeights(truth, scores, strata)(weight), wins / pairs, 1e-12, 1e-12);
      near(blocks([1, 1, 2, 3]), wins / pairs, 1e-12, 1e-12);
      near(aucVariance(truth, scores, strata).auc, plainWins / plainPairs, 1e-12, 1e-12);
    }),
  );
  // Equal strata: the variance falls with their number, whatever lies between their scores.
  const [truth, scores] = [
    [1, 0, 1, 0, 1, 0, 0],
    [4, 1, 2, 3, 6, 5, 2],
  ];
  const one = aucVariance(truth, scores);
  const strata = Int32Array.from({ length: 14 }, (_, i) => Math.floor(i / 7));
  const two = aucVariance([...truth, ...truth], [...scores, ...scores.map((score) => 100 + score)], strata);
  near(two.auc, one.auc, 1e-12, 1e-12);
  expect(two.variance / one.variance).toBeGreaterThan(0.35);
  expect(two.variance / one.variance).toBeLessThan(0.5);
});
