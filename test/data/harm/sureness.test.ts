import { describe, expect, test } from "vitest";
import { CHECKS } from "../../../src/data/checks/index.ts";
import { LIKELY } from "../../../src/data/harm/ground.ts";
import { surenessOf } from "../../../src/data/harm/sureness.ts";

const strengths = Array.from({ length: 101 }, (_, i) => i / 100);
const open = { answer: null, rejected: false };

describe("how sure a finding is", () => {
  test.each(CHECKS.map(({ trap }) => trap))("%s: stronger evidence is never less probable, and none is a certainty", (trap) => {
    const told = strengths.map((strength) => surenessOf({ trap, confidence: strength, ...open }).confidence);
    expect(told.every((one, i) => one > 0 && one < 1 && one >= (told[i - 1] ?? 0))).toBe(true);
  });

  test("it acts by the strength of the evidence, whatever the probability", () => {
    for (const strength of strengths) {
      const { stance, strength: kept } = surenessOf({ trap: "target-leak", confidence: strength, ...open });
      expect([stance, kept]).toEqual([strength >= LIKELY ? "acts" : "asks", strength]);
    }
  });

  test("only an answer makes it certain", () => {
    const answered = { trap: "post-outcome", answer: "after" } as const;
    expect(surenessOf({ ...answered, confidence: 1, rejected: false })).toEqual({ confidence: 1, strength: 1, stance: "acts" });
    expect(surenessOf({ ...answered, confidence: 0.7, rejected: true })).toEqual({ confidence: 0, strength: 0.7, stance: "asks" });
  });
});
