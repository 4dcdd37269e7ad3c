import { type BinnedMatrix, binMatrix } from "./binning.ts";
import { assembleEnsemble, type TreeEnsemble } from "./ensemble.ts";
import { createGrower, type Grower } from "./grower.ts";
import { referenceKernels } from "./kernels-reference.ts";
import { createLoss, type Loss, type LossRows, withClassWeight } from "./losses/index.ts";
import { type BoostingOptions, boostingOptions } from "./options.ts";
import type { BoostingGiven } from "./options-given.ts";
import { weightedQuantile } from "./quantile.ts";
import { sampleInOrder, type Uniform, uniformStream } from "./random.ts";
import { binningRules, growthRules } from "./rules.ts";
import { type TrainingRows, type TreeTraining, trainingRows } from "./training.ts";
import { leafOfRow, type Tree } from "./tree.ts";

interface Boosting {
  readonly options: BoostingOptions;
  readonly rows: TrainingRows;
  readonly binned: BinnedMatrix;
  readonly loss: Loss;
  readonly grower: Grower;
  readonly uniform: Uniform;
  /** Raw scores by output, by row. */
  readonly scores: readonly Float64Array[];
  readonly gradients: readonly Float64Array[];
  readonly hessians: readonly Float64Array[];
  /** Row order of the tree being grown. */
  readonly order: Int32Array;
  readonly allColumns: Int32Array;
}

/**
 * Gradient boosting (Friedman 2001) with histograms, leaf-wise trees and Newton steps. Starts from the best constant. With validation rows
 * it keeps the round with the lowest validation loss, which may be round 0: a constant.
 * The same training, options and seed give the same ensemble, whatever the order of the features.
 * @throws RangeError, TypeError for options or training that do not fit.
 */
export function fitBoosting(training: TreeTraining, given: BoostingGiven, callSeed: number): TreeEnsemble {
  const options = boostingOptions(given);
  const seed = options.seed === "call" ? callSeed : options.seed;
  const rows = trainingRows(training);
  const loss = createLoss(withClassWeight(training.loss, options, rows.train), rows.train);
  const binned = binMatrix(training.matrix, rows.train.rows, binningRules(options), seed);
  const base = options.boostFromAverage ? loss.base(rows.train) : new Array<number>(loss.outputs).fill(0);
  const perOutput = (value: (output: number) => number) =>
    Array.from({ length: loss.outputs }, (_, output) => new Float64Array(training.matrix.rows).fill(value(output)));
  const boosting: Boosting = {
    options,
    rows,
    binned,
    loss,
    grower: createGrower(binned, growthRules(options, options.featureFractionByNode), referenceKernels),
    uniform: uniformStream(seed, 1),
    scores: perOutput((output) => base[output]!),
    gradients: perOutput(() => 0),
    hessians: perOutput(() => 0),
    order: new Int32Array(rows.train.count),
    allColumns: Int32Array.from(binned.source.keys()),
  };
  const trees = boost(boosting);
  return assembleEnsemble({ link: loss.link, outputs: loss.outputs, leafWidth: 1, base }, training.matrix, binned, trees, 1);
}

function boost(boosting: Boosting): { tree: Tree; output: number }[] {
  const { options, rows, loss, scores } = boosting;
  const trees: { tree: Tree; output: number }[] = [];
  const watched = rows.validation;
  let best = watched === null ? 0 : loss.mean(scores, watched);
  let bestRound = 0;
  for (let round = 1; round <= options.numIterations; round++) {
    const grown = growRound(boosting);
    trees.push(...grown.map((tree, output) => ({ tree, output })));
    if (watched !== null) {
      const now = loss.mean(scores, watched);
      if (now < best - options.earlyStoppingMinDelta) [best, bestRound] = [now, round];
      if (options.earlyStoppingRounds > 0 && round - bestRound >= options.earlyStoppingRounds) break;
    }
    // No leaf could be split, and nothing random may change that.
    if (grown.every((tree) => tree.column.length === 1) && isExhausted(options)) break;
  }
  return watched === null ? trees : trees.slice(0, bestRound * loss.outputs);
}

function isExhausted(options: BoostingOptions): boolean {
  return options.baggingFraction === 1 && options.featureFraction === 1 && options.featureFractionByNode === 1 && !options.extraTrees;
}

/** One tree per output, all from the gradients at the start of the round. */
function growRound(boosting: Boosting): Tree[] {
  const { loss, scores, gradients, hessians, rows, options, uniform, order, allColumns, grower } = boosting;
  loss.gradients(scores, rows.train, gradients, hessians);
  const count = Math.max(1, Math.round(rows.train.count * options.baggingFraction));
  const drawn = count < rows.train.count ? new Int32Array(count) : rows.train.rows;
  if (count < rows.train.count) sampleInOrder(rows.train.rows, rows.train.count, count, uniform, drawn);
  const learningRate = options.learningRate as number;
  return scores.map((score, output) => {
    order.set(drawn);
    const columns = drawShare(allColumns, options.featureFraction, uniform);
    const tree = grower.grow({ rows: order, count, gradient: gradients[output]!, hessian: hessians[output]!, columns, uniform });
    if (loss.leafQuantiles !== null) renewLeaves(tree, loss.leafQuantiles[output]!, rows.train, order, score);
    for (let leaf = 0; leaf < tree.leafValues.length; leaf++) tree.leafValues[leaf]! *= learningRate;
    addTree(boosting, tree, score, drawn);
    return tree;
  });
}

function drawShare(columns: Int32Array, share: number, uniform: Uniform): Int32Array {
  if (share === 1 || columns.length === 0) return columns;
  const drawn = new Int32Array(Math.max(1, Math.round(columns.length * share)));
  sampleInOrder(columns, columns.length, drawn.length, uniform, drawn);
  return drawn;
}

/** Leaves take a quantile of their residuals instead of the Newton step. */
function renewLeaves(tree: Tree, share: number, train: LossRows, order: Int32Array, score: Float64Array): void {
  const residual = (row: number) => train.target[row]! - score[row]!;
  for (let leaf = 0; leaf < tree.leafValues.length; leaf++) {
    tree.leafValues[leaf] = weightedQuantile(residual, train.weight, order, tree.leafBegin[leaf]!, tree.leafEnd[leaf]!, share);
  }
}

/** Adds the tree to the scores: by leaf for the rows it was grown on, by walking for the others. */
function addTree(boosting: Boosting, tree: Tree, score: Float64Array, drawn: Int32Array): void {
  const { rows, order, binned } = boosting;
  for (let leaf = 0; leaf < tree.leafValues.length; leaf++) {
    referenceKernels.addToScores(score, order, tree.leafBegin[leaf]!, tree.leafEnd[leaf]!, tree.leafValues[leaf]!);
  }
  const walk = (row: number) => {
    score[row]! += tree.leafValues[leafOfRow(tree, binned, row)]!;
  };
  if (drawn.length < rows.train.count) {
    let next = 0;
    for (const row of rows.train.rows) {
      if (drawn[next] === row) next++;
      else walk(row);
    }
  }
  if (rows.validation !== null) for (const row of new Set(rows.validation.rows)) walk(row);
}
