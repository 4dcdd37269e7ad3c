import { describe, expect, test } from "vitest";
import type { Task } from "../../../src/core/task.ts";
import type { AuditContext } from "../../../src/data/check.ts";
import { classCounts, heldByClasses } from "../../../src/data/labels/class-counts.ts";

const BINARY = { kind: "binary", classes: ["no", "yes"] } as const;
const contextOf = (task: Task, type = "category", target: readonly number[] = []) =>
  ({
    task,
    roles: { target: "y" },
    dataset: { columns: [{ name: "y", type }] },
    target: Float64Array.from(target),
  }) as unknown as AuditContext;

test("rows without a label are of no class", () => {
  const counts = classCounts(contextOf(BINARY, "category", [0, 1, 1, Number.NaN]));
  expect(Object.entries(counts)).toEqual([
    ["0", 1],
    ["1", 2],
  ]);
  expect(classCounts(contextOf({ kind: "regression" }, "number", [1, 2]))).toEqual([]);
});

describe("what the cells of classes hold", () => {
  const held = (task: Task, type: string, ...indices: number[]) => heldByClasses(contextOf(task, type), indices).held;

  test("is the names, and other spellings of them that are labels", () => {
    const labels = { spelt: { Yes: "yes", "?": "yes", No: "no" }, unknown: ["?"] };
    expect(held({ ...BINARY, labels } as Task, "category", 1)).toEqual([{ column: "y", values: ["yes", "Yes"] }]);
  });

  test("is numbers in a column of numbers, and not known where a name is none", () => {
    expect(held({ kind: "binary", classes: ["0", "1"] }, "number", 1)).toEqual([{ column: "y", values: [1] }]);
    expect(held(BINARY, "number", 1)).toBeUndefined();
    expect(held(BINARY, "date", 1)).toBeUndefined();
    expect(held({ kind: "regression" }, "number", 0)).toBeUndefined();
  });
});
