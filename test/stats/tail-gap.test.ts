import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../src/core/random.ts";
import { gapAbove, tailGap } from "../../src/stats/index.ts";

const drawn = (seed: number, rows: number, draw: (random: Random) => number) => {
  const random = createRandom(seed, "tail gap");
  return Float64Array.from({ length: rows }, () => draw(random)).sort();
};
const normal = (random: Random) => Math.abs(random.normal());

describe("the widest gap of a tail", () => {
  test("has its chance in Pareto samples, of whatever exponent", () => {
    const p = Array.from(
      { length: 1000 },
      (_, seed) =>
        tailGap(
          drawn(seed, 200, (random) => (1 - random.next()) ** -2),
          8,
        )!.p,
    );
    const share = p.filter((one) => one < 0.05).length / p.length;
    expect(share).toBeGreaterThan(0.015);
    expect(share).toBeLessThan(0.05);
  });

  test.each<[string, (random: Random) => number]>([
    ["normal", normal],
    ["log-normal", (random) => Math.exp(random.normal())],
    ["counts", (random) => Math.floor(-3 * Math.log(1 - random.next())) + 1],
    ["prices in tens and nines", (random) => 10 * Math.round(Math.exp(2 + random.normal())) + (random.next() < 0.5 ? 9 : 10)],
  ])("is no wonder in %s ones", (_, draw) => {
    const small = Array.from({ length: 200 }, (_, seed) => tailGap(drawn(seed, 300, draw), 8)).filter((gap) => (gap?.p ?? 1) < 0.01);
    expect(small.length).toBeLessThanOrEqual(2);
  });

  test("two values at fifteen deviations of normal ones are told, and where the others end", () => {
    const others = drawn(3, 600, normal);
    const gap = tailGap(Float64Array.from([...others, 15, 16]), 12)!;
    expect(gap).toMatchObject({ beyond: 2, from: others.at(-1), to: 15 });
    expect(gap.p).toBeLessThan(1e-4);
  });

  test("on a coarse scale a step is no gap, a hundred steps are", () => {
    const marks = drawn(4, 600, (random) => 1 + random.integer(6));
    expect(tailGap(Float64Array.from([...marks, 7, 7]), 12)).toBeNull();
    expect(tailGap(Float64Array.from([...marks, 600, 700]), 12)!.p).toBeLessThan(1e-4);
    expect(tailGap(drawn(4, 20, normal), 3)).toBeNull();
  });
});

describe("the gap above a bound", () => {
  const pareto = (random: Random) => (1 - random.next()) ** -2;

  test("has its chance in Pareto samples, wherever the bound is", () => {
    const p = Array.from({ length: 1000 }, (_, seed) => gapAbove(drawn(seed, 300, pareto), 200 + 10 * (seed % 50))?.p ?? 1);
    const share = p.filter((one) => one < 0.05).length / p.length;
    expect(share).toBeGreaterThan(0.01);
    expect(share).toBeLessThan(0.06);
  });

  test("is told beside a wider one elsewhere, and not where that one is", () => {
    const sample = Float64Array.from([...drawn(3, 600, normal), 20, 21, 22, 23, 900, 901]);
    expect(gapAbove(sample, 5)).toMatchObject({ beyond: 6, from: 5, to: 20 });
    expect(gapAbove(sample, 5)!.p).toBeLessThan(0.001);
    expect(gapAbove(sample, 2)?.p ?? 1).toBeGreaterThan(0.05);
    expect([gapAbove(sample, 1000), gapAbove(sample.subarray(590), 5)]).toEqual([null, null]);
  });
});
