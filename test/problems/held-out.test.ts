import { describe, expect, test } from "vitest";
import type { Column, Frame } from "../../src/core/column.ts";
import type { Experiment } from "../../src/core/experiment.ts";
import { createRandom } from "../../src/core/random.ts";
import type { Fold } from "../../src/core/split.ts";
import { targetValues } from "../../src/core/target.ts";
import { createLab, foldsOf, inProcessExecutor, memoryLedger, splitInputOf, validationRows } from "../../src/lab/index.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import { type CandidatePlan, type Choice, chooseModel, finalParams, fitCalibrator } from "../../src/model/index.ts";
import { crossFit } from "../../src/model/partition.ts";
import type { Workspace } from "../../src/problems/kind.ts";
import { experimentFor, type Question } from "../../src/problems/tabular/experiment.ts";
import { measureImportance } from "../../src/problems/tabular/importance.ts";
import { type ImportanceInput, JOBS } from "../../src/problems/tabular/jobs.ts";
import { featureFrame, fitPipeline } from "../../src/problems/tabular/pipeline.ts";
import type { TabularQuestion } from "../../src/problems/tabular/question.ts";
import { runFold } from "../../src/problems/tabular/runner.ts";

const task = { kind: "binary", classes: ["no", "yes"] } as const;
const ROWS = 240;
const SPLIT = { policy: "stratified", folds: 4, repeats: 2 } as const;
const FEATURES = ["a", "b", "c"];

/** a, b: numbers with gaps; c: a category; y follows a and c. */
function frame(seed = 1): Frame {
  const random = createRandom(seed, "held out");
  const a = Float64Array.from({ length: ROWS }, () => random.normal());
  const b = a.map((value) => (random.next() < 0.1 ? Number.NaN : value + random.normal()));
  const codes = Int32Array.from({ length: ROWS }, () => random.integer(4));
  const y = Int32Array.from(a, (value, row) => (value + 0.5 * (codes[row]! - 1.5) + random.normal() > 0 ? 1 : 0));
  const columns: Column[] = [
    { name: "a", type: "number", values: a },
    { name: "b", type: "number", values: b },
    { name: "c", type: "category", codes, levels: ["p", "q", "r", "s"] },
    { name: "y", type: "category", codes: y, levels: ["no", "yes"] },
  ];
  return { rows: ROWS, columns, rowNumbers: null };
}

/** Other features and other labels in these rows. Every level and class is still there. */
function perturbed(whole: Frame, rows: Int32Array): Frame {
  const isChanged = new Uint8Array(whole.rows);
  for (const row of rows) isChanged[row] = 1;
  const columns = whole.columns.map((column): Column => {
    if ("values" in column) return { ...column, values: column.values.map((value, row) => (isChanged[row] ? 50 - 7 * value : value)) };
    const levels = column.levels.length;
    return { ...column, codes: column.codes.map((code, row) => (isChanged[row] ? levels - 1 - code : code)) };
  });
  return { ...whole, columns };
}

function questionOf(heldOut: number): Question {
  const columns = FEATURES.map((name) => ({
    name,
    type: name === "c" ? "category" : "number",
    distinct: 200,
    missing: name === "b" ? 20 : 0,
  }));
  const dataset = { version: "held-out", columns } as unknown as Question["dataset"];
  return { dataset, target: "y", task, weight: null, heldOut, metrics: ["auc"], seed: 3 };
}

function asked({ estimator: name, params }: Pick<CandidatePlan, "estimator" | "params">, heldOut = 0): Experiment {
  return experimentFor(questionOf(heldOut), { features: FEATURES, recipe: [], split: SPLIT, estimator: { name, params } });
}

const PLANS: readonly CandidatePlan[] = [
  { name: "constant", label: "the class shares", complexity: 0, estimator: "constant", params: {} },
  { name: "rule", label: "rule on one column", complexity: 1, estimator: "one-column-rule", params: {} },
  { name: "linear", label: "logistic regression", complexity: 2, estimator: "linear", params: {} },
  {
    name: "boosting",
    label: "boosted trees",
    complexity: 3,
    estimator: "boosting",
    params: { rounds: 60, learningRate: 0.1, patience: 5, minRowsPerLeaf: 5 },
  },
  { name: "forest", label: "random forest", complexity: 4, estimator: "forest", params: { trees: 10 } },
];

