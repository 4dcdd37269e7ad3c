import { describe, expect, test, vi } from "vitest";
import type { Frame } from "../../../src/core/column.ts";
import { createRandom } from "../../../src/core/random.ts";
import { boundRanks, latency } from "../../../src/production/gates/latency.ts";
import { GATES, type GateContext } from "../../../src/production/index.ts";
import { BINARY, contextOf, world } from "../world.ts";

const made = world(BINARY, 300);
const before = { count: 1000, p50Ms: 1, p90Ms: 2, p99Ms: 20, maxMs: 29, histogram: [] };

/** The gate on a clock that only answers move on: each takes what `tookMs` says. */
async function judged(tookMs: (answer: number) => number, overrides: Partial<GateContext>) {
  let now = 0;
  let answers = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
  const score = (frame: Frame) => {
    now += tookMs(answers++);
    return new Float64Array(frame.rows).fill(0.5);
  };
  try {
    return await latency.run(contextOf({ ...made, scorer: { ...made.scorer, score } }, { latency: null, ...overrides }));
  } finally {
    clock.mockRestore();
  }
}

describe("latency", () => {
  test("passed, failed, or undecided when the interval of p99 holds the budget", async () => {
    const slow = (share: number) => (answer: number) => (answer % 1000 < 1000 * share ? 12 : 1);
    const latencyBudgetMs = 10;
    expect((await judged(slow(0.002), { latencyBudgetMs })).status).toBe("passed");
    const failed = await judged(slow(0.03), { latencyBudgetMs });
    expect([failed.status, failed.why]).toEqual(["failed", expect.stringContaining("run prove again on a quiet machine")]);
    expect((await judged(() => 12, { latencyBudgetMs })).why).not.toContain("quiet");
    const open = await judged(slow(0.011), { latencyBudgetMs });
    expect([open.status, open.evidence.p99Ms, open.evidence.p99LowMs, open.evidence.p99HighMs]).toEqual(["undecided", 12, 1, 12]);
    expect(open.why).toMatch(/cannot be told\. The median is within it, so other programs may have slowed the rest/);
  });

  test("too few answers bound nothing: undecided, unless nearly all are too slow", async () => {
    expect((await judged(() => 90, { latencyBudgetMs: 100 })).status).toBe("undecided");
    expect((await judged(() => 90, { latencyBudgetMs: 80 })).status).toBe("failed");
  });

  test("what was timed before is taken when it settles the question", async () => {
    const never = () => {
      throw new Error("timed again");
    };
    expect(await judged(never, { latency: before, latencyBudgetMs: 29 })).toMatchObject({ status: "passed", evidence: { count: 1000 } });
    for (const [earlier, budget] of [
      [before, 28],
      [{ ...before, count: 367 }, 29],
    ] as const)
      expect(await judged(() => 1, { latency: earlier, latencyBudgetMs: budget })).toMatchObject({
        status: "passed",
        evidence: { count: 2000 },
      });
  });

  test("two looks share the error: what passes alone is undecided as a second look", async () => {
    // Of 2,000 answers 12 are slow: P(Bin(2000, 0.01) <= 12) = 0.038.
    const slow = (answer: number) => (answer % 1000 < 6 ? 12 : 1);
    expect((await judged(slow, { latencyBudgetMs: 10 })).status).toBe("passed");
    expect((await judged(slow, { latency: before, latencyBudgetMs: 10 })).status).toBe("undecided");
    expect((await judged(() => 1, { latency: { ...before, count: 368 }, latencyBudgetMs: 29 })).evidence.count).toBe(368);
  });

  test("it says what was timed, and which of two measurements it is", async () => {
    const work = "native, from the JSON text of a request to that of the answer, without network and waiting";
    const same = await judged(() => 1, { latency: before, latencyBudgetMs: 29 });
    expect(same.why).toContain(
      `p99 of 1000 answers, each alone, is 20 ms on this machine (median 1 ms; ${work}; the measurement that stands under speed)`,
    );
    const anew = await judged(() => 1, { latency: before, latencyBudgetMs: 28 });
    expect(anew.why).toContain(`${work}; timed anew, since p99 20 ms of the 1000 answers that stand under speed did not settle it)`);
    expect((await judged(() => 1, {})).why).toContain(`${work})`);
  });

  test("the work is that of a request: records are read and answers written", async () => {
    const frameOf = vi.fn(made.scorer.frameOf);
    await latency.run(contextOf({ ...made, scorer: { ...made.scorer, frameOf } }, { latency: null }));
    expect(frameOf.mock.calls.length).toBeGreaterThan(100);
  });

  test("each bound is wrong in at most 5 % of samples, and the bounds are no wider than needed", () => {
    const random = createRandom(5, "latency");
    let [below, above] = [0, 0];
    const draws = 4000;
    const { low, high } = boundRanks(1000, 0.05);
    for (let draw = 0; draw < draws; draw++) {
      let within = 0;
      for (let i = 0; i < 1000; i++) if (random.next() < 0.99) within++;
      if (within < low) below++;
      if (within >= high) above++;
    }
    for (const wrong of [below, above]) {
      expect(wrong / draws).toBeLessThan(0.06);
      expect(wrong / draws).toBeGreaterThan(0.01);
    }
    expect([boundRanks(298, 0.05).high, boundRanks(299, 0.05).high]).toEqual([299, 299]);
    expect([boundRanks(367, 0.025).high, boundRanks(368, 0.025).high]).toEqual([368, 368]);
  });

  test("one absolute time is no test of whether speed has become worse", () => {
    expect(GATES.flatMap(({ rubric }) => rubric)).not.toContain("O6");
  });
});
