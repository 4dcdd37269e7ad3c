import type { Experiment, Outcome } from "../core/experiment.ts";
import type { Judged, Metric } from "../core/metric.ts";
import { createRandom } from "../core/random.ts";
import { hasLossPerRow, lossPerRow, scoreOfBlocks, takeJudged } from "../metrics/index.ts";
import { pairedCountReplicates, type UnlikeUnits, unlikeUnits } from "../stats/index.ts";
import { blockStarts } from "./block-cuts.ts";
import { type Ground, judgedRows } from "./ground.ts";
import { foldOfGroups, type JudgedFold, judgedFolds } from "./judged-folds.ts";

/** One fold resampled, the fitted models as they are. */
export interface ResampledFold {
  /** Blocks or rows drawn in each resample; of groups what their sizes let know, since a few large ones decide. */
  readonly units: number | UnlikeUnits;
  /** Score of each outcome on the same resamples. */
  readonly replicates: readonly Float64Array[];
  /** Score of each outcome on the blocks that the first resamples left out, NaN where none was; empty unless asked for. */
  readonly leftOut: readonly Float64Array[];
}

export interface FoldResamples {
  /** In the order of the outcomes' folds. */
  readonly folds: readonly ResampledFold[];
  /** What was drawn, for Estimate.method. */
  readonly method: string;
}

/** Passes over a row of one outcome in all; fewer resamples of many rows, 100 give a standard error within 7 %. */
const RESAMPLED_ROWS = 1e8;

/** Resamples that are also scored on what they left out: a choice is averaged over them. */
const CHOOSING = 200;

/**
 * Scores of outcomes of the same rows on the same resamples of each fold: contiguous blocks for policies `time` and `blocks` (Carlstein 1986), whole groups or single
 * rows of a given test set. Null where folds are exchangeable, since then the folds themselves show the spread. isForChoosing: with `leftOut`.
 */
export function resampleFolds(outcomes: readonly Outcome[], metric: Metric, ground: Ground, isForChoosing = false): FoldResamples | null {
  const [first] = outcomes;
  if (first === undefined || !haveSameRows(outcomes)) return null;
  const shared = judgedRows(first, ground);
  const judgings = outcomes.map(({ outOfFold: { outputs } }) => ({ metric, judged: { ...shared, outputs } }));
  return resampleJudgings(first, judgings, ground, isForChoosing);
}

/** Answers to the judged rows of an outcome, and what they are judged by. Rows of weight 0 do not count. */
export interface Judging {
  readonly metric: Metric;
  /** Aligned with the outcome's judged rows. */
  readonly judged: Judged;
}

/** The same for several ways to judge the rows of one outcome. */
export function resampleJudgings(
  first: Outcome,
  judgings: readonly Judging[],
  ground: Ground,
  isForChoosing = false,
): FoldResamples | null {
  const folds = judgedFolds(first, ground);
  return folds === null ? null : resampleThem(folds, judgings, first.experiment.seed, isForChoosing);
}

/** Whole groups of judged rows that are no outcome. groups: by row; negative = the row stands alone. */
export function resampleGroups(judging: Judging, groups: Int32Array, seed: number): FoldResamples {
  return resampleThem([foldOfGroups(groups)], [judging], seed, false);
}

function resampleThem(folds: readonly JudgedFold[], judgings: readonly Judging[], seed: number, isForChoosing: boolean): FoldResamples {
  const rows = folds.reduce((sum, { places }) => sum + places.length, 0);
  const starts = blockStarts(folds, folds.every(({ changes }) => changes === null) ? [] : seriesOf(judgings));
  const resamples = Math.round(Math.min(500, Math.max(100, RESAMPLED_ROWS / (rows * judgings.length))));
  return {
    folds: folds.map((fold, i) =>
      resampled(judgings, fold, starts[i] ?? new Int32Array(0), { resamples, seed: seedOf(seed, i), isForChoosing }),
    ),
    method: methodOf(folds, starts, resamples),
  };
}

/**
 * The same for answers of one fold's models to judged rows of it (outputs aligned with `rows`), where the whole outcome is not at hand. Null where folds are
 * exchangeable.
 */
