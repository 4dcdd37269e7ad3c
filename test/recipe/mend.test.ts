import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Column, Frame } from "../../src/core/column.ts";
import { mendFrame, mendWithChanges, rowsKept } from "../../src/recipe/index.ts";
import { frames } from "./arbitraries.ts";
import { dates, frameOf, numbers, texts } from "./frames.ts";

const NAN = Number.NaN;

/** The row as text, a slow and plain way to compare rows. */
function rowText({ columns }: Frame, row: number, ignoring: readonly string[] = []): string {
  const cell = (column: Column) =>
    "values" in column ? (column.values[row]! + 0).toString() : JSON.stringify(column.levels[column.codes[row]!] || null);
  return columns
    .filter(({ name }) => !ignoring.includes(name))
    .map(cell)
    .join("|");
}

describe("drop-duplicate-rows", () => {
  it("keeps the first of equal rows; missing equals missing, -0 equals 0", () => {
    const frame = frameOf(
      numbers("n", [1, NAN, 1, NAN, 0, -0]),
      texts("c", ["a", null, "a", null, "b", "b"]),
      dates("d", ["", "", "", "", "", ""]),
    );
    expect(Array.from(rowsKept([{ op: "drop-duplicate-rows", ignoring: [] }], frame))).toEqual([0, 1, 4]);
  });

  it("leaves out what it is told to ignore", () => {
    const frame = frameOf(numbers("id", [1, 2, 3]), texts("c", ["a", "a", "b"]));
    expect(Array.from(rowsKept([{ op: "drop-duplicate-rows", ignoring: [] }], frame))).toEqual([0, 1, 2]);
    expect(Array.from(rowsKept([{ op: "drop-duplicate-rows", ignoring: ["id", "nowhere"] }], frame))).toEqual([0, 2]);
  });

  it("agrees with comparing rows as text", () => {
    const small = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 40 });
    const check = fc.property(frames(16), small, fc.subarray(["n1", "c1", "d1"]), (frame, order, ignoring) => {
      const repeated = {
        ...frame,
        rows: order.length,
        columns: frame.columns.map(
          (column): Column =>
            "values" in column
              ? { ...column, values: Float64Array.from(order, (row) => column.values[row]!) }
              : { ...column, codes: Int32Array.from(order, (row) => column.codes[row]!) },
        ),
      };
      const texts = order.map((_, row) => rowText(repeated, row, ignoring));
      const first = texts.flatMap((text, row) => (texts.indexOf(text) === row ? [row] : []));
      expect(Array.from(rowsKept([{ op: "drop-duplicate-rows", ignoring }], repeated))).toEqual(first);
    });
    fc.assert(check, { numRuns: 60, seed: 20262 });
  });

  it("stands a hundred thousand rows of few values, and no rows", () => {
    const frame = frameOf(
      ...Array.from({ length: 4 }, (_, i) =>
        numbers(
          `n${i}`,
          Array.from({ length: 100_000 }, (_, row) => row % (i + 7)),
        ),
      ),
    );
    expect(rowsKept([{ op: "drop-duplicate-rows", ignoring: [] }], frame).length).toBe((7 * 8 * 9 * 10) / 2);
    expect(rowsKept([{ op: "drop-duplicate-rows", ignoring: [] }], frameOf(numbers("n", []))).length).toBe(0);
  });
});

describe("drop-unlabelled-rows", () => {
  it("keeps rows with a target, of whatever type", () => {
    const frame = frameOf(numbers("n", [1, NAN, 3]), texts("c", ["", "a", null]));
    expect(Array.from(rowsKept([{ op: "drop-unlabelled-rows", target: "n" }], frame))).toEqual([0, 2]);
    expect(Array.from(rowsKept([{ op: "drop-unlabelled-rows", target: "c" }], frame))).toEqual([1]);
    expect(Array.from(rowsKept([{ op: "drop-unlabelled-rows", target: "nowhere" }], frame))).toEqual([0, 1, 2]);
  });
});

describe("steps in order", () => {
  it("a mended spelling counts when duplicates are sought, and a nulled target is unlabelled", () => {
    const frame = frameOf(texts("c", ["Yes", "yes", "no", "?"]), numbers("id", [1, 2, 3, 4]));
    const steps = [
      { op: "map", column: "c", mapping: { Yes: "yes" } },
      { op: "null-out", column: "c", values: ["?"] },
      { op: "drop", columns: ["id"] },
      { op: "drop-duplicate-rows", ignoring: [] },
      { op: "drop-unlabelled-rows", target: "c" },
    ] as const;
    expect(Array.from(rowsKept(steps, frame))).toEqual([0, 2]);
    const mended = mendFrame(steps, frame);
    expect(mended.columns.map((column) => ("codes" in column ? Array.from(column.codes, (code) => column.levels[code]) : []))).toEqual([
      ["yes", "no"],
    ]);
    expect(Array.from(mended.rowNumbers!)).toEqual([0, 2]);
  });

  it("mending leaves fitted steps to the folds and the frame as it was", () => {
    const frame = frameOf(texts("n", ["1", "x"]), numbers("code", [7, 8]));
    const copy = structuredClone(frame);
    const mended = mendFrame(
      [
        { op: "to-number", column: "n" },
        { op: "to-category", column: "code" },
        { op: "impute", columns: ["n"], strategy: "mean" },
      ],
      frame,
    );
    expect(mended.columns).toEqual([numbers("n", [1, NAN]), texts("code", ["7", "8"])]);
    expect(mended.rowNumbers).toBeNull();
    expect(frame).toEqual(copy);
  });
});

describe("what changed", () => {
  it("is told step by step: columns, rows, cells, and those that are missing now", () => {
    const frame = frameOf(
      numbers("n", [1, -999, 3, 3, -999]),
      texts("c", ["a", "A ", "b", "b", null]),
      texts("d", ["1", "2", "x", "x", "5"]),
      texts("gone", ["p", "q", "r", "s", "t"]),
    );
    const recipe = [
      { op: "drop", columns: ["gone", "nowhere"] },
      { op: "null-out", column: "n", values: [-999] },
      { op: "map", column: "c", mapping: { "A ": "a" } },
      { op: "to-number", column: "d" },
      { op: "drop-duplicate-rows", ignoring: [] },
      { op: "impute", columns: ["n"], strategy: "median" },
    ] as const;
    const { frame: mended, changes } = mendWithChanges(recipe, frame);
    expect(mended).toEqual(mendFrame(recipe, frame));
    const none = { columnsGone: [], columnsRetyped: [], rowsGone: 0, cells: 0, emptied: 0 };
    expect(changes.map(({ step, change }) => [step.op, change])).toEqual([
      ["drop", { ...none, columnsGone: ["gone"] }],
      ["null-out", { ...none, cells: 2, emptied: 2 }],
      ["map", { ...none, cells: 1 }],
      ["to-number", { ...none, columnsRetyped: ["d"], cells: 2, emptied: 2 }],
      ["drop-duplicate-rows", { ...none, rowsGone: 1 }],
    ]);
  });
});
