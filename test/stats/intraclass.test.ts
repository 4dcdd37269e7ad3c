import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import {
  effectiveRows,
  groupedSamples,
  intraclassOfLevels,
  intraclassOfNumbers,
  kolmogorovSmirnov,
  kolmogorovSmirnovP,
  moments,
  normalTwoSidedP,
  pOfUnits,
} from "../../src/stats/index.ts";

/** Sizes 1..9 in turn, of two samples. */
function unevenGroups(of: readonly [number, number]): { groups: number[]; firstRows: number } {
  const rows = (count: number, from: number) =>
    Array.from({ length: count }, (_, g) => Array.from({ length: 1 + (g % 9) }, () => from + g)).flat();
  const first = rows(of[0], 0);
  return { groups: [...first, ...rows(of[1], of[0])], firstRows: first.length };
}

test("four groups of three in one sample, by hand", () => {
  // Means 2, 5, 5, 8 of 5: between 3 (9 + 9) / 3 = 18, within 4 x 2 / 8 = 1, so (18 - 1) / (18 + 2).
  const values = [1, 2, 3, 4, 5, 6, 4, 5, 6, 7, 8, 9];
  const grouped = groupedSamples([7, 7, 7, 3, 3, 3, 4, 4, 4, 9, 9, 9], 12);
  expect(intraclassOfNumbers(values, grouped)).toBeCloseTo(17 / 20, 12);
  expect(effectiveRows(17 / 20, grouped)).toEqual([12 / (1 + 2 * (17 / 20)), 0]);
});

test("two levels have the correlation of their indicator", () => {
  const { groups, firstRows } = unevenGroups([20, 12]);
  const random = createRandom(3, "levels");
  const of = new Map(groups.map((group) => [group, random.next()]));
  const codes = groups.map((group) => Number(random.next() < of.get(group)!));
  const grouped = groupedSamples(groups, firstRows);
  expect(intraclassOfLevels(codes, grouped)).toBeCloseTo(intraclassOfNumbers(codes, grouped), 12);
});

describe.each([0, 0.1, 0.5, 0.9])("correlation %s", (truth) => {
  test("is found again on the mean of 60 sets, whatever lies between the samples", () => {
    const { groups, firstRows } = unevenGroups([60, 40]);
    const grouped = groupedSamples(groups, firstRows);
    const random = createRandom(5, `truth ${truth}`);
    let sum = 0;
    for (let set = 0; set < 60; set++) {
      const own = new Map(groups.map((group) => [group, Math.sqrt(truth) * random.normal()]));
      sum += intraclassOfNumbers(
        groups.map((group, row) => own.get(group)! + Math.sqrt(1 - truth) * random.normal() + (row < firstRows ? 0 : 5)),
        grouped,
      );
    }
    // Cut at 0, so a mean a little above it where there is none.
    expect(Math.abs(sum / 60 - truth)).toBeLessThan(0.03);
  });
});

test("nothing known with a group in each sample; single rows are no groups; a group in both samples is two units", () => {
  const one = groupedSamples([1, 1, 2, 2], 2);
  expect(intraclassOfNumbers([1, 2, 3, 4], one)).toBe(1);
  expect(pOfUnits(1e-9, one)).toBe(1);
  const alone = groupedSamples([-1, -1, -1, -1], 2);
  expect(intraclassOfNumbers([1, 2, 3, 4], alone)).toBe(0);
  expect(effectiveRows(0.7, alone)).toEqual([2, 2]);
  expect(groupedSamples([1, 1, 1], 2).sizes).toEqual(Int32Array.of(2, 1));
});

test("no spread within the samples tells nothing of groups", () => {
  const grouped = groupedSamples([1, 1, 2, 2, 3, 3], 4);
  expect(intraclassOfNumbers([0, 0, 0, 0, 1, 1], grouped)).toBe(1);
  expect(intraclassOfLevels([0, 0, 0, 0, 1, 1], grouped)).toBe(1);
  expect(effectiveRows(1, grouped)).toEqual([2, 1]);
});

test("no p is below that of the one way in three to deal three units to samples of two and one", () => {
  const grouped = groupedSamples([1, 1, 2, 2, 3, 3], 4);
  expect(pOfUnits(1e-200, grouped)).toBeCloseTo(1 / 3, 12);
  expect(
    pOfUnits(
      1e-200,
      groupedSamples(
        Array.from({ length: 40 }, (_, unit) => unit),
        20,
      ),
    ),
  ).toBeLessThan(1e-10);
});

test("means of five and of three groups are called different at about the level asked for, which a normal is not", () => {
  const random = createRandom(12, "few groups");
  const groups = Array.from({ length: 160 }, (_, row) => Math.floor(row / 20));
  const grouped = groupedSamples(groups, 100);
  let [student, normal] = [0, 0];
  const sets = 2000;
  for (let set = 0; set < sets; set++) {
    const own = Float64Array.from({ length: 8 }, () => 0.5 * random.normal());
    const values = Float64Array.from(groups, (group) => own[group]! + random.normal());
    const [n, m] = effectiveRows(intraclassOfNumbers(values, grouped), grouped);
    const [a, b] = [moments(values.subarray(0, 100)), moments(values.subarray(100))];
    const spread = (a.variance * 99 + b.variance * 59) / 158;
    const p = normalTwoSidedP((a.mean - b.mean) / Math.sqrt(spread / n + spread / m));
    normal += Number(p < 0.05);
    student += Number(pOfUnits(p, grouped) < 0.05);
  }
  expect(normal / sets).toBeGreaterThan(0.085);
  expect(student / sets).toBeLessThan(0.07);
  expect(student / sets).toBeGreaterThan(0.02);
});

test("distributions of whole groups are called different at about the level asked for; row by row nearly always", () => {
  const random = createRandom(11, "groups");
  const groups = Array.from({ length: 1000 }, (_, row) => Math.floor(row / 25));
  const grouped = groupedSamples(groups, 700);
  let [clustered, single] = [0, 0];
  for (let set = 0; set < 300; set++) {
    const own = Float64Array.from({ length: 40 }, () => random.normal());
    const values = Float64Array.from(groups, (group) => own[group]! + random.normal());
    const { statistic, p, at } = kolmogorovSmirnov(values.subarray(0, 700), values.subarray(700));
    const [n, m] = effectiveRows(
      intraclassOfLevels(
        values.map((value) => Number(value <= at)),
        grouped,
      ),
      grouped,
    );
    clustered += Number(pOfUnits(kolmogorovSmirnovP(statistic, n, m), grouped) < 0.05);
    single += Number(p < 0.05);
  }
  expect(single / 300).toBeGreaterThan(0.5);
  expect(clustered / 300).toBeLessThan(0.075);
  expect(clustered / 300).toBeGreaterThan(0.01);
});
