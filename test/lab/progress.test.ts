import { describe, expect, test } from "vitest";
import type { Progress } from "../../src/lab/index.ts";
import { createProgress } from "../../src/lab/progress.ts";

function meter(threads = 1) {
  const seen: Progress[] = [];
  return { progress: createProgress(threads, (one) => seen.push(one)), seen, last: () => seen.at(-1) };
}

describe("what is left", () => {
  test("of announced experiments the total is known before they begin, and never grows by them", () => {
    const { progress, seen } = meter();
    progress.expect("a", "linear", 5, 1);
    progress.expect("b", "boosting", 5, 10);
    for (const id of ["a", "b"]) {
      progress.plan(id, "boosting", 5);
      for (let fold = 0; fold < 5; fold++) progress.done(id, id === "a" ? 100 : 1000);
    }
    expect(new Set(seen.map(({ planned }) => planned))).toEqual(new Set([10]));
    expect(seen.at(-1)).toMatchObject({ done: 10, planned: 10, leftMs: 0 });
  });

  test("an experiment that has not begun counts by its cost, at what a unit of cost has taken", () => {
    const { progress, last } = meter(2);
    progress.expect("a", "linear", 5, 1);
    progress.expect("b", "boosting", 5, 10);
    progress.plan("a", "linear", 5);
    progress.done("a", 100);
    // 4 folds of 100 ms and 5 of 1000 ms, on two threads.
    expect(last()?.leftMs).toBe(2700);
    progress.plan("b", "boosting", 5);
    progress.done("b", 400);
    expect(last()?.leftMs).toBe((4 * 100 + 4 * 400) / 2);
  });

  test("the time of the same estimator counts before that of others", () => {
    const { progress, last } = meter();
    progress.expect("a", "linear", 1, 1);
    progress.expect("b", "boosting", 1, 1);
    progress.expect("c", "boosting", 1, 3);
    for (const [id, kind, ms] of [
      ["a", "linear", 9000],
      ["b", "boosting", 100],
    ] as const) {
      progress.plan(id, kind, 1);
      progress.done(id, ms);
    }
    expect(last()?.leftMs).toBe(300);
  });

  test("what was not announced is added when it begins; what is dropped is taken off", () => {
    const { progress, last } = meter();
    progress.expect("a", "linear", 5, 1);
    progress.plan("c", "forest", 3);
    expect(last()).toMatchObject({ planned: 8, leftMs: null });
    progress.done("c", 100);
    progress.drop("c", 2);
    expect(last()).toMatchObject({ planned: 6, done: 1 });
  });
});
