import { describe, expect, test } from "vitest";
import type { Scorer } from "../../src/core/scorer.ts";
import { answersOf, predictionColumns } from "../../src/production/index.ts";
import { BINARY, customers, MULTICLASS, REGRESSION, world } from "./world.ts";

const frame = customers(3, 1);
const scorerOf = (task: Scorer["task"], outputs: readonly number[], threshold: number | null = null): Scorer => ({
  ...world(BINARY, 60).scorer,
  task,
  threshold,
  score: () => Float64Array.from(outputs),
});

describe("prediction columns", () => {
  test("binary: class by the threshold, and the probability of the positive class", () => {
    const outputs = [0.2, 0.3, 0.9];
    const at = (threshold: number | null) => predictionColumns(scorerOf(BINARY, outputs, threshold), frame);
    expect(at(0.3)).toEqual([
      { name: "prediction", type: "category", codes: Int32Array.of(0, 1, 1), levels: ["no", "yes"] },
      { name: "probability_yes", type: "number", values: Float64Array.from(outputs) },
    ]);
    expect(at(null)[0]).toMatchObject({ codes: Int32Array.of(0, 0, 1) });
  });

  test("multiclass: the most probable class (first of equals) and one column for each", () => {
    const columns = predictionColumns(scorerOf(MULTICLASS, [0.2, 0.5, 0.3, 0.4, 0.4, 0.2, 0, 0, 1]), frame);
    expect(columns.map(({ name }) => name)).toEqual(["prediction", "probability_red", "probability_green", "probability_blue"]);
    expect(columns[0]).toMatchObject({ codes: Int32Array.of(1, 0, 2) });
    expect(columns[2]).toMatchObject({ values: Float64Array.of(0.5, 0.4, 0) });
  });

  test("regression: the value; an empty frame gives empty columns", () => {
    expect(predictionColumns(scorerOf(REGRESSION, [1, -2, 3]), frame)).toEqual([
      { name: "prediction", type: "number", values: Float64Array.of(1, -2, 3) },
    ]);
    const columns = predictionColumns(scorerOf(MULTICLASS, []), { ...frame, rows: 0 });
    expect(columns.map((column) => ("values" in column ? column.values : column.codes).length)).toEqual([0, 0, 0, 0]);
  });
});

test("answers in words say the same as columns, also for a class called __proto__", () => {
  const task = { kind: "multiclass", classes: ["a", "__proto__", "b"] } as const;
  const [answer] = answersOf({ task, threshold: null }, Float64Array.of(0.1, 0.7, 0.2));
  expect(JSON.stringify(answer)).toBe('{"prediction":"__proto__","probabilities":{"a":0.1,"__proto__":0.7,"b":0.2}}');
  expect(answersOf({ task: BINARY, threshold: 0.6 }, Float64Array.of(0.5, 0.6))).toEqual([
    { prediction: "no", probabilities: { no: 0.5, yes: 0.5 } },
    { prediction: "yes", probabilities: { no: 0.4, yes: 0.6 } },
  ]);
});
