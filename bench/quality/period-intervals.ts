// Coverage of nominal 95 % intervals of a score and of a paired difference over five folds that are periods, where losses remember.
// npx rolldown bench/quality/period-intervals.ts --platform node --file /tmp/bench.mjs && node /tmp/bench.mjs [TRIALS]
// Writes bench/results/period-intervals.json. It decided how blocks are cut and which interval is used (docs/model.md).
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import type { Judged, Metric } from "../../src/core/metric.ts";
import { createRandom, type Random } from "../../src/core/random.ts";
import { blockStarts } from "../../src/lab/block-cuts.ts";
import type { JudgedFold } from "../../src/lab/judged-folds.ts";
import { lossPerRow, metricNamed, scoreOfBlocks } from "../../src/metrics/index.ts";
import { bcaInterval, correctedT, pairedCountReplicates, percentileInterval, stratifiedT, stratumOf } from "../../src/stats/index.ts";

const FOLDS = 5;
const LEVEL = 0.95;
const LEVELS = [1, 0.7, 1.3, 2, 0.9];
const trials = Number(process.argv[2] ?? 500);

/** One fold of two models. */
interface Pair {
  readonly a: Judged;
  readonly b: Judged;
}
interface Scenario {
  readonly metric: Metric;
  fold(random: Random, rows: number, rho: number, level: number): Pair;
  readonly truth: { readonly score: number; readonly difference: number };
}

function autoregressive(random: Random, rows: number, rho: number): Float64Array {
  let last = random.normal();
  return Float64Array.from({ length: rows }, () => {
    const now = last;
    last = rho * last + Math.sqrt(1 - rho ** 2) * random.normal();
    return now;
  });
}

const meanLevel = LEVELS.reduce((sum, level) => sum + level, 0) / FOLDS;
const regression: Scenario = {
  metric: metricNamed("rmse"),
  fold: (random, rows, rho, level) => {
    const [shared, ofA, ofB] = [0, 1, 2].map(() => autoregressive(random, rows, rho)) as [Float64Array, Float64Array, Float64Array];
    const judged = (share: number, own: Float64Array): Judged => ({
      task: { kind: "regression" },
      truth: new Float64Array(rows),
      outputs: shared.map((value, i) => level * (share * value + own[i]! / 2)),
      weight: null,
    });
    return { a: judged(1, ofA), b: judged(0.9, ofB) };
  },
  truth: { score: meanLevel * Math.sqrt(1.25), difference: meanLevel * (Math.sqrt(0.81 + 0.25) - Math.sqrt(1.25)) },
};

