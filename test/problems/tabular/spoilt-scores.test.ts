import { expect, test } from "vitest";
import type { Frame } from "../../../src/core/column.ts";
import type { Experiment } from "../../../src/core/experiment.ts";
import { createRandom } from "../../../src/core/random.ts";
import { BudgetEnded, createLab, inProcessExecutor, memoryLedger, WouldNotFit } from "../../../src/lab/index.ts";
import { jobs, runFold } from "../../../src/problems/tabular/runner.ts";
import { spoiltMs, spoiltScores } from "../../../src/problems/tabular/spoilt-scores.ts";

const ROWS = 300;

/** y follows a and a town. */
function table(): Frame {
  const random = createRandom(5, "spoilt");
  const a = Float64Array.from({ length: ROWS }, () => random.normal());
  const codes = Int32Array.from({ length: ROWS }, () => random.integer(4));
  const y = a.map((value, row) => 2 * value + 3 * (codes[row] ?? 0) + random.normal());
  return {
    rows: ROWS,
    columns: [
      { name: "a", type: "number", values: a },
      { name: "town", type: "category", levels: ["p", "q", "r", "s"], codes },
      { name: "y", type: "number", values: y },
    ],
    rowNumbers: null,
  };
}

const experiment = (name: string): Experiment => ({
  kind: "tabular",
  dataset: "v",
  target: "y",
  task: { kind: "regression" },
  features: ["a", "town"],
  weight: null,
  recipe: [],
  split: { policy: "random", folds: 4, repeats: 2 },
  trainRows: null,
  estimator: { name, params: name === "boosting" ? { rounds: 40, learningRate: 0.2, minRowsPerLeaf: 5 } : {} },
  metrics: ["rmse"],
  seed: 1,
});

async function world(left: number, verdict = "model") {
  const executor = inProcessExecutor(runFold, jobs);
  const lab = createLab({ executor, store: memoryLedger(), seed: 1, budgetMs: null, signal: null, onProgress: () => undefined });
  lab.addFrame("v", table());
  const [outcome, baseline] = [await lab.run(experiment("boosting")), await lab.run(experiment("one-column-rule"))];
  const space = { lab: { ...lab, left: () => left } } as unknown as Parameters<typeof spoiltScores>[0];
  const choice = { outcome, baseline, comparison: { metric: "rmse", verdict } } as unknown as Parameters<typeof spoiltScores>[1];
  return { lab, space, choice, outcome };
}

test("spoilt rows are judged by the folds' models, the gain is paired and both are experiments", async () => {
  const { lab, space, choice, outcome } = await world(Number.POSITIVE_INFINITY);
  const whole = await spoiltScores(space, choice, { kind: "missing", share: 0 });
  const firstRepeat = outcome.folds.slice(0, 4).reduce((sum, { scores }) => sum + scores.rmse! / 4, 0);
  expect(whole!.model.value).toBeCloseTo(firstRepeat, 12);
  for (const kind of ["missing", "unknown"] as const) {
    const { model, rule, gain } = (await spoiltScores(space, choice, { kind, share: 0.3 }))!;
    expect(model.value).toBeGreaterThan(whole!.model.value);
    expect(gain.value).toBeCloseTo(rule.value - model.value, 12);
    expect(gain.low).toBeLessThan(gain.value);
    const before = lab.counts.computed;
    const asked = {
      ...outcome.experiment,
      split: { policy: "random", folds: 4, repeats: 1 } as const,
      spoiltWhenJudged: { kind, share: 0.3 },
    };
    expect((await lab.run(asked)).id).toBe(gain.experiments[0]);
    expect(lab.counts.computed).toBe(before);
  }
});

test("nothing is measured without a model, nor when it would take more than its share of what is left", async () => {
  const ruled = await world(Number.POSITIVE_INFINITY, "simple-rule");
  expect(await spoiltScores(ruled.space, ruled.choice, { kind: "missing", share: 0.1 })).toBeNull();
  const late = await world(1e-6);
  await expect(spoiltScores(late.space, late.choice, { kind: "missing", share: 0.1 })).rejects.toThrow(WouldNotFit);
  const over = await world(0);
  const ended = await spoiltScores(over.space, over.choice, { kind: "missing", share: 0.1 }).catch((error: unknown) => error);
  expect(ended).toBeInstanceOf(BudgetEnded);
  expect(ended).not.toBeInstanceOf(WouldNotFit);
});

test("what is reserved for both gates is enough for one after the other", async () => {
  const { space, choice } = await world(Number.POSITIVE_INFINITY);
  const reserved = spoiltMs(space, choice);
  expect(reserved).toBeGreaterThan(0);
  const needed = reserved / 2.5;
  for (const left of [reserved, reserved - needed]) {
    const tight = { ...space, lab: { ...space.lab, left: () => left } };
    expect(await spoiltScores(tight, choice, { kind: "unknown", share: left / reserved / 10 })).not.toBeNull();
  }
  const { space: other, choice: ruled } = await world(Number.POSITIVE_INFINITY, "simple-rule");
  expect(spoiltMs(other, ruled)).toBe(0);
});
