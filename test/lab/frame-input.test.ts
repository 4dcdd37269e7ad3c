import { expect, test } from "vitest";
import type { Frame } from "../../src/core/column.ts";
import { groupKeysOf, splitInputOf } from "../../src/lab/index.ts";
import { BINARY } from "./tables.ts";

const NONE = Number.NaN;

const FRAME: Frame = {
  rows: 6,
  rowNumbers: null,
  columns: [
    { name: "user", type: "category", codes: Int32Array.of(2, 0, 2, -1, -1, 0), levels: ["S01_a", "unused", "S01_b"] },
    { name: "visit", type: "number", values: Float64Array.of(1, 1, 1, NONE, 7, 2) },
    { name: "month", type: "text", codes: Int32Array.of(1, 0, 1, 2, -1, 0), levels: ["2024-03", "2023-11", "2024-10"] },
    { name: "label", type: "category", codes: Int32Array.of(0, 1, 2, -1, 1, 0), levels: ["no", "yes", "perhaps"] },
    { name: "amount", type: "category", codes: Int32Array.of(0, 1, 2, -1, 1, 0), levels: ["1.5", "", "x"] },
  ],
};

test("groups are numbered by first appearance; without any key a row stands alone", () => {
  expect([...groupKeysOf(FRAME, ["user"])]).toEqual([0, 1, 0, -1, -1, 1]);
  expect([...groupKeysOf(FRAME, ["visit"])]).toEqual([0, 0, 0, -1, 1, 2]);
  expect([...groupKeysOf(FRAME, ["user", "visit"])]).toEqual([0, 1, 0, -1, 2, 3]);
  expect([...groupKeysOf(FRAME, ["visit", "user"])]).toEqual([0, 1, 0, -1, 2, 3]);
});

test("a cut names the group by part of the value", () => {
  expect([...groupKeysOf(FRAME, ["user"], "^([^_]+)_")]).toEqual([0, 0, 0, -1, -1, 0]);
  expect([...groupKeysOf(FRAME, ["user"], "^(zz)")]).toEqual([0, 1, 0, -1, -1, 1]);
});

test("names sort by their text, row order is the number of the row", () => {
  const { order } = splitInputOf(FRAME, "label", BINARY);
  expect([...order("month")]).toEqual([0, 1, 0, 2, NONE, 1]);
  expect([...order(null)]).toEqual([0, 1, 2, 3, 4, 5]);
});

test("a label that the task does not know is no label; text that is no number is no value", () => {
  expect([...splitInputOf(FRAME, "label", BINARY).target]).toEqual([0, 1, NONE, NONE, 1, 0]);
  expect([...splitInputOf(FRAME, "amount", { kind: "regression" }).target]).toEqual([1.5, NONE, NONE, NONE, NONE, 1.5]);
});
