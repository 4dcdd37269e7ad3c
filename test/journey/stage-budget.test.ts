import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checksEnd, isBefore, STAGES, stageBudget, stageEnd } from "../../src/journey/stage-budget.ts";

describe("stage budget", () => {
  test("checks end with the model stage, and not at all where the audit is all that was asked or no experiments were", () => {
    expect(checksEnd(100_000, false)).toBe(stageEnd("model", 100_000));
    for (const end of [checksEnd(100_000, true), checksEnd(0, false), checksEnd(null, false)]) expect(end).toBe(Number.POSITIVE_INFINITY);
    expect(checksEnd(100_000, false, 100_000)).toBe(100_000);
    expect(checksEnd(100_000, false, 10_000)).toBe(stageEnd("model", 100_000));
  });

  test("without a budget there is no limit", () => {
    for (const stage of STAGES) {
      expect(stageBudget(stage, null, 1e9)).toBeNull();
      expect(stageEnd(stage, null)).toBe(Number.POSITIVE_INFINITY);
    }
  });

  test("a stage that starts at once may use the budget up to its end; the last one all of it", () => {
    expect(stageBudget("data", 100_000, 0)).toBeLessThan(100_000);
    expect(stageBudget("production", 100_000, 0)).toBe(100_000);
  });

  test("never negative, never beyond what is left, and what a stage leaves over the next one has", () => {
    const [budget, elapsed] = [fc.double({ min: 1, max: 1e8, noNaN: true }), fc.double({ min: 0, max: 2e8, noNaN: true })];
    fc.assert(
      fc.property(budget, elapsed, (budgetMs, elapsedMs) => {
        const given = STAGES.map((stage) => stageBudget(stage, budgetMs, elapsedMs)!);
        expect(given.every((ms) => ms >= 0 && ms <= Math.max(0, budgetMs - elapsedMs))).toBe(true);
        expect([...given].sort((a, b) => a - b)).toEqual(given);
      }),
    );
  });

  test("what is reserved for later stages is left, and no more than that is taken away", () => {
    const [budget, reserve] = [fc.double({ min: 1, max: 1e8, noNaN: true }), fc.double({ min: 0, max: 2e8, noNaN: true })];
    fc.assert(
      fc.property(budget, reserve, (budgetMs, reserveMs) => {
        const [given, free] = [stageBudget("scale", budgetMs, 0, { reserveMs })!, stageBudget("scale", budgetMs, 0)!];
        expect(given).toBe(Math.max(0, Math.min(free, budgetMs - reserveMs)));
      }),
    );
  });

  test("stages are in order", () => {
    expect(STAGES.map((stage) => STAGES.filter((other) => isBefore(other, stage)).length)).toEqual([0, 1, 2, 3]);
  });
});

test("an end of its own takes the place of a stage's share", () => {
  expect(stageBudget("data", 100_000, 50_000, { untilMs: 60_000 })).toBe(10_000);
  expect(stageBudget("data", 100_000, 50_000)).toBe(0);
});
