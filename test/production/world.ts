import type { Column, Frame } from "../../src/core/column.ts";
import { takeRows } from "../../src/core/column.ts";
import type { Comparison } from "../../src/core/comparison.ts";
import type { Experiment } from "../../src/core/experiment.ts";
import type { Judged } from "../../src/core/metric.ts";
import { createRandom } from "../../src/core/random.ts";
import type { Scorer } from "../../src/core/scorer.ts";
import { outputsOf, type Task } from "../../src/core/task.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import { estimatorNamed, NO_CALIBRATION } from "../../src/model/index.ts";
import { fitPipeline } from "../../src/problems/tabular/pipeline.ts";
import { loadScorer, type NativeModel } from "../../src/problems/tabular/scorer.ts";
import type { GateContext } from "../../src/production/index.ts";

export const BINARY: Task = { kind: "binary", classes: ["no", "yes"] };
export const MULTICLASS: Task = { kind: "multiclass", classes: ["red", "green", "blue"] };
export const REGRESSION: Task = { kind: "regression" };

export interface World {
  readonly frame: Frame;
  readonly truth: Float64Array;
  readonly native: NativeModel;
  readonly scorer: Scorer;
  /** Out-of-fold outputs of the same estimator. */
  readonly honest: Judged;
}

/** Customers with numbers, a date, a category, gaps and a column that says nothing; the target depends on age, income and job. */
export function customers(rows: number, seed: number): Frame {
  const random = createRandom(seed, "customers");
  const gap = (value: number, share: number) => (random.next() < share ? Number.NaN : value);
  const numbers = (make: () => number): Float64Array => Float64Array.from({ length: rows }, make);
  const jobs = ["clerk", "nurse", "student", "retired"];
  const columns: Column[] = [
    { name: "age", type: "number", values: numbers(() => gap(Math.round(18 + 60 * random.next()), 0.05)) },
    { name: "income", type: "number", values: numbers(() => Math.exp(10 + random.normal() / 2)) },
    { name: "noise", type: "number", values: numbers(() => random.normal()) },
    { name: "since", type: "date", values: numbers(() => Date.UTC(2015, 0, 1 + random.integer(2000))) },
    {
      name: "job",
      type: "category",
      levels: jobs,
      codes: Int32Array.from({ length: rows }, () => (random.next() < 0.05 ? -1 : random.integer(4))),
    },
  ];
  return { rows, columns, rowNumbers: null };
}

export function truthOf(frame: Frame, task: Task, seed: number): Float64Array {
  const random = createRandom(seed, "truth");
  const [age, income, , , job] = frame.columns as [Column, Column, Column, Column, Column];
  return Float64Array.from({ length: frame.rows }, (_, row) => {
    const years = "values" in age && !Number.isNaN(age.values[row]!) ? age.values[row]! : 45;
    const money = "values" in income ? Math.log(income.values[row]!) - 10 : 0;
    const signal = (years - 48) / 12 + 2 * money + ("codes" in job && job.codes[row] === 2 ? -1.5 : 0);
    if (task.kind === "regression") return 100 + 10 * signal + 10 * random.normal();
    if (task.kind === "binary") return random.next() < 1 / (1 + Math.exp(-signal)) ? 1 : 0;
    const scores = [0, signal, -signal / 2 + 0.3].map(Math.exp);
    const cut = random.next() * scores.reduce((a, b) => a + b, 0);
    return cut < scores[0]! ? 0 : cut < scores[0]! + scores[1]! ? 1 : 2;
  });
}

const NAMES = ["age", "income", "noise", "since", "job"];

/** scaled: changes the values of a regression's target. given: another target for the rows. */
export function world(
  task: Task,
  rows = 1500,
  seed = 7,
  estimator: string = "boosting",
  scaled = (value: number) => value,
  given: Float64Array | null = null,
): World {
  const frame = customers(rows, seed);
  const truth = given ?? truthOf(frame, task, seed).map(scaled);
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  const params = { boosting: { rounds: 40, leaves: 7 }, forest: { trees: 50 } }[estimator] ?? {};
  const experiment = experimentOf(frame, task, estimator, params, seed);
  const data = { features: frame, target: truth, weight: null };
  const native = nativeOf(experiment, task, fitPipeline(data, experiment, { index: 0, train: all, test: new Int32Array(0) }, null));
  const width = outputsOf(task);
  const outputs = new Float64Array(rows * width);
  for (let fold = 0; fold < 3; fold++) {
    const test = all.filter((row) => row % 3 === fold);
    const train = all.filter((row) => row % 3 !== fold);
    const { recipe, model } = fitPipeline(data, experiment, { index: fold, train, test }, null);
    const predicted = model.predict(recipe.transform(frame, test));
    test.forEach((row, place) => {
      outputs.set(predicted.subarray(place * width, (place + 1) * width), row * width);
    });
  }
  return { frame, truth, native, scorer: loadScorer(native), honest: { task, truth, outputs, weight: null } };
}

