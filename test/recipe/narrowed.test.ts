import fc from "fast-check";
import { expect, test } from "vitest";
import { fitRecipe, loadRecipe } from "../../src/recipe/index.ts";
import { frames, recipes } from "./arbitraries.ts";
import { allRows, dates, frameOf, numbers, plain, texts } from "./frames.ts";
import { runExported } from "./onnx-run.ts";

const ROWS = 24;

test("each feature alone is what it was among the others, from the raw columns of its own", async () => {
  const targets = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: ROWS, maxLength: ROWS }).map((values) => Float64Array.from(values));
  const check = fc.asyncProperty(recipes, frames(ROWS), frames(12), targets, async (steps, training, serving, values) => {
    const fitted = fitRecipe(steps, training, allRows(training), { values, task: { kind: "binary", classes: ["a", "b"] } }, 1);
    const whole = plain(fitted.transform(serving, null));
    for (const { name } of fitted.features) {
      const one = loadRecipe(fitted.narrowed([name]).toJson());
      const needed = one.inputs.map((input) => input.name);
      const own = { ...serving, columns: serving.columns.filter((column) => needed.includes(column.name)) };
      expect(plain(one.transform(own, null))).toEqual({ [name]: whole[name] });
    }
  });
  await fc.assert(check, { numRuns: 60, seed: 20261 });
});

const frame = frameOf(
  numbers("n", [1, Number.NaN, 3]),
  texts("c", ["x", "y", null]),
  dates("from", ["1970-01-03", "", "1970-01-01"]),
  dates("to", ["1970-01-04", "1970-01-02", "1970-01-01"]),
);
const fitted = fitRecipe(
  [
    { op: "missing-indicator", columns: ["n"] },
    { op: "days-between", columns: ["from", "to"] },
    { op: "missing-indicator", columns: ["from.to.to"] },
  ],
  frame,
  allRows(frame),
  null,
  1,
);
const inputsFor = (...features: string[]) => fitted.narrowed(features).inputs.map(({ name }) => name);

test("what is made of a column needs it, and days between two dates need both", () => {
  const madeOf = (source: string) => fitted.features.filter((feature) => feature.source === source).map(({ name }) => name);
  expect(inputsFor("c")).toEqual(["c"]);
  for (const name of madeOf("n")) expect(inputsFor(name)).toEqual(["n"]);
  const [days = "", ...ofDays] = madeOf("from").filter((name) => name.startsWith("from.to.to"));
  expect(ofDays.length).toBeGreaterThan(0);
  for (const name of [days, ...ofDays]) expect(inputsFor(name)).toEqual(["from", "to"]);
  expect(inputsFor("from.days")).toEqual(["from"]);
  expect(inputsFor("c", "n")).toEqual(["n", "c"]);
});

test("a model that reads nothing keeps one feature, which says how many rows there are", () => {
  expect(fitted.narrowed([]).features).toEqual(fitted.features.slice(0, 1));
  expect(fitted.narrowed([]).transform(frame, null).rows).toBe(3);
});

test("the exported recipe wants the same columns", async () => {
  const one = fitted.narrowed(["from.to.to"]);
  const own = { ...frame, columns: frame.columns.filter(({ name }) => name === "from" || name === "to") };
  expect(await runExported(one, own)).toEqual(plain(one.transform(own, null)));
});
