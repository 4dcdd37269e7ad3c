import { describe, expect, test } from "vitest";
import type { Harm, Suspicion } from "../../../src/core/finding.ts";
import { judge, whereLeft } from "../../../src/data/harm/severity.ts";

const STEPS = [{ op: "drop" as const, columns: ["x"] }];

const leak = (given: Partial<Suspicion> = {}): Suspicion => ({
  trap: "post-outcome",
  columns: ["x"],
  rows: { count: 0, sample: [] },
  severity: "blocker",
  confidence: 0.9,
  evidence: {},
  fix: { action: "steps", steps: STEPS },
  counterfactual: { change: "steps", steps: STEPS, flatters: true },
  question: "?",
  why: "made",
  ...given,
});

/** AUC 0.8 [0.76, 0.84] without the trap, and the difference that it makes. */
const harm = (delta: number, low: number, high: number, given: Partial<Harm> = {}): Harm => ({
  metric: "auc",
  compares: "with these columns against without them",
  claimed: 0.8 - delta,
  honest: 0.8,
  claimedLow: 0.9,
  claimedHigh: 0.96,
  honestLow: 0.76,
  honestHigh: 0.84,
  delta,
  low,
  high,
  level: 0.95,
  method: "made",
  p: 0.06,
  q: 0.06,
  experiments: ["a", "b"],
  ...given,
});

const severity = (suspicion: Suspicion, measured: Harm, answered = false) => judge(suspicion, measured, answered).severity;

