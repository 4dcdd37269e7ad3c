import { describe, expect, test } from "vitest";
import { differenceWords, directionOf, mirrored } from "../../src/core/score-difference.ts";

describe("differences of scores in words", () => {
  test("the word for the direction carries the sign of value and interval", () => {
    expect(differenceWords({ value: 0.061, low: 0.04, high: 0.082 }, "the rule")).toBe("0.061 [0.040, 0.082] better than the rule");
    expect(differenceWords({ value: -0.051, low: -0.073, high: -0.03 }, "the rule", "ROC AUC")).toBe(
      "0.051 [0.030, 0.073] ROC AUC worse than the rule",
    );
    expect(differenceWords({ value: -0.01, low: -0.03, high: 0.01 }, "the rule")).toBe(
      "not shown to be better than the rule (gain -0.010 [-0.030, 0.010])",
    );
  });

  test("an interval that is not known shows no direction", () => {
    expect(directionOf({ low: Number.NEGATIVE_INFINITY, high: -0.1 })).toBe("open");
    expect(mirrored({ value: -1, low: -2, high: 3 })).toEqual({ value: 1, low: -3, high: 2 });
  });
});
