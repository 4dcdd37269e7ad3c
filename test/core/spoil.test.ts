import { expect, test } from "vitest";
import type { Column, Frame } from "../../src/core/column.ts";
import { createRandom } from "../../src/core/random.ts";
import { spoilt } from "../../src/core/spoil.ts";

const ROWS = 4000;
const columns: readonly Column[] = [
  { name: "x", type: "number", values: Float64Array.from({ length: ROWS }, (_, i) => i) },
  {
    name: "c",
    type: "category",
    levels: ["a", "never seen before"],
    codes: Int32Array.from({ length: ROWS }, (_, i) => ((i % 4) - 1 > 1 ? -1 : i % 2)),
  },
];
const frame: Frame = { rows: ROWS, columns, rowNumbers: null };
const valuesOf = (made: Frame) => (made.columns[0] as Extract<Column, { values: Float64Array }>).values;
const names = (made: Frame) => made.columns[1] as Extract<Column, { codes: Int32Array }>;

test("missing: the share of each column is emptied, the rest and the frame itself stay", () => {
  const made = spoilt(frame, { kind: "missing", share: 0.1 }, createRandom(1, "spoil"));
  const gone = valuesOf(made).filter((value) => Number.isNaN(value)).length / ROWS;
  expect(Math.abs(gone - 0.1)).toBeLessThan(0.02);
  expect(valuesOf(made).every((value, i) => Number.isNaN(value) || value === i)).toBe(true);
  expect(names(made).codes.filter((code) => code < 0).length).toBeGreaterThan(names(frame).codes.filter((code) => code < 0).length);
  expect(valuesOf(frame).some(Number.isNaN)).toBe(false);
});

test("unknown: names that are there become one that no row has; numbers and empty cells stay", () => {
  const made = spoilt(frame, { kind: "unknown", share: 0.1 }, createRandom(1, "spoil"));
  expect(valuesOf(made)).toEqual(valuesOf(frame));
  expect(names(made).levels).toEqual(["a", "never seen before", "never seen before!"]);
  const hit = names(made).codes.filter((code) => code === 2).length / names(frame).codes.filter((code) => code >= 0).length;
  expect(Math.abs(hit - 0.1)).toBeLessThan(0.02);
  expect(names(made).codes.every((code, i) => code === 2 || code === names(frame).codes[i])).toBe(true);
});
