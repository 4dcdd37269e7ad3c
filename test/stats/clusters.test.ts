import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { clusteredSum, tTwoSidedP } from "../../src/stats/index.ts";

test("variance is that of the sums of clusters; rows alone are clusters of one", () => {
  const scores = [1, 2, -1, 3, 0.5, -2];
  const { sum, se, clusters, p } = clusteredSum(scores, Int32Array.of(0, 0, 1, 1, -1, -1));
  expect([sum, clusters]).toEqual([3.5, 4]);
  expect(se).toBeCloseTo(Math.sqrt((4 / 3) * (3 ** 2 + 2 ** 2 + 0.5 ** 2 + 2 ** 2)), 12);
  expect(p).toBeCloseTo(tTwoSidedP(3.5 / se, 3), 12);
  expect(clusteredSum(scores, null).se).toBeCloseTo(Math.sqrt((6 / 5) * (1 + 4 + 1 + 9 + 0.25 + 4)), 12);
});

test("one cluster shows no spread: nothing is certain", () => {
  expect(clusteredSum([1, 2, 3], Int32Array.of(4, 4, 4))).toMatchObject({ sum: 6, se: Number.NaN, p: 1 });
  expect(clusteredSum([0, 0], null)).toMatchObject({ p: 1 });
});

test("30 clusters of 20 rows with a shared part: 5 % of tests reject a true 0, and without clusters most do", () => {
  const rejected = { clusters: 0, rows: 0 };
  const group = Int32Array.from({ length: 600 }, (_, row) => Math.floor(row / 20));
  for (let seed = 0; seed < 600; seed++) {
    const random = createRandom(seed, "clusters");
    const shared = Array.from({ length: 30 }, () => random.normal());
    const scores = Float64Array.from(group, (one) => shared[one]! + random.normal());
    rejected.clusters += Number(clusteredSum(scores, group).p < 0.05);
    rejected.rows += Number(clusteredSum(scores, null).p < 0.05);
  }
  expect(rejected.clusters / 600).toBeLessThan(0.08);
  expect(rejected.rows / 600).toBeGreaterThan(0.4);
});