export function resampleFold(
  experiment: Experiment,
  rows: Int32Array,
  outputs: readonly Float64Array[],
  metric: Metric,
  ground: Ground,
): ResampledFold | null {
  const fold = { fold: 0, trainRows: rows.length, testRows: rows.length, scores: {}, fitMs: 0, predictMs: 0 };
  const outcomes = outputs.map((own, i) => {
    return { id: `${i}`, experiment, folds: [fold], scores: {}, outOfFold: { rows, outputs: own, repeats: 1 }, notes: {} };
  });
  return resampleFolds(outcomes, metric, ground)?.folds[0] ?? null;
}

/** Score of outcome `a` minus score of outcome `b`, on each resample of a fold. */
export function replicatesOfDifference({ replicates }: ResampledFold, a: number, b: number): Float64Array {
  const [own, other] = [replicates[a] ?? new Float64Array(0), replicates[b] ?? new Float64Array(0)];
  return own.map((score, i) => score - (other[i] ?? Number.NaN));
}

function resampled(
  judgings: readonly Judging[],
  { places, groups }: JudgedFold,
  starts: Int32Array,
  { resamples, seed, isForChoosing }: { readonly resamples: number; readonly seed: number; readonly isForChoosing: boolean },
): ResampledFold {
  const plan = { rows: starts.length, clusters: null, seed };
  const statistics = judgings.map(({ metric, judged }) => scoreOfBlocks(metric, takeJudged(judged, places), starts));
  const others = new Float64Array(starts.length);
  const onTheOthers = statistics.map((score) => (times: Float64Array) => {
    let left = 0;
    for (let unit = 0; unit < times.length; unit++) left += others[unit] = times[unit] === 0 ? 1 : 0;
    return left === 0 ? Number.NaN : score(others);
  });
  return {
    units: groups === null ? starts.length : unitsOfGroups(judgings, places, starts),
    replicates: pairedCountReplicates(statistics, { ...plan, resamples }),
    leftOut: isForChoosing ? pairedCountReplicates(onTheOthers, { ...plan, resamples: Math.min(CHOOSING, resamples) }) : [],
  };
}

/** By the weight that each group has in the score; of several ways to judge the one with the fewest degrees of freedom. */
function unitsOfGroups(judgings: readonly Judging[], places: Int32Array, starts: Int32Array): UnlikeUnits {
  const units = judgings.map(({ judged: { weight } }) => {
    const weightOf = (from: number, to: number) => places.subarray(from, to).reduce((sum, place) => sum + (weight?.[place] ?? 1), 0);
    return unlikeUnits(Float64Array.from(starts, (start, i) => weightOf(start, starts[i + 1] ?? places.length)));
  });
  return units.reduce((fewest, one) => (one.df < fewest.df ? one : fewest));
}

/** Row losses of each outcome and their differences to the first: a difference can remember longer than what it is made of. */
function* seriesOf(judgings: readonly Judging[]): Generator<Float64Array> {
  let first: Float64Array | null = null;
  for (const { metric, judged } of judgings) {
    const losses = lossPerRow(hasLossPerRow(metric) ? metric : judged.task, judged);
    yield losses;
    if (first !== null) yield losses.map((loss, row) => loss - (first?.[row] ?? Number.NaN));
    first ??= losses;
  }
}

function haveSameRows(outcomes: readonly Outcome[]): boolean {
  const rows = outcomes[0]?.outOfFold.rows ?? new Int32Array(0);
  return outcomes.every(({ outOfFold }) => outOfFold.rows.length === rows.length && outOfFold.rows.every((row, i) => row === rows[i]));
}

/** Folds are drawn independently. */
function seedOf(seed: number, fold: number): number {
  return createRandom(seed, "fold", fold).integer(2 ** 31);
}

function methodOf(folds: readonly JudgedFold[], starts: readonly Int32Array[], resamples: number): string {
  const blocks = starts.reduce((sum, { length }) => sum + length, 0);
  if (folds.every(({ groups }) => groups !== null)) return `t with bootstrap error, ${resamples} resamples of ${blocks} whole groups`;
  if (folds.every(({ changes }) => changes === null)) return `t with bootstrap error, ${resamples} resamples of rows`;
  return `t with block bootstrap error, ${resamples} resamples of ${blocks} blocks of rows${folds.length === 1 ? "" : ` within ${folds.length} folds`}`;
}
