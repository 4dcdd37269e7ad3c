import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { POWER, rowsForDistance, rowsForShare } from "../../src/production/watch/rows-needed.ts";

describe("rows needed", () => {
  test("a share that was never there shows once in 1 - (1 - share)^n windows", () => {
    for (const least of [0.01, 0.05, 0.3])
      expect(rowsForShare({ before: 0, least, level: 0.001 })).toBe(Math.ceil(Math.log(1 - POWER) / Math.log(1 - least)));
  });

  test("drawn windows of that size find the risen share about as often as promised, half as large ones less often", () => {
    const rule = { before: 0.3, least: 0.1, level: 0.01 };
    const rows = rowsForShare(rule);
    const random = createRandom(1, "shares");
    const count = (n: number, share: number) => Array.from({ length: n }, () => Number(random.next() < share)).reduce((a, b) => a + b, 0);
    const found = (n: number) => {
      const quiet = Array.from({ length: 4000 }, () => count(n, 0.3)).sort((a, b) => a - b);
      const critical = quiet[Math.floor(0.99 * quiet.length)] ?? 0;
      return Array.from({ length: 1000 }, () => Number(count(n, 0.4) > critical)).reduce((a, b) => a + b, 0) / 1000;
    };
    expect(Math.abs(found(rows) - POWER)).toBeLessThan(0.08);
    expect(found(Math.round(rows / 2))).toBeLessThan(0.6);
  });

  test("four times the rows for half the distance, more for a stricter level", () => {
    const one = { sd: 0.05, window: 100, least: 0.1, level: 0.01 };
    expect(rowsForDistance({ ...one, least: 0.05 }) / rowsForDistance(one)).toBeCloseTo(4, 1);
    expect(rowsForDistance({ ...one, level: 0.001 })).toBeGreaterThan(rowsForDistance(one));
  });
});
