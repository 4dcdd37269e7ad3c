import { expect, test } from "vitest";
import { outlier } from "../../../src/data/checks/outlier.ts";
import { contextWith, normals } from "./linear-table.ts";

test("three rows far from all others, measured by a linear model with and without its extremes", async () => {
  const strain = normals(1).map((value, row) => (row % 150 === 7 ? 40 + row / 50 : value));
  const [found, ...more] = await outlier.inspect(contextWith({ strain }));
  expect(more).toEqual([]);
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
