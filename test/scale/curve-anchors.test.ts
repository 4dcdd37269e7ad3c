import { describe, expect, test } from "vitest";
import { affordableAnchors, anchorsBelow, leastUnitsForClasses } from "../../src/scale/curve-anchors.ts";

describe("anchors", () => {
  test("half octaves below the full size, at most seven of them, none below 50 rows", () => {
    expect(anchorsBelow(3200, 50)).toEqual([283, 400, 566, 800, 1131, 1600, 2263]);
    expect(anchorsBelow(320, 50)).toEqual([57, 80, 113, 160, 226]);
    expect(anchorsBelow(3200, 700)).toEqual([800, 1131, 1600, 2263]);
    expect(anchorsBelow(60, 50)).toEqual([]);
  });

  test("five rows of the rarest class that can have them", () => {
    expect(leastUnitsForClasses([900, 100], 1000, 800, 50)).toBe(50);
    expect(leastUnitsForClasses([980, 20], 1000, 800, 50)).toBe(250);
    // 4 of 1,000 are 3.2 of 800: too rare at any size, so the other classes decide.
    expect(leastUnitsForClasses([976, 20, 4], 1000, 800, 50)).toBe(250);
    expect(leastUnitsForClasses([3, 3], 6, 5, 50)).toBe(50);
  });

  test("five groups of the rarest class: groups that hold several classes count for each", () => {
    expect(leastUnitsForClasses([40, 40, 40], 40, 32, 10)).toBe(10);
    expect(leastUnitsForClasses([40, 10], 40, 32, 10)).toBe(20);
  });

  test("too little time takes the dearest first, half octaves before octaves, and all when too few would be left", () => {
    const all = [283, 400, 566, 800, 1131, 1600, 2263];
    expect(affordableAnchors(all, 3200, 1000, 10_000)).toEqual(all);
    // All: 2.20 s. Without 2263: 1.49. Without 1131: 1.14. Without 566: 0.96. Without 1600: 0.46.
    expect(affordableAnchors(all, 3200, 1000, 1500)).toEqual([283, 400, 566, 800, 1131, 1600]);
    expect(affordableAnchors(all, 3200, 1000, 1000)).toEqual([283, 400, 800, 1600]);
    expect(affordableAnchors(all, 3200, 1000, 500)).toEqual([283, 400, 800]);
    expect(affordableAnchors(all, 3200, 1000, 400)).toEqual([]);
    expect(affordableAnchors([57, 80], 113, 1, 10)).toEqual([57, 80]);
  });
});
