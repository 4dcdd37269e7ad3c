import { expect, test } from "vitest";
import type { Column, Frame } from "../../src/core/column.ts";
import { readLabels, targetValues } from "../../src/core/target.ts";
import type { LabelReading } from "../../src/core/task.ts";

const school: Column = { name: "school", type: "category", levels: ["a", "b"], codes: Int32Array.of(0, 1, 1, 1, -1) };
const day: Column = { name: "day", type: "date", values: Float64Array.of(1, 2, 3, 4, 5) };
const meals: Column = { name: "meals", type: "number", values: Float64Array.of(0, 0, 7, 0, 0) };
const frame: Frame = { rows: 5, columns: [school, day, meals], rowNumbers: null };
const reading = (more: object): LabelReading => ({
  spelt: {},
  unknown: [],
  unrecorded: [{ column: "school", values: ["b"], label: "0", ...more }],
});
const values = (labels: LabelReading) => Array.from(targetValues(frame, "meals", { kind: "regression", labels }));

test("a label that was not recorded in a part of the table is none there, and what it is elsewhere", () => {
  expect(values(reading({}))).toEqual([0, Number.NaN, 7, Number.NaN, 0]);
  expect(values(reading({ by: "day", from: 3 }))).toEqual([0, 0, 7, Number.NaN, 0]);
  expect(values(reading({ by: "day", until: 3 }))).toEqual([0, Number.NaN, 7, 0, 0]);
  expect(values(reading({ column: "day", values: ["1", "5"] }))).toEqual([Number.NaN, 0, 7, 0, Number.NaN]);
  expect(values(reading({ column: "gone" }))).toEqual([0, 0, 7, 0, 0]);
});

test("the same of classes", () => {
  const left: Column = { name: "left", type: "category", levels: ["no", "yes"], codes: Int32Array.of(0, 0, 1, 0, 1) };
  const read = readLabels(left, reading({ label: "no" }), [school]);
  expect("codes" in read && Array.from(read.codes, (code) => read.levels[code] ?? null)).toEqual(["no", null, "yes", null, "yes"]);
});
