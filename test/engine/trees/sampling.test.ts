import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { uniformStream } from "../../../src/engine/trees/random.ts";
import { createSampler, drawByClass, drawQueries, drawShare, goss } from "../../../src/engine/trees/sampling.ts";

const seeds = fc.integer({ min: 0, max: 1e6 });
const rates = { topRate: 0.2, otherRate: 0.1 };
const options = { sampling: "none", baggingFraction: 1, baggingFreq: 1, posBaggingFraction: 1, negBaggingFraction: 1, ...rates } as const;

function sampleOf(seed: number, count = 200) {
  const uniform = uniformStream(seed, 9);
  const rows = Int32Array.from({ length: count }, (_, i) => i * 2);
  const target = Float64Array.from({ length: 2 * count }, () => (uniform() < 0.3 ? 1 : 0));
  const query = Int32Array.from({ length: 2 * count }, (_, row) => Math.floor(row / 14) * 5);
  // Rounded, so that some sizes are equal.
  const gradients = [Float64Array.from({ length: 2 * count }, () => Math.round(20 * uniform() - 10) / 10)];
  const hessians = [new Float64Array(2 * count).fill(1)];
  return { sample: { target, weight: null, rows, count, query }, gradients, hessians };
}

function expectSubset(drawn: Int32Array, rows: Int32Array): void {
  const inside = new Set(rows);
  for (let i = 0; i < drawn.length; i++) {
    expect(inside.has(drawn[i]!)).toBe(true);
    if (i > 0) expect(drawn[i]!).toBeGreaterThan(drawn[i - 1]!);
  }
}

describe("bagging", () => {
  it("draws the share asked for, in order, by seed", () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0.01, max: 1, noNaN: true }), (seed, share) => {
        const { sample } = sampleOf(seed);
        const drawn = drawShare(sample.rows, share, uniformStream(seed, 1));
        expectSubset(drawn, sample.rows);
        expect(drawn.length).toBe(Math.max(1, Math.round(200 * share)));
        expect(drawShare(sample.rows, share, uniformStream(seed, 1))).toEqual(drawn);
      }),
    );
  });

  it("by class keeps to both shares; by query takes queries whole", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { sample } = sampleOf(seed);
        const count = (rows: Int32Array, y: number) => rows.filter((row) => sample.target[row] === y).length;
        const drawn = drawByClass(sample, 0.9, 0.25, uniformStream(seed, 1));
        expectSubset(drawn, sample.rows);
        expect([count(drawn, 1), count(drawn, 0)]).toEqual([
          Math.round(count(sample.rows, 1) * 0.9),
          Math.round(count(sample.rows, 0) * 0.25),
        ]);
        const byQuery = drawQueries(sample, 0.5, uniformStream(seed, 1));
        expectSubset(byQuery, sample.rows);
        const chosen = new Set(byQuery.map((row) => sample.query[row]!));
        expect(byQuery.length).toBe(sample.rows.filter((row) => chosen.has(sample.query[row]!)).length);
        expect(chosen.size).toBe(Math.round(new Set(sample.rows.map((row) => sample.query[row]!)).size / 2));
      }),
      { numRuns: 30 },
    );
  });

  it("each row is drawn equally often", () => {
    const rows = Int32Array.from({ length: 10 }, (_, i) => i);
    const uniform = uniformStream(4, 4);
    const hits = new Float64Array(10);
    for (let draw = 0; draw < 4000; draw++) for (const row of drawShare(rows, 0.3, uniform)) hits[row]!++;
    // Binomial(4000, 0.3): standard deviation 29; 4.5 of them.
    for (const hit of hits) expect(Math.abs(hit - 1200)).toBeLessThan(130);
  });
});