describe.each(PLANS.map((plan) => [plan.name, plan] as const))("one fold, %s", (_name, plan) => {
  const experiment = asked(plan);
  const whole = frame();
  const input = splitInputOf(whole, "y", task);
  const [fold] = foldsOf(SPLIT, input, experiment.seed) as [Fold];
  const validation = validationRows(SPLIT, fold, input, experiment.seed);

  /** All that fitting makes: recipe, model (with its rounds, strength) and notes. */
  const fitted = (table: Frame, trained: Fold) => {
    const data = { features: featureFrame(table, FEATURES), target: targetValues(table, "y", task), weight: null };
    const { recipe, model } = fitPipeline(data, experiment, trained, validation);
    return JSON.stringify([recipe.toJson(), model.save(), model.notes]);
  };

  test("other features and labels of the judged rows move nothing that is fitted", () => {
    expect(fitted(perturbed(whole, fold.test), fold)).toBe(fitted(whole, fold));
  });

  test("the comparison sees a leak: with judged rows among the training rows it moves", () => {
    const leaky = { ...fold, train: Int32Array.from([...fold.train, ...fold.test]).sort() };
    expect(fitted(perturbed(whole, fold.test), leaky)).not.toBe(fitted(whole, leaky));
  });

  test("the answers to judged rows hang on nothing but their features: their labels move scores alone", () => {
    const labels = perturbed(whole, fold.test).columns.find(({ name }) => name === "y")!;
    const relabelled = { ...whole, columns: whole.columns.map((column) => (column.name === "y" ? labels : column)) };
    const [before, after] = [whole, relabelled].map((table) => runFold(table, experiment, fold, validation));
    expect(after!.outputs).toEqual(before!.outputs);
    if (plan.name !== "constant") expect(after!.scores.auc).not.toBe(before!.scores.auc);
  });
});

describe.each(PLANS.filter(({ name }) => ["linear", "boosting"].includes(name)).map((plan) => [plan.name, plan] as const))(
  "importance, %s",
  (_name, plan) => {
    // Not stratified: labels must not move the folds.
    const split = { policy: "random", folds: 4, repeats: 2 } as const;
    const experiment = { ...asked(plan), split };
    const whole = frame();
    const folds = foldsOf(split, splitInputOf(whole, "y", task), experiment.seed);
    const fold = folds[1]!;

    /** The models that are asked for importance: the one that judges `fold`, and the one with what all folds found. */
    async function models(table: Frame): Promise<{ own: string; ofAll: string }> {
      const lab = createLab({
        executor: inProcessExecutor(runFold),
        store: memoryLedger(),
        seed: 3,
        budgetMs: null,
        signal: null,
        onProgress: () => undefined,
      });
      lab.addFrame("held-out", table);
      const outcome = await lab.run(experiment);
      const inputs: ImportanceInput[] = [];
      const perform = async ({ input }: { input: unknown }) => {
        inputs.push(input as ImportanceInput);
        return JOBS.importance(table, input as ImportanceInput);
      };
      const space = { lab: { folds: lab.folds, perform } } as unknown as Workspace;
      await measureImportance(space, { features: FEATURES } as unknown as TabularQuestion, outcome);
      await lab.close();
      const data = { features: featureFrame(table, FEATURES), target: targetValues(table, "y", task), weight: null };
      const fitted = (one: Experiment) => JSON.stringify(fitPipeline(data, one, fold, null).model.save());
      const own = inputs.find((input) => input.fold.index === fold.index)!;
      expect(own.fold.test).toEqual(fold.test);
      const estimator = { name: experiment.estimator.name, params: finalParams(outcome) };
      return { own: fitted(own.experiment), ofAll: fitted({ ...experiment, estimator }) };
    }

    test("features and labels of the judged rows move nothing of the model; with what other folds found they would", async () => {
      const [before, after] = [await models(whole), await models(perturbed(whole, fold.test))];
      expect(after.own).toBe(before.own);
      expect(after.ofAll).not.toBe(before.ofAll);
    });
  },
);

