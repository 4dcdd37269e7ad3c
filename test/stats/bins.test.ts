import { expect, test } from "vitest";
import { auc, aucOfBins, concordanceOfPairs, concordanceOfSpearman, ranks, spearmanOfBins, zOfAuc } from "../../src/stats/index.ts";
import recorded from "../reference/recorded/stats.json" with { type: "json" };
import { near } from "./near.ts";

/** Rows and sums of `values` per different key, keys ascending. */
function binned(keys: readonly number[], values: ArrayLike<number>) {
  const different = [...new Set(keys)].sort((a, b) => a - b);
  const counts = different.map((key) => keys.filter((one) => one === key).length);
  const sums = different.map((key) => keys.reduce((sum, one, i) => sum + (one === key ? values[i]! : 0), 0));
  return { order: Array.from(different.keys()), counts, sums, different };
}

test("the AUC of bins equals scikit-learn's of the rows", () => {
  for (const { truth, scores, auc } of recorded.auc) {
    const { order, counts, sums } = binned(scores, truth);
    near(aucOfBins(order, counts, sums, null), auc);
  }
});

test("bins of one score are ties", () => {
  const { truth, scores } = recorded.auc[1]!;
  const { order, counts, sums, different } = binned(scores, truth);
  const coarse = different.map((key) => Math.floor(key / 3));
  const joined = binned(
    scores.map((score) => Math.floor(score / 3)),
    truth,
  );
  near(aucOfBins(order, counts, sums, coarse), aucOfBins(joined.order, joined.counts, joined.sums, null));
  expect(aucOfBins([0, 1], [3, 4], [3, 4], null)).toBeNaN();
});

test("Spearman of bins equals scipy's of the rows", () => {
  const { x, y, spearman } = recorded.pairs;
  const rankY = ranks(y);
  const { order, counts, sums } = binned(x, rankY);
  const squares = rankY.reduce((sum, rank) => sum + rank ** 2, 0);
  near(spearmanOfBins(order, counts, sums, squares, null), spearman);
  expect(spearmanOfBins([0], [60], [1830], squares, null)).toBe(0);
});

test("without ties the z of an AUC is that of Mann and Whitney", () => {
  const { truth, auc, z } = recorded.auc[0]!;
  const positives = truth.filter((one) => one === 1).length;
  near(zOfAuc(auc, positives, truth.length - positives), z, 1e-9);
  const tied = recorded.auc[2]!;
  const some = tied.truth.filter((one) => one === 1).length;
  expect(Math.abs(zOfAuc(tied.auc, some, tied.truth.length - some))).toBeLessThan(Math.abs(tied.z));
  expect(zOfAuc(Number.NaN, 3, 4)).toBe(0);
});

test("concordance of a bivariate normal: Spearman 6 / pi asin(r / 2) and Kendall 2 / pi asin(r) meet", () => {
  for (const r of [-0.9, 0, 0.3, 0.8]) near(concordanceOfSpearman((6 / Math.PI) * Math.asin(r / 2)), 0.5 + Math.asin(r) / Math.PI);
  near(concordanceOfSpearman(1), 1, 1e-7);
});

test("concordance of counted pairs: of two classes it is the AUC, of one pair out of order in six it is 5 / 6", () => {
  const [scores, truth] = [
    [0.1, 0.4, 0.4, 0.8, 0.3, 0.9],
    [0, 0, 1, 1, 0, 1],
  ];
  near(concordanceOfPairs(scores, truth), auc(truth, scores));
  near(concordanceOfPairs([1, 2, 4, 3], [1, 2, 3, 4]), 5 / 6);
  near(concordanceOfPairs([1, 1, 2], [1, 2, 2]), 0.75);
  expect(concordanceOfPairs([1, 2], [3, 3])).toBe(0.5);
});
