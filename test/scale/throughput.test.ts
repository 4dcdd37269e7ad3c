import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latencyOf, measureThroughput, serviceTimeOf, type TimedModel } from "../../src/scale/index.ts";
import { medianRanks, medianRate } from "../../src/scale/throughput.ts";
import { quantiles } from "../../src/stats/index.ts";

/** A model on a clock that only moves when it is called: `batchMs` a batch, `rowMs(turn)` a row. */
function fakeModel(batchMs: (turn: number) => number, rowMs: (turn: number) => number) {
  let time = 0;
  let resident = 1000;
  const calls = { batches: 0, rows: 0 };
  const model: TimedModel = {
    runtime: "native",
    threads: 1,
    modelBytes: 7,
    batchRows: 100,
    scoreBatch: () => {
      time += batchMs(calls.batches++);
      resident = 5000;
    },
    scoreOne: (turn) => {
      calls.rows++;
      time += rowMs(turn);
      resident = 3000;
    },
  };
  return { model, calls, now: () => time, residentBytes: () => resident };
}

describe("measureThroughput", () => {
  test("counts what the clock says: 100 rows in 10 ms are 10,000 a second", async () => {
    const { model, calls, now, residentBytes } = fakeModel(
      () => 10,
      (turn) => (turn % 10 === 9 ? 5 : 1),
    );
    const result = await measureThroughput(model, { seconds: 1, now, residentBytes });
    expect(result.rowsPerSecond).toMatchObject({ value: 10_000, low: 10_000, high: 10_000, level: 0.95 });
    // 0.3 s of warm-up and 1 s of measuring.
    expect(calls.batches).toBe(130);
    expect(result.singleRow).toMatchObject({ p50Ms: 1, p90Ms: 1, p99Ms: 5, maxMs: 5 });
    expect([result.memoryBytes, result.processBytes]).toEqual([4000, 3000]);
    expect(result).toMatchObject({ runtime: "native", threads: 1, batchRows: 100, modelBytes: 7 });
  });

  test("slow first calls are warm-up, a single hiccup does not move the median", async () => {
    const { model, now, residentBytes } = fakeModel(
      (turn) => (turn < 3 ? 100 : turn === 40 ? 300 : 10),
      () => 1,
    );
    const result = await measureThroughput(model, { seconds: 1, now, residentBytes });
    expect(result.rowsPerSecond.value).toBe(10_000);
  });

  test("a model that is slower than the time is still measured a few times, and that ends", async () => {
    const { model, calls, now, residentBytes } = fakeModel(
      () => 900,
      () => 400,
    );
    const result = await measureThroughput(model, { seconds: 1, now, residentBytes });
    expect(calls.batches).toBe(1 + 5);
    expect(result.rowsPerSecond.level).toBeLessThan(0.95);
    expect(calls.rows).toBeLessThanOrEqual(16);
  });

  test("memory is counted from before the model was loaded, when that is known", async () => {
    const { model, now, residentBytes } = fakeModel(
      () => 10,
      () => 1,
    );
    expect((await measureThroughput(model, { seconds: 0.1, now, residentBytes, residentBefore: 400 })).memoryBytes).toBe(4600);
  });

  test("says how much of a processor it had", async () => {
    const { model, now, residentBytes } = fakeModel(
      () => 10,
      () => 1,
    );
    const result = await measureThroughput(model, { seconds: 0.1, now, residentBytes, processorMs: () => 0.6 * now() });
    expect(result.processorShare).toBeCloseTo(0.6, 9);
  });

  test("answers that come later are waited for", async () => {
    let time = 0;
    const later = async (ms: number) => {
      await Promise.resolve();
      time += ms;
    };
    const model: TimedModel = {
      runtime: "onnx",
      threads: 1,
      modelBytes: 1,
      batchRows: 10,
      scoreBatch: () => later(20),
      scoreOne: () => later(2),
    };
    const result = await measureThroughput(model, { seconds: 0.2, now: () => time, residentBytes: () => 0 });
    expect(result.rowsPerSecond.value).toBe(500);
    expect(result.singleRow.p50Ms).toBe(2);
  });
});

describe("median of batches", () => {
  test("the interval leaves out as many as the binomial allows: 2 of 10 on each side is too many, 1 is not", () => {
    // 1 - 2 P(Bin(10, 1/2) <= 1) = 1 - 2 * 11 / 1024 = 0.9785; with <= 2: 1 - 2 * 56 / 1024 = 0.8906.
    expect(medianRanks(10, 0.95)).toEqual({ below: 1, level: 0.95 });
    expect(medianRanks(5, 0.95)).toEqual({ below: 0, level: 1 - 2 / 32 });
    expect(medianRate([1, 2, 4, 5, 8, 10, 10, 20, 40, 50], 1)).toMatchObject({ value: (1000 / 8 + 1000 / 10) / 2, low: 25, high: 500 });
  });
});

describe("latency", () => {
  test("the quantiles are those of the stats room, which the latency gate takes too", () => {
    const times = Array.from({ length: 100 }, (_, i) => ((i * 37) % 100) + 1);
    const [p50Ms, p90Ms, p99Ms] = quantiles(times, [0.5, 0.9, 0.99]);
    expect(latencyOf(times)).toMatchObject({ count: 100, p50Ms, p90Ms, p99Ms, maxMs: 100 });
    expect(p99Ms).toBeCloseTo(99.01, 10);
    expect(latencyOf([3])).toMatchObject({ count: 1, p50Ms: 3, p99Ms: 3, maxMs: 3 });
  });

  test("the histogram counts every time once, below its upper edge; its edges are ten to a decade", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 60 }), (times) => {
        const { histogram, maxMs } = latencyOf(times);
        expect(histogram.reduce((sum, { count }) => sum + count, 0)).toBe(times.length);
        expect(histogram.at(-1)!.upToMs).toBeGreaterThanOrEqual(maxMs * (1 - 1e-5));
        for (const [i, { upToMs, count }] of histogram.entries()) {
          const below = histogram[i - 1]?.upToMs ?? 0;
          if (i > 0) expect(upToMs / below).toBeCloseTo(10 ** 0.1, 4);
          if (i > 0) expect(times.filter((ms) => ms > below * (1 + 1e-5) && ms <= upToMs * (1 - 1e-5)).length).toBeLessThanOrEqual(count);
        }
      }),
      { seed: 3 },
    );
  });

  test("mean and spread from the histogram are near those of the times", () => {
    const times = Array.from({ length: 2000 }, (_, i) => -Math.log(1 - (i + 0.5) / 2000));
    const { meanMs, cv2 } = serviceTimeOf(latencyOf(times));
    expect(Math.abs(meanMs - 1)).toBeLessThan(0.05);
    expect(Math.abs(cv2 - 1)).toBeLessThan(0.1);
  });
});