describe("calibration and threshold of a part come from the other parts of its repeat", () => {
  const rows = 60;
  const random = createRandom(8, "parts");
  const outputs = Float64Array.from({ length: 2 * rows }, () => random.next());
  const truth = Float64Array.from({ length: 2 * rows }, (_, i) => (i % rows) % 2);
  const parts = Int32Array.from({ length: 2 * rows }, (_, i) => (i < rows ? i % 5 : 5 + ((i - rows) % 7)));
  const own = Int32Array.from({ length: rows }, (_, i) => i).filter((i) => parts[i] === 0);

  /** What is fitted for part 0 of the first repeat, when the labels of its rows are turned round in every repeat. */
  const curveOfPart = (isTurned: boolean, repeats: number): string => {
    const labels = truth.slice();
    for (const row of isTurned ? own : []) for (const at of [row, row + rows]) labels[at] = 1 - labels[at]!;
    let curve = "";
    crossFit(
      { of: parts, arePeriods: false },
      repeats,
      (places) => {
        const pick = (values: Float64Array) => Float64Array.from(places, (place) => values[place]!);
        return fitCalibrator("platt", task, pick(labels), pick(outputs), null);
      },
      (calibrator, places) => {
        if (parts[places[0]!] === 0) curve = JSON.stringify(calibrator);
      },
    );
    return curve;
  };

  test("its own labels do not move its curve, in whichever repeat they stand", () => {
    expect(curveOfPart(true, 2)).toBe(curveOfPart(false, 2));
  });

  test("pooled without regard to repeats they would: the same rows stand in the other repeat", () => {
    expect(curveOfPart(true, 1)).not.toBe(curveOfPart(false, 1));
  });
});

describe("a given test set", () => {
  const TEST = 80;
  const testRows = Int32Array.from({ length: TEST }, (_, i) => ROWS - TEST + i);

  async function choose(table: Frame, heldOut: number): Promise<Choice> {
    const lab = createLab({
      executor: inProcessExecutor(runFold),
      store: memoryLedger(),
      seed: 3,
      budgetMs: null,
      signal: null,
      onProgress: () => undefined,
    });
    lab.addFrame("held-out", table);
    const choice = await chooseModel({
      lab,
      candidates: PLANS,
      experimentFor: (plan) => asked(plan, heldOut),
      task,
      metric: metricNamed("auc"),
      truth: targetValues(table, "y", task),
      weight: null,
      seed: 3,
    });
    await lab.close();
    return choice;
  }

  /** All that is chosen or fitted; what is measured on the test rows, and times, are left out. */
  const chosen = ({ comparison, calibrator, outcome, baseline }: Choice) => {
    const { test: _test, calibration, threshold, why, candidates, ...rest } = comparison;
    return JSON.stringify([
      rest,
      candidates.map(({ fitMs: _ms, ...candidate }) => candidate),
      why.slice(2),
      calibration?.method,
      threshold?.value,
      calibrator,
      outcome!.notes,
      finalParams(outcome!),
      baseline!.id,
    ]);
  };

  test("other features and labels of its rows move nothing that is chosen or fitted, only what is measured on it", async () => {
    const [before, after] = [await choose(frame(), TEST), await choose(perturbed(frame(), testRows), TEST)];
    expect(chosen(after)).toBe(chosen(before));
    expect(after.comparison.test!.score.value).not.toBe(before.comparison.test!.score.value);
    expect(before.judged!.rows).toEqual(testRows);
  });

  test("the comparison sees a leak: when its rows are in the folds, the choice moves", async () => {
    const [before, after] = [await choose(frame(), 0), await choose(perturbed(frame(), testRows), 0)];
    expect(chosen(after)).not.toBe(chosen(before));
  });

  test("it judges the model that is shipped, trained on all training rows, and the baselines beside it", async () => {
    const table = frame();
    const { comparison, outcome, judged, calibrator } = await choose(table, TEST);
    const data = { features: featureFrame(table, FEATURES), target: targetValues(table, "y", task), weight: null };
    const { name } = outcome!.experiment.estimator;
    const shipped = { ...outcome!.experiment, estimator: { name, params: finalParams(outcome!) } };
    const train = Int32Array.from({ length: ROWS - TEST }, (_, row) => row);
    const { recipe, model } = fitPipeline(data, shipped, { index: 0, train, test: new Int32Array(0) }, null);
    const answers = model.predict(recipe.transform(data.features, testRows));
    const truth = data.target.subarray(ROWS - TEST);
    expect(calibrator.method).toBe("none");
    expect(judged!.judged.outputs).toEqual(answers);
    expect(comparison.test!.rows).toBe(TEST);
    expect(comparison.test!.score.value).toBe(metricNamed("auc").score({ task, truth, outputs: answers, weight: null }));
    expect(comparison.test!.beside.map((one) => one.name)).toEqual(["constant", "rule"].filter((one) => one !== comparison.chosen));
  });
});