function ranked(random: Random, rows: number, rho: number): Pair {
  const [signal, noise, ofA, ofB] = [0, 1, 2, 3].map(() => autoregressive(random, rows, rho)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const truth = signal.map((value, i) => (value + noise[i]! > 0.8 ? 1 : 0));
  const judged = (own: Float64Array, size: number): Judged => ({
    task: { kind: "binary", classes: ["no", "yes"] },
    truth,
    outputs: signal.map((value, i) => 1 / (1 + Math.exp(-value - size * own[i]!))),
    weight: null,
  });
  return { a: judged(ofA, 1), b: judged(ofB, 0.8) };
}

const auc = metricNamed("auc");
const population = ranked(createRandom(1, "population"), 2_000_000, 0);
const [aucA, aucB] = [auc.score(population.a), auc.score(population.b)];
const ranking: Scenario = { metric: auc, fold: ranked, truth: { score: aucA, difference: aucB - aucA } };

type Cut = (folds: readonly JudgedFold[], series: readonly Float64Array[]) => Int32Array[];
const equal =
  (blocks: number): Cut =>
  (folds) =>
    folds.map(({ places }) =>
      Int32Array.from({ length: Math.min(blocks, places.length) }, (_, i) =>
        Math.round((i * places.length) / Math.min(blocks, places.length)),
      ),
    );

/** How a data set's folds are resampled, and the intervals made of it: by name, for the score and for the difference. */
function intervals(pairs: readonly Pair[], metric: Metric, { cut, methods }: Way, seed: number) {
  const rows = pairs[0]!.a.truth.length;
  const folds = pairs.map((_, fold) => ({
    places: Int32Array.from({ length: rows }, (_place, i) => fold * rows + i),
    changes: Int32Array.from({ length: rows - 1 }, (_change, i) => i + 1),
    groups: null,
  }));
  const joined = (side: "a" | "b") =>
    Float64Array.from(pairs.flatMap((pair) => Array.from(lossPerRow(metric.name === "rmse" ? metric : pair[side].task, pair[side]))));
  const [ofA, ofB] = [joined("a"), joined("b")];
  const starts = cut(folds, [ofA, ofB, ofB.map((loss, i) => loss - ofA[i]!)]);
  const drawn = pairs.map((pair, fold) => {
    const statistics = [scoreOfBlocks(metric, pair.a, starts[fold]!), scoreOfBlocks(metric, pair.b, starts[fold]!)];
    const units = starts[fold]!.length;
    const [a, b] = pairedCountReplicates(statistics, { rows: units, clusters: null, resamples: 500, seed: seed * FOLDS + fold }) as [
      Float64Array,
      Float64Array,
    ];
    const without = Array.from(
      { length: methods.includes("BCa") ? units : 0 },
      (_, out) => statistics.map((score) => score(new Float64Array(units).fill(1).fill(0, out, out + 1))) as [number, number],
    );
    return { units, a, b, without, values: [metric.score(pair.a), metric.score(pair.b)] as [number, number] };
  });
  const of = (value: (scores: readonly [number, number]) => number) => {
    const values = drawn.map((fold) => value(fold.values));
    const replicates = drawn.map(({ a, b }) => a.map((score, i) => value([score, b[i]!])));
    const whole = values.reduce((sum, one) => sum + one, 0) / FOLDS;
    const means = replicates[0]!.map((_, i) => replicates.reduce((sum, own) => sum + own[i]!, 0) / FOLDS);
    const jackknife = Float64Array.from(
      drawn.flatMap(({ without }, fold) => without.map((scores) => whole + (value(scores) - values[fold]!) / FOLDS)),
    );
    return {
      t: stratifiedT(
        values.map((one, fold) => stratumOf(one, replicates[fold]!, drawn[fold]!.units)),
        LEVEL,
      ),
      percentile: percentileInterval(means, LEVEL),
      BCa: bcaInterval(whole, means, jackknife, LEVEL),
      "corrected t over folds": correctedT(values, 1 / 7, LEVEL),
    };
  };
  return { score: of(([a]) => a), difference: of(([a, b]) => b - a), blocks: drawn.reduce((sum, { units }) => sum + units, 0) };
}

const ALL = ["t", "percentile", "BCa", "corrected t over folds"] as const;
interface Way {
  readonly cut: Cut;
  readonly methods: readonly (typeof ALL)[number][];
}
const WAYS: Record<string, Way> = {
  "3 to 10 blocks by memory": { cut: blockStarts, methods: ALL },
  "10 blocks": { cut: equal(10), methods: ["t"] },
  "single rows": { cut: equal(Number.POSITIVE_INFINITY), methods: ["t"] },
};
/** Resampling single rows of more takes minutes and shows the same. */
const MOST_SINGLE = 200;

function coverage(scenario: Scenario, rows: number, rho: number) {
  const tally = new Map<string, { score: number; difference: number; width: number; blocks: number }>();
  for (let trial = 0; trial < trials; trial++) {
    const random = createRandom(trial, scenario.metric.name, rows, rho);
    const pairs = LEVELS.map((level) => scenario.fold(random, rows, rho, level));
    for (const [name, way] of Object.entries(WAYS)) {
      if (name === "single rows" && rows > MOST_SINGLE) continue;
      const found = intervals(pairs, scenario.metric, way, trial);
      for (const method of way.methods) {
        const seen = tally.get(`${name}, ${method}`) ?? { score: 0, difference: 0, width: 0, blocks: 0 };
        const covers = (what: "score" | "difference") =>
          found[what][method].low <= scenario.truth[what] && scenario.truth[what] <= found[what][method].high ? 1 : 0;
        tally.set(`${name}, ${method}`, {
          score: seen.score + covers("score"),
          difference: seen.difference + covers("difference"),
          width: seen.width + found.difference[method].high - found.difference[method].low,
          blocks: seen.blocks + found.blocks,
        });
      }
    }
  }
  const share = (count: number) => Number((count / trials).toFixed(3));
  return [...tally].map(([method, { score, difference, width, blocks }]) => ({
    metric: scenario.metric.name,
    rowsPerFold: rows,
    rho,
    method,
    coverageOfScore: share(score),
    coverageOfDifference: share(difference),
    meanWidthOfDifference: Number((width / trials).toPrecision(3)),
    meanBlocks: Number((blocks / trials).toFixed(1)),
  }));
}

const results = [regression, ranking].flatMap((scenario) =>
  [40, 200, 1700].flatMap((rows) => [0, 0.8, 0.95].flatMap((rho) => coverage(scenario, rows, rho))),
);
for (const one of results) console.log(JSON.stringify(one));
writeFileSync(
  "bench/results/period-intervals.json",
  `${JSON.stringify({ trials, machine: cpus()[0]?.model ?? "unknown", node: process.version, results }, null, 1)}\n`,
);
