import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { associationsOf, zThreshold } from "../../../src/data/signal/associations.ts";
import { auc, concordanceOfSpearman } from "../../../src/stats/index.ts";
import { contextOf, honestTable, numbers, tableOf } from "../table.ts";

const random = createRandom(3, "associations");
const rows = 2000;
const label = numbers(rows, () => random.integer(2));

describe("associations with a class", () => {
  const shift = label.map((y) => y + random.normal());
  const inside = label.map((y) => (y === 1 ? random.normal() * 0.5 : random.normal() * 3));
  const table = tableOf([
    ["shift", shift],
    ["negative", shift.map((value) => -value)],
    ["inside", inside],
    ["noise", numbers(rows, () => random.normal())],
    ["key", numbers(rows, (i) => i).map((i) => `k${(i * 7) % 1200}`)],
    ["level", label.map((y) => (random.next() < 0.8 ? `l${y}` : `l${1 - y}`))],
    ["gone", label.map((y) => (y === 1 && random.next() < 0.9 ? null : random.normal()))],
    ["y", label],
  ]);
  const found = associationsOf(contextOf(table, "y"));
  const of = (name: string) => found.get(name)!;

  test("of numbers is the AUC, either way round", () => {
    const truth = Float64Array.from(label);
    expect(of("shift").score).toBeCloseTo(auc(truth, Float64Array.from(shift)), 2);
    expect(of("negative").score).toBeCloseTo(of("shift").score, 2);
    expect([of("shift").direction, of("negative").direction]).toEqual([1, -1]);
  });

  test("finds what is not monotone, out of fold", () => {
    expect(of("inside").score).toBeGreaterThan(0.8);
    expect(of("inside").way).toBe("encoded");
  });

  test("keys and noise tell nothing", () => {
    for (const name of ["key", "noise"]) {
      expect(of(name).score).toBeLessThan(0.55);
      expect(of(name).z).toBeLessThan(zThreshold(7));
    }
  });

  test("levels and missing values tell what they tell", () => {
    expect(of("level").score).toBeCloseTo(0.8, 1);
    expect(of("gone").missingScore).toBeGreaterThan(0.93);
    expect(of("gone").coverage).toBeCloseTo(0.55, 1);
  });
});

test("associations with a number follow its rank correlation", () => {
  const y = numbers(rows, () => random.normal());
  const x = y.map((value) => 0.8 * value + 0.6 * random.normal());
  const table = tableOf([
    ["x", x],
    ["cubed", x.map((value) => Math.exp(3 * value))],
    ["bent", y.map((value) => (value - 0.2) ** 2)],
    ["y", y],
  ]);
  const found = associationsOf(contextOf(table, "y"));
  // Pairs in order of a bivariate normal with r = 0.8: 1/2 + asin(0.8) / pi.
  expect(found.get("x")!.score).toBeCloseTo(0.5 + Math.asin(0.8) / Math.PI, 1);
  expect(found.get("cubed")!.score).toBeCloseTo(found.get("x")!.score, 2);
  expect(concordanceOfSpearman(1)).toBeCloseTo(1, 6);
});

test("associations with several classes weigh them by size", () => {
  const y = numbers(rows, () => random.integer(4));
  const table = tableOf([
    ["same", y.map((value) => `v${value}`)],
    ["one", y.map((value) => Number(value === 2))],
    ["noise", numbers(rows, () => random.normal())],
    ["y", y.map((value) => `c${value}`)],
  ]);
  const found = associationsOf(contextOf(table, "y"));
  expect(found.get("same")!.score).toBeGreaterThan(0.99);
  expect(found.get("one")!.score).toBeGreaterThan(0.65);
  expect(found.get("one")!.score).toBeLessThan(0.9);
  expect(found.get("noise")!.z).toBeLessThan(zThreshold(3));
});

test("the limit rises with the number of columns, and noise stays below it", () => {
  expect(zThreshold(1)).toBeCloseTo(2.576, 3);
  expect(zThreshold(1000)).toBeGreaterThan(4.4);
  const table = honestTable(300, 5, (own) => numbers(300, (i) => i).map((i) => [`n${i}`, numbers(300, () => own.normal())]));
  const context = contextOf(table, "bought");
  const above = [...associationsOf(context).values()].filter(({ column, z }) => column.startsWith("n") && z > zThreshold(305));
  expect(above.map(({ column }) => column)).toEqual([]);
});

test("10,000 columns of 100 rows take seconds", () => {
  const values = Float64Array.from({ length: 50_000 }, () => random.normal());
  const wide = tableOf([
    ...numbers(10_000, (i) => i).map((i): [string, number[]] => [`c${i}`, [...values.subarray(i, i + 100)]]),
    ["y", label.slice(0, 100)],
  ]);
  expect(associationsOf(contextOf(wide, "y")).size).toBe(10_000);
});
