// What is answered when the target is noise: how often a model, or a simple rule, is falsely claimed, by split policy and number of rows.
// npx rolldown bench/quality/noise-answers.ts --platform node --file /tmp/bench.mjs && node /tmp/bench.mjs [DATA SETS]
// Writes bench/results/noise-answers.json (docs/model.md). Folds, repeats, the rule on one column, evidence and choice are the shipped ones; the models
// are small learners that are trained on each fold, so that thousands of choices take minutes.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import type { Training } from "../../src/core/estimator.ts";
import type { Experiment, Outcome } from "../../src/core/experiment.ts";
import type { Metric } from "../../src/core/metric.ts";
import { createRandom, type Random } from "../../src/core/random.ts";
import type { Fold, SplitPolicy } from "../../src/core/split.ts";
import { foldsOf, resampleFolds } from "../../src/lab/index.ts";
import { metricNamed, worthwhileGain } from "../../src/metrics/index.ts";
import { oneColumnRule } from "../../src/model/estimators/one-column-rule.ts";
import type { Evidence } from "../../src/model/evidence.ts";
import { foldEvidence } from "../../src/model/fold-evidence.ts";
import { withRepeats } from "../../src/model/repeats.ts";
import { resampledEvidence } from "../../src/model/resampled-evidence.ts";
import { type Contender, select } from "../../src/model/select.ts";

const task = { kind: "binary", classes: ["no", "yes"] } as const;
const METRICS = ["auc", "log-loss"].map(metricNamed);
const dataSets = Number(process.argv[2] ?? 200);
const FEATURES = 8;
const FOLDS = 5;

interface Setting {
  readonly rows: number;
  readonly policy: "stratified" | "group" | "time";
  /** Rows of a group, which share their label and most of their features. */
  readonly groupRows: number;
  /** Lag-1 autocorrelation of the features and of what decides the label. */
  readonly rho: number;
}

interface Data {
  readonly x: readonly Float64Array[];
  readonly y: Float64Array;
  readonly group: Int32Array;
}

function series(random: Random, length: number, rho: number): Float64Array {
  let last = random.normal();
  return Float64Array.from({ length }, () => {
    const now = last;
    last = rho * last + Math.sqrt(1 - rho ** 2) * random.normal();
    return now;
  });
}

/** Features and label have nothing to do with each other. */
function dataOf({ rows, groupRows, rho, policy }: Setting, seed: number): Data {
  const random = createRandom(seed, "noise", rows, policy, groupRows, rho);
  const group = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / groupRows));
  const units = Math.ceil(rows / groupRows);
  const latent = series(random, units, rho);
  const x = Array.from({ length: FEATURES }, () => {
    const centres = series(random, units, rho);
    return Float64Array.from(group, (one) => centres[one]! + (groupRows > 1 ? 0.3 * random.normal() : 0));
  });
  return { x, y: Float64Array.from(group, (one) => (latent[one]! > 0 ? 1 : 0)), group };
}

/** P(yes) on the fold's test rows. */
type Learner = (data: Data, fold: Fold) => Float64Array;

const logit = (p: number) => Math.log(p / (1 - p));
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const rateOf = ({ y }: Data, { train }: Fold) => (train.reduce((sum, row) => sum + y[row]!, 0) + 0.5) / (train.length + 1);

/** Linear discriminant with a diagonal covariance, over the `most` features that lie farthest apart. */
function discriminant(most: number): Learner {
  return (data, fold) => {
    const { x, y } = data;
    const parts = x.map((values) => {
      let [count, sumNo, sumYes, squares] = [0, 0, 0, 0];
      for (const row of fold.train) {
        const value = values[row]!;
        if (y[row] === 1) {
          count += 1;
          sumYes += value;
        } else sumNo += value;
        squares += value * value;
      }
      const [no, yes] = [sumNo / Math.max(1, fold.train.length - count), sumYes / Math.max(1, count)];
      const variance = Math.max(1e-9, squares / fold.train.length - ((sumNo + sumYes) / fold.train.length) ** 2);
      return { values, middle: (no + yes) / 2, slope: (yes - no) / variance, apart: Math.abs(yes - no) / Math.sqrt(variance) };
    });
    const used = parts.sort((a, b) => b.apart - a.apart).slice(0, most);
    const base = logit(rateOf(data, fold));
    return Float64Array.from(fold.test, (row) =>
      sigmoid(used.reduce((sum, { values, middle, slope }) => sum + slope * (values[row]! - middle), base)),
    );
  };
}

