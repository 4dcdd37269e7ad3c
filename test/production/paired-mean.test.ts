import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { againstRest, sumsByCluster, wholeSums } from "../../src/production/slices/paired-mean.ts";
import { tCdf } from "../../src/stats/index.ts";

const GROUPS = 40;
const ROWS = 400;
const groups = Int32Array.from({ length: ROWS }, (_, row) => (row < 390 ? row % GROUPS : -1));

test("the part against the rest is the sum of each cluster's share of the difference, on both sides", () => {
  const random = createRandom(1, "rest");
  const values = Float64Array.from({ length: ROWS }, () => random.normal());
  const weight = Float64Array.from({ length: ROWS }, () => random.next());
  const rows = Int32Array.from({ length: ROWS }, (_, row) => row).filter((row) => row % 3 === 0);
  const inPart = new Set(rows);
  const found = againstRest(
    sumsByCluster(
      Float64Array.from(rows, (row) => values[row]!),
      rows,
      { weight, groups },
    ),
    wholeSums(values, { weight, groups }),
  );
  const sum = (isIn: boolean, of: (row: number) => number) =>
    values.reduce((all, _, row) => all + (inPart.has(row) === isIn ? weight[row]! * of(row) : 0), 0);
  const [w, restW] = [sum(true, () => 1), sum(false, () => 1)];
  const [mean, rest] = [sum(true, (row) => values[row]!) / w, sum(false, (row) => values[row]!) / restW];
  const shares = new Map<number, number>();
  values.forEach((value, row) => {
    const key = groups[row]! < 0 ? -1 - row : groups[row]!;
    const share = inPart.has(row) ? (weight[row]! * (value - mean)) / w : (-weight[row]! * (value - rest)) / restW;
    shares.set(key, (shares.get(key) ?? 0) + share);
  });
  const squares = [...shares.values()].reduce((all, share) => all + share * share, 0);
  const se = Math.sqrt((squares * shares.size) / (shares.size - 1));
  expect(found.mean).toBeCloseTo(mean - rest, 12);
  expect(found.se).toBeCloseTo(se, 12);
  expect(found.p).toBeCloseTo(tCdf(-(mean - rest) / se, shares.size - 1), 12);
});

test("rows of a group are no independent evidence that a slice is worse than the rest", () => {
  const called = { groups: 0, rows: 0 };
  const trials = 300;
  // The slice is a fifth of the groups.
  const rows = Int32Array.from({ length: ROWS }, (_, row) => row).filter((row) => groups[row]! >= 0 && groups[row]! < 8);
  for (let seed = 0; seed < trials; seed++) {
    const random = createRandom(seed, "no fault");
    const shared = Array.from({ length: GROUPS }, () => random.normal());
    const values = Float64Array.from(groups, (group) => (group < 0 ? 0 : shared[group]!) + 0.3 * random.normal());
    const own = Float64Array.from(rows, (row) => values[row]!);
    for (const [name, of] of [
      ["groups", groups],
      ["rows", null],
    ] as const) {
      const clustering = { weight: null, groups: of };
      called[name] += Number(againstRest(sumsByCluster(own, rows, clustering), wholeSums(values, clustering)).p < 0.05);
    }
  }
  expect(called.groups / trials).toBeLessThan(0.12);
  expect(called.rows / trials).toBeGreaterThan(0.2);
});
