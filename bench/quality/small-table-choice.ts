// How often a model is claimed on small tables when the target is noise, and found when there is a signal, with 1 to 10 repeats of five folds.
// npx rolldown bench/quality/small-table-choice.ts --platform node --file /tmp/bench.mjs && node /tmp/bench.mjs [DATA SETS]
// Writes bench/results/small-table-choice.json (docs/model.md). Learners are small ones of its own, fitted on the training rows of each fold, so that the
// folds share rows as they do in a run and thousands of choices cost a minute.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { createRandom } from "../../src/core/random.ts";
import type { Fold } from "../../src/core/split.ts";
import { foldsOf } from "../../src/lab/index.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import { foldEvidence } from "../../src/model/fold-evidence.ts";
import { type Contender, select } from "../../src/model/select.ts";

const task = { kind: "binary", classes: ["no", "yes"] } as const;
const auc = metricNamed("auc");
const dataSets = Number(process.argv[2] ?? 400);
const FEATURES = 6;
const GROUP_ROWS = 6;
const FOLDS = 5;
const MARGIN = 0.02;

interface Setting {
  readonly rows: number;
  readonly policy: "stratified" | "group";
  /** Coefficient of each feature on the logit; 0 = the target is noise. */
  readonly signal: number;
}

interface Data {
  readonly x: readonly Float64Array[];
  readonly y: Float64Array;
  readonly group: Int32Array;
}

/** By group: rows of a group share their target and most of their features, as visits of one patient do. */
function dataOf({ rows, policy, signal }: Setting, seed: number): Data {
  const random = createRandom(seed, "small table", rows, policy, signal);
  const size = policy === "group" ? GROUP_ROWS : 1;
  const group = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / size));
  const centres = Array.from({ length: Math.ceil(rows / size) }, () => Array.from({ length: FEATURES }, () => random.normal()));
  const labels = centres.map((x) => (random.next() < 1 / (1 + Math.exp(-signal * x.reduce((sum, one) => sum + one, 0))) ? 1 : 0));
  const x = Array.from({ length: FEATURES }, (_, k) =>
    Float64Array.from(group, (one) => centres[one]![k]! + (size > 1 ? 0.3 * random.normal() : 0)),
  );
  return { x, y: Float64Array.from(group, (one) => labels[one]!), group };
}

type Learner = (data: Data, fold: Fold) => Float64Array;

/** Scores along the difference of the class means, over the `most` features with the largest difference. */
function meansApart(most: number): Learner {
  return ({ x, y }, { train, test }) => {
    const apart = x.map((values) => {
      const [sums, counts] = [
        [0, 0],
        [0, 0],
      ];
      for (const row of train) {
        sums[y[row]!]! += values[row]!;
        counts[y[row]!]! += 1;
      }
      return sums[1]! / Math.max(1, counts[1]!) - sums[0]! / Math.max(1, counts[0]!);
    });
    const used = [...apart.keys()].sort((a, b) => Math.abs(apart[b]!) - Math.abs(apart[a]!)).slice(0, most);
    return Float64Array.from(test, (row) => used.reduce((sum, k) => sum + apart[k]! * x[k]![row]!, 0));
  };
}

/** Share of the class among the nearest training rows. */
function neighbours(count: number): Learner {
  return ({ x, y }, { train, test }) => {
    const far = new Float64Array(train.length);
    return Float64Array.from(test, (row) => {
      far.fill(0);
      for (const one of x) {
        const at = one[row]!;
        for (let i = 0; i < train.length; i++) far[i]! += (at - one[train[i]!]!) ** 2;
      }
      const reach = far.slice().sort()[count - 1]!;
      let [near, positive] = [0, 0];
      for (let i = 0; i < train.length; i++) {
        if (far[i]! > reach) continue;
        near += 1;
        positive += y[train[i]!]!;
      }
      return positive / near;
    });
  };
}

const LEARNERS: readonly (Contender & { readonly learn: Learner })[] = [
  { name: "constant", complexity: 0, isBaseline: true, learn: (_, { test }) => new Float64Array(test.length) },
  { name: "rule on one column", complexity: 1, isBaseline: true, learn: meansApart(1) },
  { name: "class means", complexity: 2, isBaseline: false, learn: meansApart(FEATURES) },
  { name: "class means, 3 columns", complexity: 2.1, isBaseline: false, learn: meansApart(3) },
  { name: "5 neighbours", complexity: 3, isBaseline: false, learn: neighbours(5) },
  { name: "15 neighbours", complexity: 3.1, isBaseline: false, learn: neighbours(15) },
];

/** The verdict with each number of repeats; fewer repeats are the first of more. */
function verdictsOf(setting: Setting, seed: number, repeats: readonly number[]): string[] {
  const data = dataOf(setting, seed);
  const most = Math.max(...repeats);
  const input = {
    rows: setting.rows,
    target: data.y,
    task,
    groupKeys: () => data.group,
    order: () => Float64Array.from(data.y.keys()),
  };
  const policy =
    setting.policy === "group"
      ? ({ policy: "group", by: ["g"], folds: FOLDS, repeats: most } as const)
      : ({ policy: "stratified", folds: FOLDS, repeats: most } as const);
  const folds = foldsOf(policy, input, seed);
  const scores = LEARNERS.map(({ learn }) =>
    folds.map((fold) => {
      const truth = Float64Array.from(fold.test, (row) => data.y[row]!);
      return auc.score({ task, truth, outputs: learn(data, fold), weight: null });
    }),
  );
  return repeats.map((count) => {
    const used = folds.slice(0, count * FOLDS);
    const evidence = foldEvidence({
      scores: scores.map((own) => own.slice(0, used.length)),
      repeat: used.map((_, place) => Math.floor(place / FOLDS)),
      testTrainRatio: used.reduce((sum, { train, test }) => sum + test.length / train.length, 0) / used.length,
      better: "higher",
      level: 0.95,
    });
    return select(evidence, LEARNERS, "higher", () => MARGIN).verdict;
  });
}

const settings: Setting[] = [
  { rows: 60, policy: "stratified", signal: 0 },
  { rows: 150, policy: "stratified", signal: 0 },
  { rows: 180, policy: "group", signal: 0 },
  { rows: 60, policy: "stratified", signal: 0.5 },
  { rows: 150, policy: "stratified", signal: 0.3 },
  { rows: 180, policy: "group", signal: 0.8 },
];
const REPEATS = [1, 2, 5, 10];

const results: object[] = [];
for (const setting of settings) {
  const counts = REPEATS.map(() => new Map<string, number>());
  for (let seed = 0; seed < dataSets; seed++) {
    for (const [place, verdict] of verdictsOf(setting, seed, REPEATS).entries()) {
      counts[place]!.set(verdict, (counts[place]!.get(verdict) ?? 0) + 1);
    }
  }
  const shares = counts.map((count) =>
    Object.fromEntries([...count].map(([verdict, times]) => [verdict, Number((times / dataSets).toFixed(3))])),
  );
  const result = { ...setting, verdicts: Object.fromEntries(REPEATS.map((repeats, place) => [`${repeats} repeats`, shares[place]])) };
  console.log(JSON.stringify(result));
  results.push(result);
}
writeFileSync(
  "bench/results/small-table-choice.json",
  `${JSON.stringify({ dataSets, features: FEATURES, margin: MARGIN, machine: cpus()[0]?.model ?? "unknown", node: process.version, results }, null, 1)}\n`,
);
