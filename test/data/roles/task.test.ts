import { describe, expect, test } from "vitest";
import { inferTask } from "../../../src/data/roles/task.ts";
import { type Cells, tableOf } from "../table.ts";

const infer = (name: string, cells: Cells, given = {}) => {
  const { dataset, frame } = tableOf([
    [name, cells],
    ["x", cells.map((_, i) => i)],
  ]);
  return inferTask(dataset, frame, name, given);
};

/** Values with the given counts: spread([3, 1]) = 0 0 0 1. */
const spread = (counts: readonly number[], first = 0): number[] => counts.flatMap((count, i) => Array<number>(count).fill(first + i));

describe("inferTask", () => {
  test.each([
    [
      ["no", "yes", "no"],
      ["no", "yes"],
    ],
    [
      ["Yes", "Yes", "No"],
      ["No", "Yes"],
    ],
    [
      ["ja", "nein", "ja"],
      ["nein", "ja"],
    ],
    [
      ["Sí", "No", "Sí"],
      ["No", "Sí"],
    ],
    [
      ["benign", "malignant", "malignant"],
      ["benign", "malignant"],
    ],
    [
      ["t", "f", "t"],
      ["f", "t"],
    ],
    [
      ["t", "u", "t"],
      ["t", "u"],
    ],
    [
      ["good", "good", "bad"],
      ["good", "bad"],
    ],
    [
      ["<=50K", ">50K", "<=50K"],
      ["<=50K", ">50K"],
    ],
    [
      [1, 0, 1],
      ["0", "1"],
    ],
    [
      [1, -1, 1],
      ["-1", "1"],
    ],
    [
      [1, 1, 2],
      ["1", "2"],
    ],
    [
      [2, 2, 1],
      ["2", "1"],
    ],
  ])("%j is binary with classes %j", (cells, classes) => {
    const { task, target } = infer("y", cells);
    expect(task).toEqual({ kind: "binary", classes });
    expect([...target]).toEqual(cells.map((cell) => classes.indexOf(String(cell))));
  });

  test.each([
    ["quality", spread([20, 160, 1457, 2198, 880, 175, 5], 3), "regression"],
    ["G3", spread([38, 0, 1, 15, 7, 15, 9, 32, 28, 56, 47, 31, 31, 27, 33, 16, 6, 12, 5, 18, 1]), "regression"],
    ["rating", spread([9, 2, 5, 1, 7], 1), "regression"],
    ["visits", spread([40, 30, 20, 10, 5]), "regression"],
    ["species", spread([50, 50, 50]), "multiclass"],
    ["digit", spread([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]), "multiclass"],
    ["class", spread([2, 5, 2]), "multiclass"],
    ["status", [0, 0, 0, 7, 7, 8, 8, 9, 9, 9], "multiclass"],
    ["choice", spread([2, 40, 80, 30]), "multiclass"],
    ["cylinders", [4, 4, 4, 6, 6, 8, 8, 3, 3, 5, 5], "regression"],
    ["price", [1.5, 2.5, 3.5, 1.5], "regression"],
    ["town", ["a", "b", "c", "a"], "multiclass"],
  ])("%s", (name, cells, kind) => {
    expect(infer(name, cells).task.kind).toBe(kind);
  });

  test("missing labels are NaN, given answers win", () => {
    const { task, target, why } = infer("y", ["yes", null, "no", "no"], { positive: "NO" });
    expect(task).toEqual({ kind: "binary", classes: ["yes", "no"] });
    expect([...target]).toEqual([0, Number.NaN, 1, 1]);
    expect(why).toContain("given");
    expect(infer("y", [1, 0, 1], { task: "regression" }).task.kind).toBe("regression");
  });

  test.each([
    ["target-empty", [null, null], {}],
    ["target-constant", ["a", "a", null], {}],
    ["target-scale", [1e200, 2e200, -3e200], {}],
    ["target-scale", [1e-300, 2e-300, 3e-300], {}],
    ["class-too-small", ["a", "b", "c"], {}],
    ["bad-option", ["a", "b", "a"], { positive: "c" }],
    ["bad-option", ["a", "b", "a"], { task: "regression" as const }],
    ["bad-option", ["a", "b", "c", "a"], { task: "binary" as const }],
    ["bad-option", ["a", "b", "c", "a"], { positive: "a" }],
  ])("%s %j", (code, cells, given) => {
    expect(() => infer("y", cells, given)).toThrow(expect.objectContaining({ code }));
  });

  test("a day that is the same in every row is shown as a day", () => {
    const day = new Date(Date.UTC(2024, 2, 31));
    expect(() => infer("y", [day, day, null])).toThrow('The target "y" has one value only: "2024-03-31".');
  });

  test("a text or a key is no set of classes, though a few rows repeat; rare classes beside frequent ones are", () => {
    const most = (name: (i: number) => string) => Array.from({ length: 100 }, (_, i) => name(Math.max(10, i)));
    expect(() =>
      infer(
        "y",
        most((i) => `TCK-${i}`),
      ),
    ).toThrow(/Most rows are alone in their class of "y": it is a key/);
    expect(() =>
      infer(
        "y",
        most((i) => `slow app, number ${i}`),
      ),
    ).toThrow(/class-too-small.*free text|free text/);
    const few = Array.from({ length: 200 }, (_, i) => `k${i < 60 ? i : i % 5}`);
    expect(infer("y", few).task.kind).toBe("multiclass");
    const times = most((i) => `02:${String(10 + (i % 50)).padStart(2, "0")}:${String(i % 60).padStart(2, "0")}`);
    expect(infer("y", times).task.kind).toBe("multiclass");
  });

  test("few weeks, months or quarters written as text stay classes, unless an amount is asked for; many and other dates are amounts", () => {
    const ask = (quarters: number, dateFormat: string, given = {}) => {
      const { dataset, frame } = tableOf([
        ["sold", Array.from({ length: 120 }, (_, i) => new Date(Date.UTC(2018, 3 * (i % quarters), 1)))],
        ["x", Array.from({ length: 120 }, (_, i) => i)],
      ]);
      const columns = dataset.columns.map((info) => (info.name === "sold" ? { ...info, dateFormat } : info));
      return inferTask({ ...dataset, columns }, frame, "sold", given);
    };
    const found = ask(6, "Q%q %Y");
    expect(found.task).toMatchObject({ kind: "multiclass", classes: ["Q1 2018", "Q1 2019", "Q2 2018", "Q2 2019", "Q3 2018", "Q4 2018"] });
    expect(found.why).toMatch(/6 different names; few different periods written as text, kept as classes/);
    expect([...found.target.slice(0, 6)]).toEqual([0, 2, 4, 5, 1, 3]);
    expect([ask(20, "Q%q %Y").task.kind, ask(21, "Q%q %Y").task.kind]).toEqual(["multiclass", "regression"]);
    expect([ask(6, "%d.%m.%Y").task.kind, ask(6, "Q%q %Y", { task: "regression" }).task.kind]).toEqual(["regression", "regression"]);
  });

  test("a misspelt target names the nearest", () => {
    const { dataset, frame } = tableOf([
      ["churn", [0, 1]],
      ["x", [0, 1]],
    ]);
    expect(() => inferTask(dataset, frame, "chrun", {})).toThrow(/Did you mean "churn"/);
  });
});
