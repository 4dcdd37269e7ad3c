import { expect, test } from "vitest";
import type { Finding, Suspicion } from "../../../src/core/finding.ts";
import { withoutMoot } from "../../../src/data/harm/without-moot.ts";

const drop = (column: string) => [{ op: "drop" as const, columns: [column] }];
const repair = (id: string, steps: readonly ({ op: "drop"; columns: string[] } | { op: "drop-duplicate-rows"; ignoring: string[] })[]) =>
  ({
    id,
    columns: ["row"],
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
  }) as unknown as Pick<Suspicion, "columns" | "fix" | "counterfactual"> & { id: string };
const finding = (id: string) =>
  ({
    id,
    columns: ["row"],
    fix: { action: "advice", text: "Ask." },
    state: "open",
    question: "Is it?",
    answer: null,
    choices: ["a", "b"],
  }) as unknown as Finding;

const key = repair("identifier:row", drop("row"));
const stateOf = (one: ReturnType<typeof repair>) => withoutMoot([finding(one.id)], [one, key], [key])[0]?.state;

test("a leak is out with its column; copies that differ only in a column are still there when it is out", () => {
  expect(stateOf(repair("target-leak:row", drop("row")))).toBe("mended");
  expect(stateOf(repair("hidden-duplicate:row", [{ op: "drop-duplicate-rows", ignoring: ["row"] }]))).toBe("open");
});

test("an advice that is moot is not said to be followed", () => {
  const leak = repair("target-leak:row", drop("row"));
  expect(withoutMoot([finding(leak.id)], [leak, key], [key])[0]?.fix).toMatchObject({
    text: expect.stringContaining("left out for another reason"),
  });
});
