import { expect, test } from "vitest";
import type { Column, Frame } from "../../../src/core/column.ts";
import { takeRows } from "../../../src/core/column.ts";
import { createRandom } from "../../../src/core/random.ts";
import type { CorrectedLabels, Recipe } from "../../../src/core/recipe.ts";
import { targetValues } from "../../../src/core/target.ts";
import { createLab, estimateOf as estimate, inProcessExecutor, memoryLedger } from "../../../src/lab/index.ts";
import type { Workspace } from "../../../src/problems/kind.ts";
import { correctedTarget } from "../../../src/problems/tabular/corrected-labels.ts";
import { withCorrections } from "../../../src/problems/tabular/corrected-score.ts";
import { experimentFor, type Question } from "../../../src/problems/tabular/experiment.ts";
import type { TabularQuestion } from "../../../src/problems/tabular/question.ts";
import { runFold } from "../../../src/problems/tabular/runner.ts";
import { comparisonOf, estimateOf } from "../../journey/results.ts";

const task = { kind: "binary", classes: ["no", "yes"] } as const;
const ROWS = 3000;
const FEATURES = ["a", "b"];

/** No label is wrong: each is drawn from its probability. */
function cleanFrame(): Frame {
  const random = createRandom(5, "clean");
  const a = Float64Array.from({ length: ROWS }, () => random.normal());
  const b = Float64Array.from({ length: ROWS }, () => random.normal());
  const y = Int32Array.from(a, (value, row) => Number(random.next() < 1 / (1 + Math.exp(-2 * (value + (b[row] ?? 0))))));
  const columns: Column[] = [
    { name: "a", type: "number", values: a },
    { name: "b", type: "number", values: b },
    { name: "y", type: "category", codes: y, levels: ["no", "yes"] },
  ];
  return { rows: ROWS, columns, rowNumbers: null };
}

function questionOf(): Question {
  const columns = FEATURES.map((name) => ({ name, type: "number", distinct: ROWS, missing: 0 }));
  return {
    dataset: { version: "clean", columns } as unknown as Question["dataset"],
    target: "y",
    task,
    weight: null,
    heldOut: 0,
    metrics: ["auc"],
    seed: 3,
  };
}

const frame = cleanFrame();
const truth = targetValues(frame, "y", task);
const lab = createLab({
  executor: inProcessExecutor(runFold),
  store: memoryLedger(),
  seed: 3,
  budgetMs: null,
  signal: null,
  onProgress: () => undefined,
});
lab.addFrame("clean", frame);

const outcomeOf = (recipe: Recipe) =>
  lab.run(
    experimentFor(questionOf(), {
      features: FEATURES,
      recipe,
      split: { policy: "stratified", folds: 5, repeats: 2 },
      estimator: { name: "boosting", params: {} },
    }),
  );

const correction = (labels: readonly CorrectedLabels[]): Recipe => [{ op: "correct-labels", target: "y", labels }];

/** Every row where the model is of another opinion than the label, with the model's opinion. */
async function proposals(): Promise<CorrectedLabels[]> {
  const { outOfFold } = await outcomeOf([]);
  const sum = new Float64Array(ROWS);
  outOfFold.rows.forEach((row, i) => {
    sum[row] = (sum[row] ?? 0) + (outOfFold.outputs[i] ?? 0) / outOfFold.repeats;
  });
  const rows = Array.from(sum.keys());
  return [
    { label: "no", rows: rows.filter((row) => truth[row] === 1 && sum[row]! < 0.5) },
    { label: "yes", rows: rows.filter((row) => truth[row] === 0 && sum[row]! > 0.5) },
  ];
}

test("on clean data, copying every proposal does not raise the score beyond its interval; by the copied labels it would", async () => {
  const labels = await proposals();
  expect(labels.reduce((count, { rows }) => count + rows.length, 0)).toBeGreaterThan(300);
  const [before, after] = [await outcomeOf([]), await outcomeOf(correction(labels))];
  const { value, high } = estimate(before, "auc", 0.95);
  const honest = estimate(after, "auc", 0.95).value;
  expect(after.id).not.toBe(before.id);
  expect(honest).toBeLessThan(high);
  expect(Math.abs(honest - value)).toBeLessThan(0.03);

  const space = { lab, frame, corrections: labels } as unknown as Workspace;
  const question = { truth, weight: null, task } as unknown as TabularQuestion;
  const comparison = comparisonOf({ why: ["It is the best."] });
  const told = withCorrections(comparison, space, question, after);
  expect(told.corrections!.asCorrected! - comparison.candidates[0]!.score.value).toBeGreaterThan(0.05);
  expect(told.why[0]).toMatch(
    /^\d+ labels were corrected and nobody has checked them .* judged by the label as delivered\. By the labels as delivered: ROC AUC 0\.80/,
  );
  expect(told.why[0]).toContain("not counted as proof");
  expect(told.why[1]).toBe("It is the best.");
  expect(withCorrections(comparison, { ...space, corrections: [] }, question, after)).toBe(comparison);
  // The test set judges as delivered: nothing else is claimed of it.
  const test = { rows: 9, score: estimateOf(0.8, 0.7, 0.9), overBaseline: null, beside: [], gap: estimateOf(0, -1, 1) };
  expect(withCorrections({ ...comparison, test }, space, question, after).corrections).toMatchObject({ asCorrected: null });
});

test("judged rows are the same with corrections, also where a label is taken away", async () => {
  const [before, after] = [await outcomeOf([]), await outcomeOf(correction([{ label: null, rows: [7] }]))];
  expect(after.outOfFold.rows).toEqual(before.outOfFold.rows);
  expect(after.folds.map(({ testRows }) => testRows)).toEqual(before.folds.map(({ testRows }) => testRows));
});

test("corrections are found by the row number of the dataset in a sample of it", () => {
  const sample = takeRows(frame, Int32Array.from([4, 9, 30]));
  const delivered = targetValues(sample, "y", task);
  const recipe = correction([
    { label: "no", rows: [0, 9] },
    { label: null, rows: [30] },
  ]);
  expect([...correctedTarget({ recipe, task, target: "y" }, sample, delivered)]).toEqual([delivered[0], 0, Number.NaN]);
});

test("numbers are corrected to numbers", () => {
  const values = Float64Array.from([1, 2, 3]);
  const recipe = correction([{ label: "2.5", rows: [2] }]);
  const regression = { kind: "regression" } as const;
  expect([...correctedTarget({ recipe, task: regression, target: "y" }, { rows: 3, rowNumbers: null }, values)]).toEqual([1, 2, 2.5]);
});
