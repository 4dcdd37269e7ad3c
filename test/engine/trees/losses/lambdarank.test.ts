import fc from "fast-check";
import { expect, test } from "vitest";
import { createLoss, type LossRows } from "../../../../src/engine/trees/losses/index.ts";
import { gradientsOf, lossCase } from "./rows.ts";

const seeds = fc.integer({ min: 0, max: 1e6 });
const name = { loss: "lambdarank", norm: false, truncation: 3, sigmoid: 1.5 } as const;

/** Sum over pairs of |dNDCG| log(1 + exp(-sigma (s_high - s_low))), with ranks and |dNDCG| taken at `ranking` and held. By the book. */
function pairLoss({ target, weight, rows, query }: LossRows, ranking: Float64Array, scores: Float64Array, only: number): number {
  let sum = 0;
  for (const id of new Set(rows.map((row) => query![row]!))) {
    const inside = Array.from(rows).filter((row) => query![row] === id);
    const ranked = inside.sort((a, b) => ranking[b]! - ranking[a]!);
    const gain = (row: number) => 2 ** target[row]! - 1;
    const ideal = ranked
      .map(gain)
      .sort((a, b) => b - a)
      .slice(0, name.truncation)
      .reduce((total, one, rank) => total + one / Math.log2(rank + 2), 0);
    for (let i = 0; i < Math.min(name.truncation, ranked.length); i++) {
      for (let j = i + 1; j < ranked.length; j++) {
        const [a, b] = [ranked[i]!, ranked[j]!];
        if (target[a] === target[b] || (a !== only && b !== only)) continue;
        const change = (Math.abs(gain(a) - gain(b)) * Math.abs(1 / Math.log2(i + 2) - 1 / Math.log2(j + 2))) / ideal;
        const distance = target[a]! > target[b]! ? scores[a]! - scores[b]! : scores[b]! - scores[a]!;
        sum += change * Math.log1p(Math.exp(-name.sigmoid * distance));
      }
    }
  }
  return sum * (weight === null ? 1 : weight[only]!);
}

test("lambdas are the slopes of the pairwise loss with ranks held", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const { sample, scores } = lossCase(name, seed);
      const { gradients } = gradientsOf(name, { sample, scores });
      const [ranking, moved] = [scores[0]!, scores[0]!.slice()];
      for (const row of sample.rows) {
        moved[row] = ranking[row]! + 1e-5;
        const above = pairLoss(sample, ranking, moved, row);
        moved[row] = ranking[row]! - 1e-5;
        const slope = (above - pairLoss(sample, ranking, moved, row)) / 2e-5;
        moved[row] = ranking[row]!;
        expect(Math.abs(gradients[0]![row]! - slope)).toBeLessThan(1e-6);
      }
    }),
    { numRuns: 15 },
  );
});

test("lambdas of a query sum to 0 without weights, also with norm and equal scores", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const made = lossCase({ loss: "lambdarank" }, seed);
      const sample = { ...made.sample, weight: null };
      const scores = [made.scores[0]!.map((score) => Math.round(score * 2))];
      const [gradient] = gradientsOf({ loss: "lambdarank" }, { sample, scores }).gradients;
      for (const id of new Set(sample.query)) {
        const sum = sample.rows.filter((row) => sample.query![row] === id).reduce((total, row) => total + gradient![row]!, 0);
        expect(Math.abs(sum)).toBeLessThan(1e-12);
      }
    }),
    { numRuns: 15 },
  );
});

test("a query of one row or one label has no gradient, and its loss is that of a perfect order", () => {
  const target = Float64Array.of(2, 1, 1, 0, 0);
  const query = Int32Array.of(9, 4, 4, -3, -3);
  const sample = { target, weight: null, rows: Int32Array.of(0, 1, 2, 3, 4), count: 5, query };
  const scores = [Float64Array.of(1, 2, 3, 4, 5)];
  const { gradients, hessians } = gradientsOf({ loss: "lambdarank" }, { sample, scores });
  expect([...gradients[0]!, ...hessians[0]!].every((value) => value === 0)).toBe(true);
  expect(createLoss({ loss: "lambdarank" }, sample).mean(scores, sample)).toBeCloseTo(0, 12);
});

test("rows of a query need not lie together", () => {
  const { sample, scores } = lossCase(name, 11);
  const turned = sample.rows.map((_, i) => sample.rows[(i * 7) % sample.count]!);
  expect(new Set(turned).size).toBe(sample.count);
  const [a, b] = [sample.rows, turned].map((rows) => gradientsOf(name, { sample: { ...sample, rows }, scores }).gradients[0]!);
  for (const row of sample.rows) expect(b![row]).toBeCloseTo(a![row]!, 12);
});
