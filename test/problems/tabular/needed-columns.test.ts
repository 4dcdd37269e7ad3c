import { describe, expect, test } from "vitest";
import type { Frame } from "../../../src/core/column.ts";
import type { ColumnInfo } from "../../../src/core/dataset.ts";
import { createRandom } from "../../../src/core/random.ts";
import { JOBS } from "../../../src/problems/tabular/jobs.ts";
import { loadScorer, type NativeModel } from "../../../src/problems/tabular/scorer.ts";

const ROWS = 400;
const random = createRandom(5, "needed");
const numbersOf = (of: (row: number) => number) => Float64Array.from({ length: ROWS }, (_, row) => of(row));
const x = numbersOf(() => random.normal());
const FEATURES = ["a", "x", "z"];
const frame: Frame = {
  rows: ROWS,
  columns: [
    { name: "a", type: "number", values: numbersOf(() => random.normal()) },
    { name: "x", type: "number", values: x },
    { name: "z", type: "number", values: numbersOf(() => random.normal()) },
    { name: "y", type: "number", values: x.map((value) => 10 + 3 * value + 0.1 * random.normal()) },
  ],
  rowNumbers: null,
};

const info = (name: string, position: number): ColumnInfo => ({
  name,
  position,
  type: "number",
  why: "",
  missing: 0,
  distinct: ROWS,
  integer: false,
  unparsed: [],
  unparsedCells: 0,
  dateFormat: null,
});

function trained(name: string) {
  const shell: Omit<NativeModel, "recipe" | "model"> = {
    schema: "oldhand/model/1",
    kind: "tabular",
    name,
    label: name,
    target: "y",
    task: { kind: "regression" },
    dataset: "v",
    columns: FEATURES.map(info),
    others: ["y"],
    calibrator: { method: "none", curves: [] } as unknown as NativeModel["calibrator"],
    threshold: null,
    thresholdWhy: null,
  };
  const experiment = {
    kind: "tabular",
    dataset: "v",
    target: "y",
    task: shell.task,
    features: FEATURES,
    weight: null,
    recipe: [],
    split: { policy: "random", folds: 3, repeats: 1 },
    trainRows: null,
    estimator: { name, params: {} },
    metrics: ["rmse"],
    seed: 1,
  } as const;
  const train = Int32Array.from({ length: ROWS }, (_, row) => row);
  const { model } = JOBS.train(frame, { experiment, train, shell, want: "model" } as never) as {
    model: { native: NativeModel; exported: { inputs: readonly { name: string }[] } };
  };
  return { scorer: loadScorer(model.native), exported: model.exported.inputs.map(({ name: input }) => input) };
}

const only = (...names: string[]): Frame => ({ ...frame, columns: frame.columns.filter(({ name }) => names.includes(name)) });

describe("a model demands the columns that its answers hang on", () => {
  test("a rule on one column that one alone: in files, in records, and in its exported graph", () => {
    const { scorer, exported } = trained("one-column-rule");
    expect([scorer.inputs.map(({ name }) => name), scorer.columns.map(({ name }) => name), exported]).toEqual([["x"], ["x"], ["x"]]);
    expect([scorer.unread, scorer.others]).toEqual([
      ["a", "z"],
      ["a", "z", "y"],
    ]);
    expect(scorer.score(only("x"))).toEqual(scorer.score(frame));
    expect(new Set(scorer.score(only("x"))).size).toBeGreaterThan(3);
    expect(scorer.score(scorer.frameOf([{ x: x[0] }]))[0]).toBe(scorer.score(frame)[0]);
    expect(() => scorer.score(only("a", "z"))).toThrow(expect.objectContaining({ code: "schema-mismatch" }));
    expect(() => scorer.frameOf([{ a: 1, z: 2 }])).toThrow(expect.objectContaining({ code: "schema-mismatch" }));
  });

  test("one answer for all rows one column, which says how many rows there are", () => {
    const { scorer, exported } = trained("constant");
    expect([scorer.inputs.map(({ name }) => name), exported]).toEqual([["a"], ["a"]]);
    expect(scorer.score(only("a"))).toEqual(scorer.score(frame));
  });

  test("a line all that it was offered", () => {
    const { scorer, exported } = trained("linear");
    expect([scorer.inputs.map(({ name }) => name), exported, scorer.unread]).toEqual([FEATURES, FEATURES, []]);
  });
});
