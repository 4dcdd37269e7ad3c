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

/**
 * Penalty with the least loss on rows of the training that were not fitted: the held back rows (chosen by the split policy) when there are enough,
 * else inner cross-validation over all rows. From strong to weak, until the loss has risen twice. Ties: the stronger.
 */
export function chooseStrength(training: Training, fitAndPredict: FitAndPredict, seed: number): number {
  const folds = innerFolds(training, seed);
  const lossAt = (strength: number) =>
    folds.reduce((sum, { train, judged }) => sum + innerLoss(judged, fitAndPredict(train, strength, judged)), 0);
  let [best, least, rises] = [STRENGTHS[0] ?? 1, Number.POSITIVE_INFINITY, 0];
  const consider = (strength: number): void => {
    const loss = lossAt(strength);
    rises = loss < least ? 0 : rises + 1;
    if (loss < least) [best, least] = [strength, loss];
  };
  for (const strength of STRENGTHS) {
    if (rises >= 2) break;
    consider(strength);
  }
  for (const strength of [best * FINER, best / FINER]) consider(strength);
  return best;
}

function innerLoss(judged: Training, outputs: Float64Array): number {
  const { task, target, weight } = judged;
  return lossPerRow(task, { task, truth: target, outputs, weight }).reduce(
    (sum, loss, row) => sum + (weight === null ? 1 : (weight[row] ?? 0)) * loss,
    0,
  );
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
