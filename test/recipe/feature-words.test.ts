import { expect, test } from "vitest";
import type { Frame } from "../../src/core/column.ts";
import type { Recipe } from "../../src/core/recipe.ts";
import type { Task } from "../../src/core/task.ts";
import { fitRecipe } from "../../src/recipe/index.ts";

const rows = 60;
const at = (make: (row: number) => number) => Float64Array.from({ length: rows }, (_, row) => make(row));
const frame: Frame = {
  rows,
  rowNumbers: null,
  columns: [
    { name: "instance", type: "category", levels: ["a", "b", "c"], codes: Int32Array.from({ length: rows }, (_, row) => row % 3) },
    { name: "started", type: "date", values: at((row) => row * 3_600_000) },
    { name: "ended", type: "date", values: at((row) => row * 7_200_000) },
    { name: "size", type: "number", values: at((row) => row) },
  ],
};
const recipe: Recipe = [
  { op: "days-between", columns: ["started", "size", "ended"] },
  { op: "drop", columns: ["ended"] },
  { op: "date-parts", column: "started", parts: ["hour", "days"] },
  { op: "encode", columns: ["instance"], method: "target-mean", minCount: 1, maxLevels: 10 },
];

function wordsFor(task: Task) {
  const values = at((row) => row % (task.kind === "regression" ? 7 : task.classes.length));
  const fitted = fitRecipe(
    recipe,
    frame,
    Int32Array.from({ length: rows }, (_, row) => row),
    { values, task },
    1,
  );
  return fitted.features.map(({ name }) => fitted.inWords(name, { name: "price", task }));
}

test("what a recipe makes is said in the words of the data", () => {
  expect(wordsFor({ kind: "regression" }).sort()).toEqual([
    "days from started to ended",
    "days since 1970 of started",
    "hour of started",
    "mean of price by instance",
    "size",
  ]);
  expect(wordsFor({ kind: "binary", classes: ["no", "yes"] })).toContain("share of yes by instance");
  expect(wordsFor({ kind: "multiclass", classes: ["x", "y", "z"] })).toEqual(
    expect.arrayContaining(["share of x by instance", "share of y by instance", "share of z by instance"]),
  );
});
