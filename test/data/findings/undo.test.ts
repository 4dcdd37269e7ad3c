import { expect, test } from "vitest";
import type { Finding } from "../../../src/core/finding.ts";
import type { Task } from "../../../src/core/task.ts";
import { undoOf } from "../../../src/data/findings/undo.ts";

const BINARY = { kind: "binary", classes: ["no", "yes"] } as unknown as Task;
const NUMBERS = { kind: "regression" } as unknown as Task;
const finding = (fix: unknown, state = "mended") => ({ id: "sentinel:a b", state, fix }) as Pick<Finding, "id" | "state" | "fix">;

test("what was mended says with which options it is taken back, as a shell takes them", () => {
  const steps = { action: "steps", steps: [] };
  expect(undoOf(finding(steps), BINARY)).toBe("--undo 'sentinel:a b'");
  const split = { action: "split", split: { policy: "time" } };
  expect([undoOf(finding(split), BINARY), undoOf(finding(split), NUMBERS)]).toEqual(["--split stratified", "--split random"]);
  expect(undoOf(finding({ action: "metric", metric: "auc" }), BINARY)).toBe("--metric accuracy");
});

test("what was not mended, or as the file was read, has nothing to take back", () => {
  expect(undoOf(finding({ action: "steps", steps: [] }, "kept"), BINARY)).toBeNull();
  expect(undoOf(finding({ action: "reading", text: "read" }), BINARY)).toBeNull();
});
