import type { Experiment, Outcome } from "../../src/core/experiment.ts";
import { createRandom, type Random } from "../../src/core/random.ts";
import type { SplitPolicy } from "../../src/core/split.ts";
import type { Ground } from "../../src/lab/index.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import { experiment } from "./tables.ts";

/** Standard normal values of which neighbours correlate by rho. */
export function autoregressive(random: Random, n: number, rho: number): Float64Array {
  let last = random.normal();
  return Float64Array.from({ length: n }, () => {
    const now = last;
    last = rho * last + Math.sqrt(1 - rho ** 2) * random.normal();
    return now;
  });
}

export const DAYS: SplitPolicy = { policy: "time", by: null, folds: 5 };

/** Outcomes of models with these errors on a target of zeros; the judged rows lie in equal folds, in row order. */
export function outcomesOf(errors: readonly Float64Array[], changes: Partial<Experiment> = {}): { outcomes: Outcome[]; ground: Ground } {
  const rows = errors[0]!.length;
  const [metric = "rmse"] = changes.metrics ?? [];
  const asked = experiment({ split: DAYS, metrics: [metric], ...changes });
  const count = "folds" in asked.split ? asked.split.folds : 1;
  const size = rows / count;
  const truth = new Float64Array(rows);
  const outcomes = errors.map((outputs, i) => {
    const folds = Array.from({ length: count }, (_, fold) => {
      const own = {
        task: asked.task,
        truth: truth.subarray(0, size),
        outputs: outputs.subarray(fold * size, (fold + 1) * size),
        weight: null,
      };
      return { fold, trainRows: rows, testRows: size, scores: { [metric]: metricNamed(metric).score(own) }, fitMs: 0, predictMs: 0 };
    });
    const outOfFold = { rows: Int32Array.from({ length: rows }, (_, row) => row), outputs, repeats: 1 };
    return { id: `outcome ${i}`, experiment: asked, folds, scores: {}, outOfFold, notes: {} };
  });
  return { outcomes, ground: { truth, weight: null } };
}

/** Levels of error that differ between folds, as in data that grows or has seasons. */
export const LEVELS = [1, 0.7, 1.3, 2, 0.9];

/**
 * Errors of two models that share most of their noise, each fold at its own level, with the true difference of their RMSE (b - a) and the true
 * RMSE of a. `gain`: share of the shared noise that b has less of.
 */
export function twoModels(
  seed: number,
  perFold: number,
  rho: number,
  gain: number,
): { errors: [Float64Array, Float64Array]; truth: { a: number; difference: number } } {
  const random = createRandom(seed, "two models", perFold, rho);
  const parts = LEVELS.map((level) => {
    const [shared, ofA, ofB] = [0, 1, 2].map(() => autoregressive(random, perFold, rho));
    return {
      a: shared!.map((value, i) => level * (value + ofA![i]! / 2)),
      b: shared!.map((value, i) => level * ((1 - gain) * value + ofB![i]! / 2)),
    };
  });
  const mean = LEVELS.reduce((sum, level) => sum + level, 0) / LEVELS.length;
  const [a, b] = [mean * Math.sqrt(1.25), mean * Math.sqrt((1 - gain) ** 2 + 0.25)];
  const joined = (side: "a" | "b") => Float64Array.from(parts.flatMap((part) => Array.from(part[side])));
  return { errors: [joined("a"), joined("b")], truth: { a, difference: b - a } };
}
