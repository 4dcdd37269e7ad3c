import { expect, test } from "vitest";
import type { Outcome } from "../../../src/core/experiment.ts";
import type { Job } from "../../../src/lab/index.ts";
import { measureImportance } from "../../../src/problems/tabular/importance.ts";

type Space = Parameters<typeof measureImportance>[0];
type Question = Parameters<typeof measureImportance>[1];
type Input = { readonly fold: { readonly index: number }; readonly columns: readonly string[] };

const outcome = {
  id: "chosen",
  experiment: { dataset: "table", features: [], estimator: { name: "linear", params: {} } },
  folds: [0, 1, 2, 3, 4].map((fold) => ({ fold })),
  notes: {},
} as unknown as Outcome;

/** Drops of each fold: `dropOf` its columns; of those in `unused` none. */
async function importanceOf(columns: readonly string[], dropOf: (column: string, fold: number) => number, unused = "") {
  const lab = {
    folds: () => [0, 1, 2, 3, 4].map((index) => ({ index, train: new Int32Array(80), test: new Int32Array(20) })),
    perform: async ({ input }: Job) => {
      const { fold, columns: asked } = input as unknown as Input;
      const drops = asked
        .filter((column) => column !== unused)
        .map((column) => [column, { drop: dropOf(column, fold.index), within: null }]);
      return { drops: Object.fromEntries(drops), trainRows: 80, testRows: 20 };
    },
  };
  return measureImportance({ lab } as unknown as Space, { features: columns } as unknown as Question, outcome);
}

const named = (count: number) => Array.from({ length: count }, (_, i) => `x${i}`);

test("more columns than are shown: the fold that picked them does not count", async () => {
  // Luck of the first fold alone: every other one gives each column 0.
  const shown = await importanceOf(named(45), (column, fold) => (fold === 0 ? Number(column.slice(1)) / 45 : 0));
  expect(shown.map(({ column }) => column).sort()).toEqual(named(45).slice(15).sort());
  expect(shown.every(({ drop }) => drop.value === 0)).toBe(true);
});

test("all columns are shown: nothing was picked, and every fold counts", async () => {
  const shown = await importanceOf(named(30), (_, fold) => fold / 10);
  expect(shown).toHaveLength(30);
  expect(shown.every(({ drop }) => Math.abs(drop.value - 0.2) < 1e-12)).toBe(true);
});

test("a column that the recipe dropped takes no place of one that is used", async () => {
  const shown = await importanceOf(named(31), (column) => (column === "x0" ? -0.1 : 0.1), "x7");
  expect(shown.map(({ column }) => column)).toContain("x0");
  expect(shown).toHaveLength(30);
});
