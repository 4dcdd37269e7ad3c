// How often a model is claimed, and found, when folds are periods: choice and judgement parted by blocks (as shipped) or by folds.
// npx rolldown bench/quality/blind-choice.ts --platform node --file /tmp/bench.mjs && node /tmp/bench.mjs [DATA SETS]
// Writes bench/results/blind-choice.json (docs/model.md).
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import type { Experiment, Outcome } from "../../src/core/experiment.ts";
import { createRandom, type Random } from "../../src/core/random.ts";
import { replicatesOfDifference, resampleFolds } from "../../src/lab/index.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import type { Evidence } from "../../src/model/evidence.ts";
import { type ResampledScores, resampledEvidence } from "../../src/model/resampled-evidence.ts";
import { type Contender, select } from "../../src/model/select.ts";
import { stratifiedT, stratumOf } from "../../src/stats/index.ts";

const LEVELS = [1, 0.7, 1.3, 2, 0.9];
const rmse = metricNamed("rmse");
const task = { kind: "regression" } as const;
const dataSets = Number(process.argv[2] ?? 300);
const contenders: Contender[] = [0, 1, 2, 3, 3.1, 3.2, 4, 4.1].map((complexity, i) => ({
  name: `c${i}`,
  complexity,
  isBaseline: complexity < 2,
}));

interface Setting {
  readonly rowsPerFold: number;
  readonly rho: number;
  /** Share of the shared error that the models do without. */
  readonly gain: number;
  /** Error of each candidate's own, in units of the shared one. */
  readonly own: number;
  /** By how much the models' share of the error differs between folds (standard deviation). */
  readonly unlike: number;
}

function autoregressive(random: Random, rows: number, rho: number): Float64Array {
  let last = random.normal();
  return Float64Array.from({ length: rows }, () => {
    const now = last;
    last = rho * last + Math.sqrt(1 - rho ** 2) * random.normal();
    return now;
  });
}

/** The target is 0, so outputs are errors. */
function outcomeOf(id: number, outputs: Float64Array, rowsPerFold: number, seed: number): Outcome {
  const rows = outputs.length;
  const experiment: Experiment = {
    kind: "bench",
    dataset: "bench",
    target: "y",
    task,
    features: [],
    weight: null,
    recipe: [],
    split: { policy: "time", by: null, folds: LEVELS.length },
    trainRows: null,
    estimator: { name: `${id}`, params: {} },
    metrics: ["rmse"],
    seed,
  };
  const folds = LEVELS.map((_, fold) => {
    const own = outputs.subarray(fold * rowsPerFold, (fold + 1) * rowsPerFold);
    const score = rmse.score({ task, truth: new Float64Array(rowsPerFold), outputs: own, weight: null });
    return { fold, trainRows: rows, testRows: rowsPerFold, scores: { rmse: score }, fitMs: 0, predictMs: 0 };
  });
  return {
    id: `${id}`,
    experiment,
    folds,
    scores: {},
    outOfFold: { rows: Int32Array.from({ length: rows }, (_, i) => i), outputs, repeats: 1 },
    notes: {},
  };
}

function evidenceFor({ rowsPerFold, rho, gain, own, unlike }: Setting, seed: number): ResampledScores {
  const random = createRandom(seed, "blind choice", rowsPerFold, rho, gain);
  const rows = rowsPerFold * LEVELS.length;
  const shared = autoregressive(random, rows, rho);
  const outcomes = contenders.map(({ isBaseline }, id) => {
    const errors = autoregressive(random, rows, rho);
    const share = LEVELS.map(() => (1 + unlike * random.normal()) * (1 - gain));
    const outputs = errors.map((error, i) => {
      const fold = Math.floor(i / rowsPerFold);
      return LEVELS[fold]! * ((isBaseline ? 1 : share[fold]!) * shared[i]! + own * error);
    });
    return outcomeOf(id, outputs, rowsPerFold, seed);
  });
  const scores = outcomes.map(({ folds }) => folds.map((fold) => fold.scores.rmse!));
  const resamples = resampleFolds(outcomes, rmse, { truth: new Float64Array(rows), weight: null }, true)!;
  return { scores, better: "lower", level: 0.95, ...resamples };
}

/** The same evidence, where the other folds choose. */
function chosenByOtherFolds(given: ResampledScores): Evidence {
  const places = given.folds.map((_, place) => place);
  return {
    ...resampledEvidence(given),
    chosenBlindly: (choose, _, against) => {
      const strata = places.map((out) => {
        const kept = <Item>(items: readonly Item[]) => items.filter((_, place) => place !== out);
        const chosen = choose(resampledEvidence({ ...given, scores: given.scores.map(kept), folds: kept(given.folds) }));
        const fold = given.folds[out]!;
        const other = against ?? chosen;
        return stratumOf(given.scores[other]![out]! - given.scores[chosen]![out]!, replicatesOfDifference(fold, other, chosen), fold.units);
      });
      const { mean, se, low, high, p } = stratifiedT(strata, given.level);
      return { value: mean, se, low, high, p };
    },
  };
}

/** Any gain counts: what is counted is claims. */
const nothing = () => 1e-9;

const settings: Setting[] = [
  ...[
    [40, 0],
    [100, 0],
    [100, 0.8],
    [100, 0.95],
    [400, 0.8],
    [400, 0.95],
  ].map(([rowsPerFold = 0, rho = 0]) => ({ rowsPerFold, rho, gain: 0, own: 0.5, unlike: 0 })),
  { rowsPerFold: 100, rho: 0, gain: 0, own: 1.5, unlike: 0 },
  { rowsPerFold: 400, rho: 0.8, gain: 0, own: 1.5, unlike: 0 },
  ...[0, 0.1, 0.2].map((unlike) => ({ rowsPerFold: 200, rho: 0.8, gain: 0.1, own: 0.5, unlike })),
];
const results = settings.map((setting) => {
  const claimed = { byBlocks: 0, byFolds: 0 };
  for (let seed = 0; seed < dataSets; seed++) {
    const given = evidenceFor(setting, seed);
    if (select(resampledEvidence(given), contenders, "lower", nothing).verdict === "model") claimed.byBlocks++;
    if (select(chosenByOtherFolds(given), contenders, "lower", nothing).verdict === "model") claimed.byFolds++;
  }
  const share = (count: number) => Number((count / dataSets).toFixed(3));
  const result = { ...setting, claimedByBlocks: share(claimed.byBlocks), claimedByFolds: share(claimed.byFolds) };
  console.log(JSON.stringify(result));
  return result;
});
writeFileSync(
  "bench/results/blind-choice.json",
  `${JSON.stringify({ dataSets, machine: cpus()[0]?.model ?? "unknown", node: process.version, results }, null, 1)}\n`,
);
