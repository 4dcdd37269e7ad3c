import { expect, test } from "vitest";
import { skewed } from "../../../src/data/checks/skewed.ts";
import { contextWith, normals } from "./linear-table.ts";

const factors = normals(1).map((value) => Math.exp(2 * value));

test("a column that grows by factors: its logarithm is tried", async () => {
  const [found, ...more] = await skewed.inspect(contextWith({ turnover: factors }));
  expect(more).toEqual([]);
  expect(found).toMatchObject({ columns: ["turnover"], question: null });
  expect(found!.counterfactual).toMatchObject({ change: "linear", honest: { steps: [{ op: "log", columns: ["turnover"] }] } });
  const { ofSquares, ofSquaresInLogs } = found!.evidence as Record<string, Record<string, number>>;
  expect(ofSquares!.turnover).toBeGreaterThan(0.5);
  expect(ofSquaresInLogs!.turnover).toBeLessThan(0.16);
});

test("a target that grows by factors: its logarithm is learned", async () => {
  const [found, ...more] = await skewed.inspect(contextWith({}, factors));
  expect(more).toEqual([]);
  expect(found).toMatchObject({ columns: ["y"], counterfactual: { change: "linear", claimed: {}, honest: { logTarget: true } } });
});

test("silent on normal values, on a mild tail and on a target below zero", async () => {
  const mild = normals(2).map((value) => Math.exp(0.6 * value));
  expect(await skewed.inspect(contextWith({ normal: normals(3), mild }))).toEqual([]);
  expect(await skewed.inspect(contextWith({}, normals(4)))).toEqual([]);
  expect(
    await skewed.inspect(
      contextWith(
        {},
        factors.map((value, row) => (row === 3 ? -1 : value)),
      ),
    ),
  ).toEqual([]);
});
