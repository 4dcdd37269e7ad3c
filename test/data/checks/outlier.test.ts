import { expect, test } from "vitest";
import { outlier } from "../../../src/data/checks/outlier.ts";
import { contextWith, normals } from "./linear-table.ts";

test("three rows far from all others, measured by a linear model with and without its extremes", async () => {
  const strain = normals(1).map((value, row) => (row % 150 === 7 ? 40 + row / 50 : value));
  const [found, note, ...more] = await outlier.inspect(contextWith({ strain }));
  expect(more).toEqual([]);
  expect(note).toMatchObject({
    columns: ["strain"],
    severity: "cosmetic",
    counterfactual: null,
    rows: { count: 3, sample: [7, 157, 307] },
  });
  expect(found).toMatchObject({ columns: ["strain"], rows: { count: 3, sample: [7, 157, 307] }, question: null });
  expect(found!.evidence.largestShare).toBeGreaterThan(0.9);
  expect(found!.counterfactual).toMatchObject({
    change: "linear",
    features: ["other", "plain", "strain"],
    honest: { steps: [{ op: "clip", columns: ["strain"] }] },
    flatters: false,
  });
});

test.each<[string, number[]]>([
  ["normal values", normals(2)],
  ["a long tail without a gap, which is skewed", normals(3).map((value) => Math.exp(1.6 * value))],
  ["-999 for no value, which is a sentinel", normals(4).map((value, row) => (row % 9 === 0 ? -999 : Math.round(40 + 5 * value)))],
])("silent: %s", async (_, strain) => {
  expect(await outlier.inspect(contextWith({ strain }))).toEqual([]);
});

test("one row far away is noted with its ratio, one at the end of a long tail is not", async () => {
  const mass = normals(6).map((value, row) => (row === 11 ? 1358 : Math.round(79 + 15 * value)));
  const found = await outlier.inspect(contextWith({ mass }));
  expect(found.at(-1)).toMatchObject({ columns: ["mass"], severity: "cosmetic", rows: { count: 1, sample: [11] }, question: null });
  expect(found.at(-1)!.why).toMatch(/1,358; median 79, 2\d\.\d times as far as any other row/);
  const income = normals(7).map((value) => Math.exp(10 + 1.2 * value));
  const withMost = (times: number) => contextWith({ income: [...income.slice(1), times * Math.max(...income)] });
  expect(await outlier.inspect(withMost(2))).toEqual([]);
  expect(await outlier.inspect(withMost(6))).toMatchObject([{ columns: ["income"], severity: "cosmetic", rows: { count: 1 } }]);
});
