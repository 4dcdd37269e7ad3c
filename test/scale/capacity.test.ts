import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { meanWaitMs, peakRate, type Queue, replicasFor, utilisationOf, waitQuantileMs } from "../../src/scale/index.ts";

const queue = (changes: Partial<Queue> = {}): Queue => ({ servers: 1, arrivalsPerSecond: 50, service: { meanMs: 10, cv2: 1 }, ...changes });

describe("capacity", () => {
  test("2,628,000 predictions a month are one a second on average", () => {
    expect(peakRate({ predictionsPerMonth: 2_628_000, peakFactor: 1 })).toBe(1);
    expect(peakRate({ predictionsPerMonth: 2_628_000, peakFactor: 5 })).toBe(5);
  });

  test("replicas keep the utilisation at the limit or below", () => {
    expect(replicasFor(65, 100)).toBe(1);
    expect(replicasFor(66, 100)).toBe(2);
    expect(replicasFor(300, 100, 0.6)).toBe(5);
    expect(replicasFor(0.001, 100)).toBe(1);
  });

  test("M/M/1 exactly: half busy, 10 ms of work, 10 ms of waiting", () => {
    expect(utilisationOf(queue())).toBe(0.5);
    expect(meanWaitMs(queue())).toBeCloseTo(10, 12);
    // P(W > t) = rho exp(-(1 - rho) t / s): 99 % wait less than ln(50) * 20 ms.
    expect(waitQuantileMs(queue(), 0.99)).toBeCloseTo(20 * Math.log(50), 9);
    expect(waitQuantileMs(queue(), 0.4)).toBe(0);
  });

  test("M/D/1 waits half as long as M/M/1", () => {
    expect(meanWaitMs(queue({ service: { meanMs: 10, cv2: 0 } }))).toBeCloseTo(5, 12);
  });

  test("M/M/2, 80 % busy: within 2 % of Erlang's 17.78 ms", () => {
    const wait = meanWaitMs(queue({ servers: 2, arrivalsPerSecond: 160 }));
    expect(Math.abs(wait / (10 * (0.64 / 0.36)) - 1)).toBeLessThan(0.02);
  });

  test("beyond its capacity the queue has no end; more load never waits less, more servers never more", () => {
    expect(meanWaitMs(queue({ arrivalsPerSecond: 100 }))).toBe(Number.POSITIVE_INFINITY);
    expect(waitQuantileMs(queue({ arrivalsPerSecond: 120 }), 0.99)).toBe(Number.POSITIVE_INFINITY);
    const rate = fc.double({ min: 0.1, max: 99, noNaN: true });
    fc.assert(
      fc.property(rate, rate, fc.integer({ min: 1, max: 8 }), (a, b, servers) => {
        const at = (arrivalsPerSecond: number, count: number) => meanWaitMs(queue({ arrivalsPerSecond, servers: count }));
        expect(at(Math.min(a, b), servers)).toBeLessThanOrEqual(at(Math.max(a, b), servers) + 1e-12);
        expect(at(a, servers + 1)).toBeLessThanOrEqual(at(a, servers) + 1e-12);
      }),
      { seed: 4 },
    );
  });
});
