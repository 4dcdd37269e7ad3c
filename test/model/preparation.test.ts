import { describe, expect, test } from "vitest";
import type { Column, Frame } from "../../src/core/column.ts";
import { createRandom } from "../../src/core/random.ts";
import { estimatorNamed, FAMILIES } from "../../src/model/index.ts";
import { fitRecipe } from "../../src/recipe/index.ts";
import { TASKS } from "../contracts/training.ts";

/** Gaps in every kind of column, a date, a category with hundreds of levels, text and a constant. */
function rawFrame(rows: number, seed: number, unseen: boolean): Frame {
  const random = createRandom(seed, "raw");
  const gap = () => random.next() < 0.1;
  const levels = (count: number) => Array.from({ length: count }, (_, i) => `${unseen ? "new" : "level"} ${i}`);
  const category = (name: string, type: "category" | "text", count: number): Column => ({
    name,
    type,
    codes: Int32Array.from({ length: rows }, () => (gap() ? -1 : random.integer(count))),
    levels: levels(count),
  });
  return {
    rows,
    rowNumbers: null,
    columns: [
      { name: "number", type: "number", values: Float64Array.from({ length: rows }, () => (gap() ? Number.NaN : 1e6 * random.normal())) },
      { name: "same", type: "number", values: new Float64Array(rows).fill(4) },
      { name: "empty", type: "number", values: new Float64Array(rows).fill(Number.NaN) },
      {
        name: "when",
        type: "date",
        values: Float64Array.from({ length: rows }, () => (gap() ? Number.NaN : 1.6e12 + 1e11 * random.next())),
      },
      category("few", "category", 4),
      category("many", "category", 300),
      category("words", "text", 40),
    ],
  };
}

const INPUTS = [
  { name: "number", type: "number", distinct: 180, missing: 20 },
  { name: "same", type: "number", distinct: 1, missing: 0 },
  { name: "empty", type: "number", distinct: 0, missing: 200 },
  { name: "when", type: "date", distinct: 180, missing: 20 },
  { name: "few", type: "category", distinct: 4, missing: 20 },
  { name: "many", type: "category", distinct: 300, missing: 20 },
  { name: "words", type: "text", distinct: 40, missing: 20 },
] as const;

const cases = FAMILIES.flatMap((family) => TASKS.filter(({ kind }) => family.tasks.includes(kind)).map((task) => ({ family, task })));

describe.each(cases)("$family.name, $task.kind", ({ family, task }) => {
  test("what it asks of the recipe makes raw columns into features that it can learn from, and new rows too", () => {
    const estimator = estimatorNamed(family.name, { boosting: { rounds: 5 }, forest: { trees: 5 } }[family.name] ?? {});
    const frame = rawFrame(200, 1, false);
    const random = createRandom(2);
    const classes = task.kind === "regression" ? 0 : task.classes.length;
    const target = Float64Array.from({ length: 200 }, () => (classes === 0 ? random.normal() : random.integer(classes)));
    const rows = Int32Array.from({ length: 200 }, (_, row) => row);
    const recipe = fitRecipe(estimator.prepare(INPUTS, task), frame, rows, { values: target, task }, 1);
    const model = estimator.fit({ task, matrix: recipe.transformTraining(), target, weight: null, validation: null }, 1);
    for (const other of [frame, rawFrame(50, 3, true)])
      expect(model.predict(recipe.transform(other, null)).every(Number.isFinite)).toBe(true);
  });
});

test("of two dates the days between them are a feature, of one none", () => {
  const date = (name: string) => ({ name, type: "date", distinct: 90, missing: 0 }) as const;
  for (const name of ["boosting", "linear"]) {
    const ops = (count: number) => estimatorNamed(name, {}).prepare(["a", "b"].slice(0, count).map(date), { kind: "regression" });
    expect(ops(2)).toContainEqual({ op: "days-between", columns: ["a", "b"] });
    expect(JSON.stringify(ops(1))).not.toContain("days-between");
  }
  const scaled = estimatorNamed("linear", {})
    .prepare(["a", "b"].map(date), { kind: "regression" })
    .find(({ op }) => op === "scale");
  expect(scaled).toMatchObject({ columns: expect.arrayContaining(["a.to.b"]) });
});
