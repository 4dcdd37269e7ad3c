import { expect, test } from "vitest";
import { scale } from "../../../src/data/checks/scale.ts";
import { contextWith, normals } from "./linear-table.ts";

test("a column of tiny numbers: what a penalty of 1 takes of its coefficient, by hand", async () => {
  const tiny = normals(1).map((value) => 0.02 * value);
  const [found, ...more] = await scale.inspect(contextWith({ tiny }));
  expect(more).toEqual([]);
  expect(found).toMatchObject({ columns: ["tiny"], question: null, counterfactual: { claimed: { scaled: false }, honest: {} } });
  // 320 training rows, a variance of about 0.0004 and p (1 - p) = 0.25 leave about 0.032 beside the penalty of 1.
  const mean = tiny.reduce((sum, value) => sum + value, 0) / tiny.length;
  const variance = tiny.reduce((sum, value) => sum + (value - mean) ** 2, 0) / tiny.length;
  expect((found!.evidence.taken as Record<string, number>).tiny).toBeCloseTo(1 / (1 + 320 * variance * 0.25), 3);
});

test("silent where columns differ a thousandfold and none is tiny: an exact solver does not care", async () => {
  expect(await scale.inspect(contextWith({ large: normals(2).map((value) => 5000 * value) }))).toEqual([]);
});