function experimentOf(frame: Frame, task: Task, name: string, params: Experiment["estimator"]["params"], seed: number): Experiment {
  const offered = frame.columns.map(({ name: column, type }) => ({
    name: column,
    type,
    distinct: 100,
    missing: column === "age" || column === "job" ? 70 : 0,
  }));
  const recipe = estimatorNamed(name, params).prepare(offered, task);
  return {
    kind: "test",
    dataset: "0",
    target: "y",
    task,
    features: frame.columns.map(({ name: column }) => column),
    weight: null,
    recipe,
    split: { policy: "random", folds: 3, repeats: 1 },
    trainRows: null,
    estimator: { name, params },
    metrics: [task.kind === "regression" ? "rmse" : "log-loss"],
    seed,
  };
}

function nativeOf(experiment: Experiment, task: Task, { recipe, model }: ReturnType<typeof fitPipeline>): NativeModel {
  const columns = NAMES.map((name, position) => ({
    name,
    position,
    type: name === "job" ? ("category" as const) : name === "since" ? ("date" as const) : ("number" as const),
    why: "",
    missing: 0,
    distinct: 10,
    integer: false,
    unparsed: [],
    unparsedCells: 0,
    dateFormat: null,
  }));
  return {
    others: [],
    schema: "oldhand/model/1",
    kind: "tabular",
    name: experiment.estimator.name,
    label: `${experiment.estimator.name} of the tests`,
    target: "y",
    task,
    dataset: "0",
    columns,
    recipe: recipe.toJson() as never,
    model: model.save(),
    calibrator: NO_CALIBRATION,
    threshold: task.kind === "binary" ? 0.4 : null,
    thresholdWhy: task.kind === "binary" ? "best F1 on made rows" : null,
  };
}

const estimate = (value: number, reach: number) => ({
  value,
  low: value - reach,
  high: value + reach,
  level: 0.95,
  method: "corrected resampled t",
  experiments: ["e1"],
});

/** A comparison in which the model beats the rule clearly. */
export function comparisonOf(task: Task, overrides: Partial<Comparison> = {}): Comparison {
  const metric = metricNamed(task.kind === "regression" ? "rmse" : task.kind === "binary" ? "auc" : "log-loss");
  const [rule, model] = task.kind === "regression" ? [20, 11] : task.kind === "binary" ? [0.6, 0.8] : [1.05, 0.9];
  const common = { estimator: "linear", params: {}, fitMs: 1, note: null, optimism: 0 };
  return {
    metric: metric.name,
    metricLabel: metric.label,
    better: metric.better,
    worthwhile: { gain: 0.02, why: "0.02 ROC AUC" },
    blindChoice: null,
    toDecide: null,
    test: null,
    rule: null,
    candidates: [
      {
        ...common,
        name: "rule",
        label: "rule on age",
        complexity: 1,
        score: estimate(rule, 0.01),
        overBaseline: null,
        againstBest: estimate(-0.2, 0.05),
        state: "baseline",
      },
      {
        ...common,
        name: "boosting",
        label: "boosted trees",
        complexity: 3,
        score: estimate(model, 0.01),
        overBaseline: estimate(0.2, 0.05),
        againstBest: null,
        state: "chosen",
      },
    ],
    chosen: "boosting",
    verdict: "model",
    why: [],
    calibration: null,
    threshold: null,
    importance: ["age", "income", "job"].map((column, i) => ({ column, drop: estimate(0.3 - i / 10, 0.05) })),
    corrections: null,
    errorHalfWidth: null,
    ...overrides,
  };
}

export function contextOf(made: World, overrides: Partial<GateContext> = {}): GateContext {
  const { scorer, frame, honest } = made;
  const comparison = comparisonOf(honest.task);
  const sample = takeRows(
    frame,
    Int32Array.from({ length: 100 }, (_, row) => row),
  );
  return {
    comparison,
    findings: [],
    scorer,
    frame,
    mended: (raw) => raw,
    judged: honest,
    experiments: ["honest"],
    groups: null,
    metric: metricNamed(comparison.metric),
    parity: async () => ({ native: scorer.score(sample), other: scorer.score(sample), rows: 100 }),
    repeatTraining: async () => ({ first: "abc", again: "abc", on: "the same 100 rows" }),
    latency: { count: 1000, p50Ms: 0.1, p90Ms: 0.2, p99Ms: 0.5, maxMs: 3, histogram: [] },
    latencyBudgetMs: 50,
    spoilt: async () => ({ model: estimate(0.75, 0.02), rule: estimate(0.6, 0.02), gain: estimate(0.15, 0.03) }),
    seed: 1,
    ...overrides,
  };
}