describe("GOSS", () => {
  it("keeps the largest with factor 1 and draws from the others with factor others / drawn", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { sample, gradients, hessians } = sampleOf(seed);
        const { rows, factor } = goss(sample.rows, gradients, hessians, rates, uniformStream(seed, 1));
        expectSubset(rows, sample.rows);
        expect(rows.length).toBe(60);
        const size = (row: number) => Math.abs(gradients[0]![row]!);
        const sizes = Array.from(sample.rows, size).sort((a, b) => b - a);
        const top = Array.from(rows).filter((_, i) => factor![i] === 1);
        expect(top.map(size).sort((a, b) => b - a)).toEqual(sizes.slice(0, 40));
        expect(Array.from(factor!).filter((one) => one === 160 / 20)).toHaveLength(20);
        expect(goss(sample.rows, gradients, hessians, rates, uniformStream(seed, 1))).toEqual({ rows, factor });
      }),
      { numRuns: 50 },
    );
  });

  it("weighted sums of gradients are right on average", () => {
    const { sample, gradients, hessians } = sampleOf(3);
    const uniform = uniformStream(1, 1);
    const runs = 3000;
    const sums = Array.from({ length: runs }, () => {
      const { rows, factor } = goss(sample.rows, gradients, hessians, rates, uniform);
      return rows.reduce((sum, row, i) => sum + gradients[0]![row]! * factor![i]!, 0);
    });
    const wanted = sample.rows.reduce((sum, row) => sum + gradients[0]![row]!, 0);
    const mean = sums.reduce((a, b) => a + b, 0) / runs;
    const error = Math.sqrt(sums.reduce((a, b) => a + (b - mean) ** 2, 0) / (runs - 1) / runs);
    expect(Math.abs(mean - wanted)).toBeLessThan(4 * error);
    expect(error).toBeGreaterThan(0);
  });

  it("rows are large by gradient times hessian", () => {
    const [gradient, hessian] = [Float64Array.of(4, 3, 2, 1), Float64Array.of(0.1, 0.2, 1, 0.3)];
    const drawn = goss(Int32Array.of(0, 1, 2, 3), [gradient], [hessian], { topRate: 0.25, otherRate: 0.25 }, uniformStream(1, 1));
    expect(drawn.factor![drawn.rows.indexOf(2)]).toBe(1);
  });

  it("sums the outputs, and takes all rows when the rates ask for them", () => {
    const rows = Int32Array.of(0, 1, 2, 3);
    const gradients = [Float64Array.of(1, 0, 2, 0), Float64Array.of(1, 3, 0, 0)];
    const ones = new Float64Array(4).fill(1);
    const drawn = goss(rows, gradients, [ones, ones], { topRate: 0.25, otherRate: 0.25 }, uniformStream(1, 1));
    expect(drawn.rows).toContain(1);
    expect(drawn.factor![drawn.rows.indexOf(1)]).toBe(1);
    expect(goss(rows, gradients, [ones, ones], { topRate: 0.5, otherRate: 0.5 }, uniformStream(1, 1))).toEqual({ rows, factor: null });
  });
});

test("a sampler draws anew every baggingFreq rounds; GOSS begins after 1 / learningRate rounds", () => {
  const { sample, gradients, hessians } = sampleOf(2);
  const uniform = uniformStream(1, 1);
  const plain = { ...sample, query: null };
  const bagger = createSampler({ ...options, sampling: "bagging", baggingFraction: 0.5, baggingFreq: 3 }, 0.1, plain, false);
  const rounds = [1, 2, 3, 4, 5, 6, 7].map((round) => bagger(round, gradients, hessians, uniform).rows);
  expect(rounds[1]).toBe(rounds[0]);
  expect(rounds[2]).toBe(rounds[0]);
  expect(rounds[3]).not.toEqual(rounds[0]);
  expect(rounds[5]).toBe(rounds[3]);
  expect(rounds[6]).not.toEqual(rounds[3]);
  const sampler = createSampler({ ...options, sampling: "goss" }, 0.5, sample, false);
  expect([1, 2, 3].map((round) => sampler(round, gradients, hessians, uniform).rows.length)).toEqual([200, 200, 60]);
  expect(createSampler(options, 0.1, sample, false)(1, gradients, hessians, uniform)).toEqual({ rows: sample.rows, factor: null });
});

test("whole queries are drawn in ranking, rows under any other loss", () => {
  const { sample, gradients, hessians } = sampleOf(2);
  const oneQuery = { ...sample, query: new Int32Array(sample.target.length) };
  const half = { ...options, sampling: "bagging" as const, baggingFraction: 0.5 };
  const drawn = (isRanking: boolean) =>
    createSampler(half, 0.1, oneQuery, isRanking)(1, gradients, hessians, uniformStream(1, 1)).rows.length;
  expect(drawn(true)).toBe(200);
  expect(drawn(false)).toBe(100);
});

test("refused: class fractions without classes, queries without queries", () => {
  const { sample } = sampleOf(2);
  const values = { ...sample, target: sample.target.map((y) => y + 0.5) };
  expect(() => createSampler({ ...options, sampling: "bagging", posBaggingFraction: 0.5 }, 0.1, values, false)).toThrow(
    /targets 0 and 1, got/,
  );
  expect(() => drawQueries({ ...sample, query: null }, 0.5, uniformStream(1, 1))).toThrow(/query per row/);
});
