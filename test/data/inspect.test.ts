import { expect, test } from "vitest";
import type { AuditContext, Check } from "../../src/data/check.ts";
import { inspectFirst } from "../../src/data/inspect.ts";
import { contextOf, tableOf } from "./table.ts";

const table = tableOf([
  ["a", [1, 2, 3, 4]],
  ["y", ["n", "y", "n", "y"]],
]);

const moment = () => new Promise((resolve) => setImmediate(resolve));

/** Two checks: the second asks something that takes a while. */
function checks(seen: string[], inspect: Check["inspect"]): Check[] {
  const answer = (context: AuditContext) =>
    context.shared("answer", async () => {
      seen.push("asked");
      for (let wait = 0; wait < 5; wait++) await moment();
      seen.push("answered");
    });
  return [
    { trap: "constant", title: "First", inspect },
    {
      trap: "duplicate-row",
      title: "Second",
      ask: answer,
      inspect: async (context) => {
        await answer(context);
        seen.push("second");
        return [];
      },
    },
  ];
}

test("what a check asks is answered beside the checks before it", async () => {
  const seen: string[] = [];
  const first = () => {
    seen.push("first");
    return [];
  };
  await inspectFirst(contextOf(table, "y"), checks(seen, first), {});
  expect(seen).toEqual(["asked", "first", "answered", "second"]);
});

test("it is waited for when a check ends the audit", async () => {
  const seen: string[] = [];
  const stop = new AbortController();
  const first = () => {
    stop.abort(new Error("stopped"));
    return [];
  };
  await expect(inspectFirst(contextOf(table, "y"), checks(seen, first), { signal: stop.signal })).rejects.toThrow("stopped");
  expect(seen).toEqual(["asked", "answered"]);
});

test("nothing is asked without time, and a failure of what was asked is the check's own", async () => {
  const seen: string[] = [];
  const late = await inspectFirst(
    contextOf(table, "y"),
    checks(seen, () => []),
    { leftMs: () => 0 },
  );
  expect([seen, late.unchecked.length]).toEqual([[], 2]);
  const broken = async () => Promise.reject(new Error("broke"));
  const { unchecked } = await inspectFirst(
    contextOf(table, "y"),
    [{ trap: "duplicate-row", title: "Broken", ask: broken, inspect: broken }],
    {},
  );
  expect(unchecked).toEqual([{ trap: "duplicate-row", why: "broke" }]);
});
