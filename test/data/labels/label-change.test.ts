import { expect, test } from "vitest";
import { labelChange } from "../../../src/data/labels/label-change.ts";
import { type Cells, cells, contextOf } from "../checks/context.ts";

const ROWS = 1200;
const [day, AT] = [Array.from({ length: ROWS }, (_, row) => Date.UTC(2024, 0, 1 + Math.floor(row / 4))), 700];
const even = cells(ROWS, 3, "even", (random) => random.next()) as number[];
const noise = cells(ROWS, 3, "noise", (random) => random.normal()) as number[];
const change = (y: Cells, columns: Record<string, Cells> = { day }) =>
  labelChange(
    contextOf({ columns: { ...columns, noise, y }, target: "y", dates: ["day"], roles: { time: "day" in columns ? "day" : null } }),
  );

test("the row at which a class becomes more frequent for good", () => {
  const y = even.map((value, row) => (value < (row < AT ? 0.2 : 0.6) ? "yes" : "no"));
  const found = change(y);
  expect(found?.classIndex).toBe(1);
  expect(Math.abs((found?.change.at ?? 0) - AT)).toBeLessThan(20);
});

test("of several classes the one that changes most", () => {
  const y = even.map((value, row) => (row < AT ? ["a", "b", "b", "b", "b", "c"] : ["a", "a", "a", "c", "c", "c"])[Math.floor(6 * value)]!);
  expect(change(y)).toMatchObject({ classIndex: 1 });
});

test("the level of a number, by its ranks", () => {
  const found = change(noise.map((value, row) => Math.exp(value + (row < AT ? 0 : 2))));
  expect(found?.classIndex).toBe(-1);
  expect(Math.abs((found?.change.at ?? 0) - AT)).toBeLessThan(20);
});

test("none without a time, of a target that stays, and of one that comes and goes", () => {
  const jump = even.map((value, row) => (value < (row < AT ? 0.2 : 0.6) ? "yes" : "no"));
  expect(change(jump, {})).toBeNull();
  expect(change(even.map((value) => (value < 0.3 ? "yes" : "no")))).toBeNull();
  expect(change(even.map((value, row) => (value < (Math.floor(row / 100) % 2 === 0 ? 0.2 : 0.6) ? "yes" : "no")))).toBeNull();
});