/** Shares of yes in the cells of `depth` features cut at their middle (0), smoothed: a bush of all features, or a tree on the first ones. */
function cells(depth: number, smoothing: number): Learner {
  return (data, fold) => {
    const { x, y } = data;
    const rate = rateOf(data, fold);
    const cellOf = (row: number) => {
      let cell = 0;
      for (let k = 0; k < depth; k++) cell = 2 * cell + (x[k]![row]! > 0 ? 1 : 0);
      return cell;
    };
    const [counts, positive] = [new Float64Array(2 ** depth), new Float64Array(2 ** depth)];
    for (const row of fold.train) {
      counts[cellOf(row)]! += 1;
      positive[cellOf(row)]! += y[row]!;
    }
    return Float64Array.from(fold.test, (row) => (positive[cellOf(row)]! + smoothing * rate) / (counts[cellOf(row)]! + smoothing));
  };
}

function shippedRule(data: Data, fold: Fold): Float64Array {
  const matrix = (rows: Int32Array): Training["matrix"] => ({
    rows: rows.length,
    features: data.x.map((values, k) => ({ kind: "numeric", name: `x${k}`, values: Float64Array.from(rows, (row) => values[row]!) })),
  });
  const target = Float64Array.from(fold.train, (row) => data.y[row]!);
  const rule = oneColumnRule.create({}).fit({ task, matrix: matrix(fold.train), target, weight: null, validation: null }, 0);
  return rule.predict(matrix(fold.test));
}

const LEARNERS: readonly (Contender & { readonly learn: Learner })[] = [
  { name: "constant", complexity: 0, isBaseline: true, learn: (data, fold) => new Float64Array(fold.test.length).fill(rateOf(data, fold)) },
  { name: "rule on one column", complexity: 1, isBaseline: true, learn: shippedRule },
  { name: "discriminant", complexity: 2, isBaseline: false, learn: discriminant(FEATURES) },
  { name: "discriminant, 3 columns", complexity: 2.1, isBaseline: false, learn: discriminant(3) },
  { name: "8 cells", complexity: 3, isBaseline: false, learn: cells(3, 10) },
  { name: "64 cells", complexity: 3.1, isBaseline: false, learn: cells(6, 10) },
  { name: "256 cells", complexity: 4, isBaseline: false, learn: cells(8, 20) },
];

function policyOf({ policy, rows }: Setting): SplitPolicy {
  if (policy === "time") return { policy, by: null, folds: FOLDS };
  return withRepeats(policy === "group" ? { policy, by: ["g"], folds: FOLDS, repeats: 2 } : { policy, folds: FOLDS, repeats: 2 }, rows);
}

/** The answers by each metric. */
function verdictsOf(setting: Setting, seed: number): string[] {
  const data = dataOf(setting, seed);
  const split = policyOf(setting);
  const order = () => Float64Array.from(data.y.keys());
  const folds = foldsOf(split, { rows: setting.rows, target: data.y, task, groupKeys: () => data.group, order }, seed);
  const outputs = LEARNERS.map(({ learn }) => folds.map((fold) => learn(data, fold)));
  return METRICS.map((metric) => {
    const evidence = evidenceOf({ metric, split, folds, outputs, data, seed });
    return select(evidence, LEARNERS, metric.better, (score) => worthwhileGain(metric, score).gain).verdict;
  });
}

