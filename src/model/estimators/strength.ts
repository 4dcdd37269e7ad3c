import type { Training } from "../../core/estimator.ts";
import { createRandom } from "../../core/random.ts";
import { lossPerRow } from "../../metrics/index.ts";
import { takeTraining } from "./rows.ts";

/** Penalties tried, strong to weak: from "only the mean" to "as good as none". */
const STRENGTHS = [1e5, 1e4, 1e3, 1e2, 1e1, 1, 1e-1, 1e-2, 1e-3];

/** Half a decade to each side of the best. */
const FINER = Math.sqrt(10);

const INNER_FOLDS = 5;

/** From this many held back rows on they judge well enough alone. */
const ENOUGH_HELD_BACK = 200;

/** The best penalty on a sample of this size is near the best one on all rows: it does not grow with the rows (it is a prior's precision). */
const MOST_ROWS = 20_000;

/** Fits with a penalty and answers for other rows, row-major. */
export type FitAndPredict = (training: Training, strength: number, judged: Training) => Float64Array;

interface InnerFold {
  readonly train: Training;
  readonly judged: Training;
}

/** A stronger penalty is taken if it is behind by no more than this share of the standard error of the difference, paired by row. */
const TOLERANCE = 0.5;

/** Behind the best by more standard errors than this, still weaker penalties are not tried: of many classes they take longest of all. */
const CLEARLY = 1;

interface Tried {
  readonly strength: number;
  /** Weighted loss of every judged row. */
  readonly losses: Float64Array;
  readonly total: number;
}

/**
 * Penalty by the loss on rows of the training that were not fitted: the held back rows (chosen by the split policy) when there are enough, else
 * inner cross-validation over all rows. The strongest that is not visibly behind the best. From strong to weak, until the loss has risen twice, or once
 * visibly.
 */
export function chooseStrength(training: Training, fitAndPredict: FitAndPredict, seed: number): number {
  const folds = innerFolds(training, seed);
  const attempt = (strength: number): Tried => {
    const losses = new Float64Array(folds.reduce((sum, { judged }) => sum + judged.matrix.rows, 0));
    let at = 0;
    for (const { train, judged } of folds) {
      losses.set(rowLosses(judged, fitAndPredict(train, strength, judged)), at);
      at += judged.matrix.rows;
    }
    return { strength, losses, total: losses.reduce((sum, loss) => sum + loss, 0) };
  };
  const tried: Tried[] = [];
  for (let rises = 0, i = 0; rises < 2 && i < STRENGTHS.length; i++) {
    const now = attempt(STRENGTHS[i] ?? 1);
    tried.push(now);
    const best = leastOf(tried);
    if (best === now) rises = 0;
    else rises += isNear(now, best, CLEARLY) ? 1 : 2;
  }
  const coarse = leastOf(tried);
  tried.push(attempt(coarse.strength * FINER), attempt(coarse.strength / FINER));
  const best = leastOf(tried);
  return Math.max(...tried.filter((one) => isNear(one, best, TOLERANCE)).map(({ strength }) => strength));
}

function leastOf(tried: readonly Tried[]): Tried {
  return tried.reduce((least, one) => (one.total < least.total ? one : least));
}

/** Behind by at most so many standard errors. */
function isNear(one: Tried, best: Tried, errors: number): boolean {
  const rows = one.losses.length;
  const excess = (one.total - best.total) / rows;
  const squares = one.losses.reduce((sum, loss, row) => sum + (loss - (best.losses[row] ?? 0) - excess) ** 2, 0);
  return excess <= (errors * Math.sqrt(squares)) / rows;
}

function rowLosses(judged: Training, outputs: Float64Array): Float64Array {
  const { task, target, weight } = judged;
  return lossPerRow(task, { task, truth: target, outputs, weight }).map((loss, row) => (weight === null ? 1 : (weight[row] ?? 0)) * loss);
}

function innerFolds(training: Training, seed: number): InnerFold[] {
  const { matrix, validation } = training;
  const random = createRandom(seed, "strength");
  const all = Int32Array.from({ length: matrix.rows }, (_, row) => row);
  if (validation !== null && validation.length >= ENOUGH_HELD_BACK) {
    const held = new Set(validation);
    const rest = sample(all.filter((row) => !held.has(row)));
    return [{ train: takeTraining(training, rest), judged: takeTraining(training, sample(validation)) }];
  }
  const rows = sample(all);
  const folds = Math.min(INNER_FOLDS, rows.length);
  const part = random.shuffle(rows.map((_, i) => i % folds));
  if (folds < 2) return [{ train: takeTraining(training, rows), judged: takeTraining(training, rows) }];
  return Array.from({ length: folds }, (_, fold) => ({
    train: takeTraining(
      training,
      rows.filter((_, i) => part[i] !== fold),
    ),
    judged: takeTraining(
      training,
      rows.filter((_, i) => part[i] === fold),
    ),
  }));

  function sample(rowsOf: Int32Array): Int32Array {
    return rowsOf.length <= MOST_ROWS ? rowsOf : random.shuffle(rowsOf.slice()).slice(0, MOST_ROWS).sort();
  }
}
