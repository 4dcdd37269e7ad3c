import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { outlier } from "../../../src/data/checks/outlier.ts";
import { numbers } from "../table.ts";
import { contextWith, normals, ROWS } from "./linear-table.ts";

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
  const income = normals(7).map((value) => Math.exp(10 + 0.8 * value));
  const withMost = (times: number) => contextWith({ income: [...income.slice(1), times * Math.max(...income)] });
  const noted = async (context: ReturnType<typeof contextWith>) =>
    (await outlier.inspect(context)).filter(({ evidence }) => evidence.kind === "far-apart");
  expect(await noted(withMost(2))).toEqual([]);
  expect(await noted(withMost(6))).toEqual([]);
  expect(await noted(withMost(30))).toMatchObject([{ columns: ["income"], severity: "cosmetic", rows: { count: 1 } }]);
  // Among many columns one such row is chance.
  const others = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`other_${i}`, normals(20 + i)]));
  expect(await noted(contextWith({ income: [...income.slice(1), 30 * Math.max(...income)], ...others }))).toEqual([]);
});

test("the end of a Pareto tail is noted in few of the tables in which it lies alone", async () => {
  const told = await Promise.all(
    Array.from({ length: 40 }, async (_, seed) => {
      const claims = numbers(ROWS, createRandom(seed, "claims").next).map((one) => Math.round(1000 / (1 - one)));
      return await outlier.inspect(contextWith({ claims }));
    }),
  );
  const inLogs = told
    .flat()
    .flatMap(({ evidence }) => Object.values((evidence.columns ?? {}) as Record<string, { ofSquaresInLogs: number }>));
  expect(inLogs.filter(({ ofSquaresInLogs }) => ofSquaresInLogs < 0.25)).toEqual([]);
});
