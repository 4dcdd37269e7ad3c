import { expect, test } from "vitest";
import type { Frame } from "../../src/core/column.ts";
import type { FindingsFile } from "../../src/core/finding.ts";
import { groupingOf, watchedGroups } from "../../src/journey/watched-groups.ts";

const FRAME: Frame = {
  rows: 5,
  columns: [{ name: "visit", type: "category", codes: Int32Array.of(0, 1, 2, -1, 0), levels: ["a-1", "a-2", "b-1"] }],
  rowNumbers: null,
};

const fileOf = (policy: string, by: object) => ({ dataset: { split: { policy, by } } }) as unknown as FindingsFile;

test("the groups of the run are read from its findings, with the cut that was found; other policies have none", () => {
  expect(groupingOf(fileOf("group", { columns: ["visit"], folds: 5 }))).toEqual({ by: ["visit"] });
  expect(groupingOf(fileOf("group", { columns: ["visit"], cut: "^(.)" }))).toEqual({ by: ["visit"], cut: "^(.)" });
  expect(groupingOf(fileOf("time", { columns: ["day"] }))).toBeNull();
});

test("each judged row has the group of its row in the file; without all columns there are none, and without a grouping nothing is asked", () => {
  const rows = Int32Array.of(0, 1, 3, 4);
  expect(watchedGroups(FRAME, rows, { by: ["visit"] })?.of).toEqual(Int32Array.of(0, 1, -1, 0));
  expect(watchedGroups(FRAME, rows, { by: ["visit"], cut: "^(.)" })?.of).toEqual(Int32Array.of(0, 0, -1, 0));
  expect(watchedGroups(FRAME, rows, { by: ["visit", "doctor"] })).toEqual({ by: ["visit", "doctor"], of: null });
  expect(watchedGroups(FRAME, rows, null)).toBeNull();
});
