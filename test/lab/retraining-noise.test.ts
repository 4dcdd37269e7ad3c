import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { compareOutcomes, retrainingNoise, trainingsForNoise } from "../../src/lab/index.ts";
import { outcomesOf } from "./periods.ts";

const ROWS = 500;
const FOLDS = 5;

/** Errors of `count` trainings of one model: the same rows are hard for all, and each training is off by its own amount in each period. */
function trainings(seed: number, count: number, spread: number): Float64Array[] {
  const random = createRandom(seed, "trainings");
  const hard = Float64Array.from({ length: ROWS }, () => random.normal());
  return Array.from({ length: count }, () => {
    const scales = Array.from({ length: FOLDS }, () => Math.exp(spread * random.normal()));
    return hard.map((error, row) => error * (scales[Math.floor((row * FOLDS) / ROWS)] ?? 1));
  });
}

describe("models that are trained anew on nearly the same rows", () => {
  test("twice the variance within the folds, a degree of freedom less than trainings for each", () => {
    const { outcomes } = outcomesOf(trainings(1, 3, 0.02));
    const scores = outcomes.map(({ folds }) => folds.map((fold) => fold.scores.rmse!));
    const wanted = Array.from({ length: FOLDS }, (_, fold) => {
      const own = scores.map((of) => of[fold]!);
      const mean = own.reduce((sum, one) => sum + one, 0) / 3;
      return own.reduce((sum, one) => sum + (one - mean) ** 2, 0);
    }).reduce((sum, one) => sum + one / FOLDS, 0);
    const noise = retrainingNoise(outcomes, "rmse")!;
    expect(noise.variance).toBeCloseTo(wanted, 12);
    expect(noise.df).toBe(2 * FOLDS);
  });

  test("their difference is called real as rarely as it should, and far too often without it", () => {
    const drawn = Array.from({ length: 100 }, (_, seed) => {
      const { outcomes, ground } = outcomesOf(trainings(seed, 4, 0.02));
      const [a, b, ...others] = outcomes as [(typeof outcomes)[0] & object, (typeof outcomes)[0] & object];
      const noise = retrainingNoise([a, ...others], "rmse");
      return [compareOutcomes(a, b, "rmse", 0.95, ground, noise), compareOutcomes(a, b, "rmse", 0.95, ground)];
    });
    const calls = [0, 1].map((place) => drawn.filter((pair) => (pair[place]?.p ?? 1) <= 0.05).length);
    // 5 are expected, more than 12 come by chance once in a thousand times.
    expect(calls[0]).toBeLessThanOrEqual(12);
    expect(calls[1]).toBeGreaterThan(50);
  });

  test("equal answers stay equal, and a difference beyond the noise is still seen", () => {
    const [same, ...others] = trainings(3, 3, 0.02) as [Float64Array, ...Float64Array[]];
    const { outcomes, ground } = outcomesOf([same, same, same.map((error) => 1.5 * error), ...others]);
    const noise = retrainingNoise([outcomes[0]!, ...outcomes.slice(3)], "rmse");
    expect(compareOutcomes(outcomes[0]!, outcomes[1]!, "rmse", 0.95, ground, noise)).toMatchObject({
      p: 1,
      difference: { value: 0, low: 0, high: 0 },
    });
    const { difference } = compareOutcomes(outcomes[0]!, outcomes[2]!, "rmse", 0.95, ground, noise);
    expect(difference.low).toBeGreaterThan(0.3);
    expect(difference.method).toContain("of training anew");
  });

  test("two folds say too little", () => {
    const two = { split: { policy: "time" as const, by: null, folds: 2 } };
    expect(retrainingNoise(outcomesOf(trainings(4, 3, 0.02), two).outcomes, "rmse")).toBeNull();
  });

  test("as many trainings as are asked for say enough; folds that are no periods need none", () => {
    const given = { policy: "given", testRows: 100 } as const;
    for (const split of [given, ...[2, 3, 5].map((folds) => ({ policy: "time" as const, by: null, folds }))]) {
      const asked = trainingsForNoise(split);
      const noise = (anew: number) => retrainingNoise(outcomesOf(trainings(5, 1 + anew, 0.02), { split }).outcomes, "rmse");
      expect(noise(asked)!.df).toBeGreaterThanOrEqual(6);
      if (asked > 2) expect(noise(asked - 1)).toBeNull();
    }
    expect(trainingsForNoise({ policy: "stratified", folds: 5, repeats: 2 })).toBe(0);
    expect(trainingsForNoise({ policy: "group", by: ["g"], folds: 5, repeats: 1 })).toBe(0);
  });
});