interface Judged {
  readonly metric: Metric;
  readonly split: SplitPolicy;
  readonly folds: readonly Fold[];
  /** learners x folds. */
  readonly outputs: readonly (readonly Float64Array[])[];
  readonly data: Data;
  readonly seed: number;
}

function evidenceOf({ metric, split, folds, outputs, data, seed }: Judged): Evidence {
  const scores = outputs.map((own) =>
    folds.map(({ test }, place) => {
      const truth = Float64Array.from(test, (row) => data.y[row]!);
      return metric.score({ task, truth, outputs: own[place]!, weight: null });
    }),
  );
  const known = { scores, better: metric.better, level: 0.95 };
  if (split.policy === "time") {
    const outcomes = outputs.map((own, id) => outcomeOf({ metric, split, folds, own, scores: scores[id]!, id, seed }));
    return resampledEvidence({ ...known, ...resampleFolds(outcomes, metric, { truth: data.y, weight: null }, true)! });
  }
  return foldEvidence({
    ...known,
    repeat: folds.map((_, place) => Math.floor(place / FOLDS)),
    testTrainRatio: folds.reduce((sum, { train, test }) => sum + test.length / train.length, 0) / folds.length,
  });
}

interface Own extends Pick<Judged, "metric" | "split" | "folds" | "seed"> {
  readonly own: readonly Float64Array[];
  readonly scores: readonly number[];
  readonly id: number;
}

function outcomeOf({ metric, split, folds, own, scores, id, seed }: Own): Outcome {
  const experiment: Experiment = {
    ...{ kind: "bench", dataset: "bench", target: "y", task, features: [], weight: null, recipe: [], split, trainRows: null, seed },
    estimator: { name: `${id}`, params: {} },
    metrics: [metric.name],
  };
  return {
    id: `${id}`,
    experiment,
    folds: folds.map(({ train, test }, fold) => {
      const counts = { trainRows: train.length, testRows: test.length };
      return { fold, ...counts, scores: { [metric.name]: scores[fold]! }, fitMs: 0, predictMs: 0 };
    }),
    scores: {},
    outOfFold: {
      rows: Int32Array.from(folds.flatMap(({ test }) => [...test])),
      outputs: Float64Array.from(own.flatMap((one) => [...one])),
      repeats: 1,
    },
    notes: {},
  };
}

const alone = { groupRows: 1, rho: 0 };
const settings: Setting[] = [
  ...[60, 150, 500, 2000].map((rows): Setting => ({ ...alone, rows, policy: "stratified" })),
  { ...alone, rows: 120, policy: "group", groupRows: 10 },
  { ...alone, rows: 600, policy: "group", groupRows: 30 },
  { ...alone, rows: 2000, policy: "group", groupRows: 20 },
  ...[60, 200, 600, 2000].map((rows): Setting => ({ ...alone, rows, policy: "time" })),
  ...[200, 600, 2000].map((rows): Setting => ({ ...alone, rows, policy: "time", rho: 0.9 })),
];

const results = settings.map((setting) => {
  const began = performance.now();
  const counts = METRICS.map(() => ({ model: 0, "simple-rule": 0, "cannot-learn": 0, undecided: 0 }) as Record<string, number>);
  for (let seed = 0; seed < dataSets; seed++)
    for (const [place, verdict] of verdictsOf(setting, seed).entries()) counts[place]![verdict]! += 1;
  const answers = counts.map((count, place) => [
    METRICS[place]!.name,
    Object.fromEntries(Object.entries(count).map(([verdict, times]) => [verdict, Number((times / dataSets).toFixed(3))])),
  ]);
  const result = { ...setting, answers: Object.fromEntries(answers) };
  console.log(JSON.stringify(result), `${((performance.now() - began) / 1000).toFixed(0)} s`);
  return result;
});
const machine = { machine: cpus()[0]?.model ?? "unknown", node: process.version };
writeFileSync(
  "bench/results/noise-answers.json",
  `${JSON.stringify({ dataSets, features: FEATURES, learners: LEARNERS.map(({ name }) => name), ...machine, results }, null, 1)}\n`,
);