describe("a suspected leak without a difference beyond chance", () => {
  test("stays what it is suspected to be while it may carry the claim out of the honest interval", () => {
    expect(severity(leak(), harm(-0.03, -0.062, 0.002))).toBe("blocker");
    expect(severity(leak({ confidence: 0.4, severity: "harmful" }), harm(-0.03, -0.062, 0.002))).toBe("harmful");
    expect(severity(leak({ confidence: 0.4 }), harm(-0.03, -0.062, 0.002))).toBe("harmful");
    const unbounded = harm(-0.03, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    expect(severity(leak(), unbounded)).toBe("blocker");
  });

  test("is cosmetic when the most it may flatter by lies within that interval, or shows in no digit", () => {
    expect(severity(leak(), harm(-0.015, -0.035, 0.005))).toBe("cosmetic");
    expect(severity(leak(), harm(0.03, -0.002, 0.062))).toBe("cosmetic");
    // A formula that the trees which price cannot form.
    expect(severity(leak({ evidence: { hardForTrees: true } }), harm(-0.015, -0.035, 0.005))).toBe("blocker");
    const sharp = { honest: 0.9999, honestLow: 0.9998, honestHigh: 1 };
    expect(severity(leak(), harm(-0.0001, -0.0008, 0.0006, sharp))).toBe("cosmetic");
    // 0.02 of AUC is what counts: 0.015 turns no decision, 0.025 may.
    expect(severity(leak(), harm(-0.006, -0.015, 0.003, sharp))).toBe("cosmetic");
    expect(severity(leak(), harm(-0.011, -0.025, 0.003, sharp))).toBe("blocker");
  });

  test("stays in where strength alone spoke for it and it is shown to flatter by less than counts; not where its name did, nor while it may flatter by more", () => {
    const strong = leak({ trap: "target-leak", evidence: { byStrengthAlone: true } });
    expect(judge(strong, harm(-0.003, -0.015, 0.009), false).isUnsupported).toBe(true);
    expect(judge(strong, harm(-0.015, -0.035, 0.005), false).isUnsupported).toBe(false);
    expect(judge(leak({ evidence: { byStrengthAlone: false } }), harm(-0.003, -0.015, 0.009), false).isUnsupported).toBe(false);
    expect(judge(strong, harm(-0.003, -0.015, 0.009), true).isUnsupported).toBe(false);
  });

  test("is not sheltered by an honest interval that is wider than the error itself", () => {
    const error = { metric: "mae", honest: 100, honestLow: 0, honestHigh: 500 };
    expect(severity(leak(), harm(60, -200, 320, error))).toBe("blocker");
    expect(severity(leak(), harm(20, -40, 80, error))).toBe("cosmetic");
  });

  test("is told by the error where less is better", () => {
    const error = { metric: "rmse", honest: 10, honestLow: 9, honestHigh: 11 };
    expect(severity(leak(), harm(0.7, -0.1, 1.5, error))).toBe("blocker");
    expect(severity(leak(), harm(-0.7, -1.5, 0.1, error))).toBe("cosmetic");
  });

  test("a repair that makes no difference is cosmetic however wide its interval", () => {
    const repair = leak({ trap: "sentinel", counterfactual: { change: "steps", steps: STEPS, flatters: false } });
    expect(severity(repair, harm(0.03, -0.06, 0.12))).toBe("cosmetic");
  });
});

describe("a split whose gap was measured row by row", () => {
  const honest = { policy: "blocks", by: null, folds: 5 } as const;
  const naive = { policy: "random", folds: 5, repeats: 1 } as const;
  const split = (openError: number, closedError: number, gapP = 1e-9) =>
    leak({
      trap: "time-leak",
      evidence: { gapP, openError, closedError },
      fix: { action: "split", split: honest },
      counterfactual: { change: "split", naive, honest },
    });

  test("is a lie when neighbours hide a tenth of the error, else harmful", () => {
    expect(severity(split(0.2, 0.3), harm(-0.05, -0.15, 0.05))).toBe("blocker");
    expect(severity(split(0.185, 0.193), harm(-0.05, -0.15, 0.05))).toBe("harmful");
  });

  test("does not stand against experiments that point the other way, or on a gap that may be chance", () => {
    expect(severity(split(0.2, 0.3), harm(0.05, -0.05, 0.15))).toBe("cosmetic");
    expect(severity(split(0.2, 0.3, 0.02), harm(-0.05, -0.15, 0.05))).toBe("cosmetic");
  });

  test("stays harmful where labels persist within the things of a panel, unless the experiments point the other way", () => {
    const panel = { ...split(0.2, 0.2, 1), evidence: { withinZ: 4.6 } };
    expect(severity(panel, harm(-0.05, -0.15, 0.05))).toBe("harmful");
    expect(severity({ ...panel, evidence: {} }, harm(-0.05, -0.15, 0.05))).toBe("cosmetic");
    expect(severity(panel, harm(0.05, -0.05, 0.15))).toBe("cosmetic");
  });

  test("does no harm where the random split has the worse score beyond chance: nothing is claimed too high", () => {
    const reversed = harm(0.05, 0.02, 0.08, { q: 0.01 });
    expect(severity(split(0.2, 0.3), reversed)).toBe("cosmetic");
    expect(whereLeft({ ...split(0.2, 0.3), severity: "cosmetic" }, reversed).severity).toBe("cosmetic");
    expect(whereLeft({ ...split(0.2, 0.3), severity: "cosmetic" }, harm(-0.05, -0.08, -0.02, { q: 0.01 })).severity).toBe("costly");
  });
});

describe("a repair that its own experiment does not support", () => {
  const drop = (given: Partial<Suspicion> = {}) =>
    leak({ trap: "missing", severity: "costly", counterfactual: { change: "steps", steps: STEPS, flatters: false }, ...given });
  const nulls = [{ op: "null-out" as const, column: "x", values: [-9] }];
  const reading = drop({
    trap: "sentinel",
    fix: { action: "steps", steps: nulls },
    counterfactual: { change: "steps", steps: nulls, flatters: false },
  });
  const unsupported = (suspicion: Suspicion, measured: Harm) => judge(suspicion, measured, false).isUnsupported;
  const [unclear, shown] = [harm(-0.01, -0.03, 0.01), harm(-0.03, -0.05, -0.01, { q: 0.01 })];

  test("is not made when the loss is shown, whatever it does", () => {
    expect([drop(), reading, drop({ severity: "cosmetic" })].map((one) => unsupported(one, shown))).toEqual([true, true, true]);
  });

  test("that leaves columns out for accuracy is made when its interval excludes a loss that counts, whatever the sign of the estimate", () => {
    const cases: [delta: number, low: number, high: number, isMade: boolean][] = [
      [-0.01, -0.03, 0.01, false],
      [0.001, -0.025, 0.027, false],
      [-0.004, -0.019, 0.011, true],
      [0.004, -0.011, 0.019, true],
      [0, 0, 0, true],
      [0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, false],
    ];
    for (const [delta, low, high, isMade] of cases)
      expect([low, high, !unsupported(drop(), harm(delta, low, high))]).toEqual([low, high, isMade]);
  });

  test("by the gain that counts of its metric: a twentieth of an error, half of what is left near the best value", () => {
    const error = { metric: "rmse", honest: 10 };
    expect([0.45, 0.55].map((high) => unsupported(drop(), harm(-0.1, -0.4, high, error)))).toEqual([false, true]);
    const sharp = { honest: 0.99 };
    expect([-0.004, -0.006].map((low) => unsupported(drop(), harm(0, low, 0.004, sharp)))).toEqual([false, true]);
    const perfect = { honest: 1, claimed: 1 };
    expect(unsupported(drop(), harm(0, 0, 0, perfect))).toBe(false);
  });

  test("that brings the words of a text in is made only when a gain is shown", () => {
    const steps = [{ op: "text" as const, column: "x", minTexts: 5, maxTerms: 100 }];
    const words = drop({
      trap: "unread-text",
      fix: { action: "steps", steps },
      counterfactual: { change: "steps", steps, flatters: false },
    });
    expect([unclear, shown, harm(0, 0, 0), harm(0.03, -0.01, 0.07)].map((one) => unsupported(words, one))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(unsupported(words, harm(0.03, 0.01, 0.05, { q: 0.01 }))).toBe(false);
  });

  test("is made unless a loss is shown when it reads cells, promises no accuracy, or has a reason beside the score; a leak stays out", () => {
    expect([reading, drop({ severity: "cosmetic" }), drop({ besideScore: true }), leak()].map((one) => unsupported(one, unclear))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe("a matter of form until it is measured", () => {
  const steps = [{ op: "to-date" as const, column: "x", formats: ["%Y%m%d"] }];
  const dates = leak({
    trap: "text-date",
    severity: "costly",
    untilMeasured: "cosmetic",
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
  });

  test("is costly once its cost is shown, and cosmetic without an experiment", () => {
    expect(judge(dates, null, false).severity).toBe("cosmetic");
    expect(severity(dates, harm(0.04, 0.02, 0.06, { q: 0.01 }))).toBe("costly");
    expect(judge({ ...dates, severity: "costly", untilMeasured: undefined as never }, null, false).severity).toBe("costly");
  });
});

describe("what is left open and shown to cost", () => {
  const beside = leak({
    trap: "derived-column",
    severity: "cosmetic",
    fix: { action: "advice", text: "both are left in" },
    counterfactual: { change: "steps", steps: STEPS, flatters: false },
  });

  test("is not cosmetic, and its advice is not to leave it in", () => {
    const { severity: left, fix } = whereLeft(beside, harm(0.04, 0.02, 0.06, { q: 0.01 }));
    expect(left).toBe("costly");
    expect(fix).toEqual({ action: "advice", text: expect.stringContaining("without `x`") });
  });

  test("keeps its advice while no cost is shown", () => {
    expect(whereLeft(beside, harm(0.01, -0.02, 0.04))).toEqual({ severity: "cosmetic", fix: beside.fix });
    expect(whereLeft(beside, null)).toEqual({ severity: "cosmetic", fix: beside.fix });
  });
});
