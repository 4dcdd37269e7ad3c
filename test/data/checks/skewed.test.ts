import { expect, test } from "vitest";
import { skewed } from "../../../src/data/checks/skewed.ts";
import { contextOf, tableOf } from "../table.ts";
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
  const [found, told, ...more] = await skewed.inspect(contextWith({}, factors));
  expect(more).toEqual([]);
  expect(told).toMatchObject({ columns: ["y"], severity: "cosmetic", counterfactual: null });
  expect(found).toMatchObject({ columns: ["y"], counterfactual: { change: "linear", claimed: {}, honest: { logTarget: true } } });
});

test("of a target with values below zero the share of the squares that its largest rows carry is told", async () => {
  const late = factors.map((value, row) => (row === 3 ? -1 : value));
  const [found, ...more] = await skewed.inspect(contextWith({}, late));
  expect(more).toEqual([]);
  expect(found).toMatchObject({ columns: ["y"], severity: "cosmetic", counterfactual: null });
  const { ofSquares, low, high } = found!.evidence as Record<string, number>;
  expect(low).toBeGreaterThan(0.16);
  expect([low! < ofSquares!, high! > ofSquares!]).toEqual([true, true]);
  expect(found!.fix).toMatchObject({ text: expect.not.stringContaining("logarithm") });
  // A tail of small values is none of large ones.
  expect(
    await skewed.inspect(
      contextWith(
        {},
        late.map((value) => -value),
      ),
    ),
  ).toEqual([]);
});

test("of a short table the row that carries most of the squares is told", async () => {
  const counts = normals(5)
    .slice(0, 200)
    .map((value) => Math.round(10 + 3 * value));
  const table = (largest: number) =>
    skewed.inspect(
      contextOf(
        tableOf([
          ["x", normals(6).slice(0, 200)],
          ["y", counts.with(7, largest)],
        ]),
        "y",
        { task: { task: "regression" } },
      ),
    );
  expect(await table(149)).toMatchObject([
    { columns: ["y"], severity: "cosmetic", evidence: { kind: "one-row", value: 149 }, rows: { count: 1, sample: [7] } },
  ]);
  expect((await table(25)).filter(({ evidence }) => evidence.kind === "one-row")).toEqual([]);
});

test("silent on normal values, and on a mild tail", async () => {
  const mild = normals(2).map((value) => Math.exp(0.6 * value));
  expect(await skewed.inspect(contextWith({ normal: normals(3), mild }))).toEqual([]);
  expect(await skewed.inspect(contextWith({}, normals(4)))).toEqual([]);
  expect(
    await skewed.inspect(
      contextWith(
        {},
        mild.map((value) => value ** 0.5),
      ),
    ),
  ).toEqual([]);
});
