import { describe, expect, test } from "vitest";
import { LIKELY } from "../../../src/data/harm/ground.ts";
import { surenessOf } from "../../../src/data/harm/sureness.ts";

const strengths = Array.from({ length: 101 }, (_, i) => i / 100);
const told = (strength: number) => surenessOf({ confidence: strength, answer: null, rejected: false });

describe("how sure a finding is", () => {
  test("stronger evidence is never less probable, and none is a certainty", () => {
    const all = strengths.map((strength) => told(strength).confidence);
    expect(all.every((one, i) => one > 0 && one < 1 && one >= (all[i - 1] ?? 0))).toBe(true);
    expect(all.at(-1)).toBeGreaterThan((all[50] ?? 1) + 0.1);
  });

  test("it acts by the strength of the evidence, whatever the probability", () => {
    for (const strength of strengths) expect(told(strength)).toMatchObject({ strength, stance: strength >= LIKELY ? "acts" : "asks" });
    expect(told(0.45).confidence).toBeGreaterThan(0.5);
  });

  test("only an answer makes it certain", () => {
    expect(surenessOf({ confidence: 1, answer: "after", rejected: false })).toEqual({ confidence: 1, strength: 1, stance: "acts" });
    expect(surenessOf({ confidence: 0.7, answer: "before", rejected: true })).toEqual({ confidence: 0, strength: 0.7, stance: "asks" });
  });
});
