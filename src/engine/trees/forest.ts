import { type BinnedMatrix, binMatrix } from "./binning.ts";
import { assembleEnsemble, type TreeEnsemble } from "./ensemble.ts";
import { createGrower, type Grower } from "./grower.ts";
import { classKernels } from "./kernels-class.ts";
import { referenceKernels } from "./kernels-reference.ts";
import { createLoss, type Link, type LossRows } from "./losses/index.ts";
import { type ForestOptions, forestOptions } from "./options.ts";
import type { ForestGiven } from "./options-given.ts";
import { sampleInOrder, type Uniform, uniformStream } from "./random.ts";
import { binningRules, growthRules, nodeShare } from "./rules.ts";
import { type TreeTraining, trainingRows } from "./training.ts";
import { leafOfRow, type Tree } from "./tree.ts";

export interface ForestWithOutOfBag {
  readonly ensemble: TreeEnsemble;
  /** rows x outputs: mean over the trees that did not see the row; NaN for a row that every tree saw, or that was not trained on. */
  readonly outOfBag: Float64Array;
}

interface Forest {
  readonly options: ForestOptions;
  readonly train: LossRows;
  readonly binned: BinnedMatrix;
  /** 1 for regression and two classes (the mean of the target), else the number of classes. */
  readonly outputs: number;
  readonly link: Link;
  readonly grower: Grower;
  readonly columns: Int32Array;
  /** Class of each row, or minus its centred target times weight. */
  readonly gradient: Float64Array;
  /** Weight of each row in the tree at hand. */
  readonly hessian: Float64Array;
  readonly centre: number;
}

/**
 * Random forest (Breiman 2001), or extremely randomised trees with extraTrees (thresholds are drawn among bins, that is by rank). Leaves
 * hold class shares or the mean of the target; the forest is their average. The loss only says what the target is: logistic two classes,
 * softmax more, any other a number. Validation rows are left out.
 * @throws RangeError, TypeError for options or training that do not fit.
 */
export function fitForest(training: TreeTraining, given: ForestGiven, seed: number): TreeEnsemble {
  return growForest(training, given, seed, null);
}

/**
 * One decision tree on all rows and columns; options as for a forest. Its leaves hold class shares or the mean of the target.
 * @throws RangeError, TypeError for options or training that do not fit.
 */
export function fitTree(training: TreeTraining, given: ForestGiven, seed: number): TreeEnsemble {
  return fitForest(training, { featureFractionByNode: 1, ...given, numTrees: 1, bootstrap: false }, seed);
}

/** The forest with its out-of-bag predictions. @throws RangeError as fitForest, and without bootstrap. */
export function fitForestOutOfBag(training: TreeTraining, given: ForestGiven, seed: number): ForestWithOutOfBag {
  if (!forestOptions(given).bootstrap) throw new RangeError("out-of-bag predictions need bootstrap: true");
  const width = training.loss.loss === "softmax" ? training.loss.classes : 1;
  const sums = new Float64Array(training.matrix.rows * width);
  const trees = new Int32Array(training.matrix.rows);
  const ensemble = growForest(training, given, seed, (row, tree, leaf) => {
    trees[row]!++;
    for (let k = 0; k < width; k++) sums[row * width + k]! += tree.leafValues[leaf * width + k]!;
  });
  return { ensemble, outOfBag: sums.map((sum, at) => sum / trees[Math.floor(at / width)]!) };
}

type OutOfBag = (row: number, tree: Tree, leaf: number) => void;

function growForest(training: TreeTraining, given: ForestGiven, callSeed: number, outOfBag: OutOfBag | null): TreeEnsemble {
  const read = forestOptions(given);
  const seed = read.seed === "call" ? callSeed : read.seed;
  const forest = prepareForest(training, read, seed);
  const { options, train, binned, outputs, link } = forest;
  const trees: { tree: Tree; output: number }[] = [];
  for (let t = 0; t < options.numTrees; t++) {
    const uniform = uniformStream(seed, 2 + t);
    const rows = drawRows(forest, uniform);
    const tree = forest.grower.grow({
      rows,
      count: rows.length,
      gradient: forest.gradient,
      hessian: forest.hessian,
      columns: drawColumns(forest, uniform),
      uniform,
    });
    fillLeaves(forest, tree, rows);
    trees.push({ tree, output: 0 });
    if (outOfBag !== null) for (const row of train.rows) if (forest.hessian[row] === 0) outOfBag(row, tree, leafOfRow(tree, binned, row));
  }
  const head = { link, outputs, leafWidth: outputs, base: new Array<number>(outputs).fill(0) };
  return assembleEnsemble(head, training.matrix, binned, trees, 1 / options.numTrees);
}

function prepareForest(training: TreeTraining, options: ForestOptions, seed: number): Forest {
  const { matrix, loss } = training;
  const { train } = trainingRows(training);
  createLoss(loss, train);
  const binned = binMatrix(matrix, train.rows, binningRules(options), seed);
  const outputs = loss.loss === "softmax" ? loss.classes : 1;
  const isClass = loss.loss === "softmax" || loss.loss === "logistic";
  const columns = Int32Array.from(binned.source.keys());
  const share = nodeShare(options.featureFractionByNode, columns.length, isClass);
  const kernels = outputs > 1 ? classKernels(outputs) : referenceKernels;
  let centre = 0;
  if (!isClass) for (const row of train.rows) centre += training.target[row]! / train.count;
  return {
    options,
    train,
    binned,
    outputs,
    link: isClass ? "share" : "identity",
    grower: createGrower(binned, growthRules(options, share), kernels),
    columns,
    gradient: new Float64Array(matrix.rows),
    hessian: new Float64Array(matrix.rows),
    centre,
  };
}

function drawColumns({ columns, options }: Forest, uniform: Uniform): Int32Array {
  if (options.featureFraction === 1 || columns.length === 0) return columns;
  const drawn = new Int32Array(Math.max(1, Math.round(columns.length * options.featureFraction)));
  sampleInOrder(columns, columns.length, drawn.length, uniform, drawn);
  return drawn;
}

/** The rows of one tree, ascending; fills hessian and gradient for them. */
function drawRows(forest: Forest, uniform: Uniform): Int32Array {
  const { train, options, hessian, gradient, outputs, centre } = forest;
  hessian.fill(0);
  if (options.bootstrap) bootstrapCounts(train, uniform, hessian);
  else for (const row of train.rows) hessian[row] = train.weight === null ? 1 : train.weight[row]!;
  const rows = train.rows.filter((row) => hessian[row]! > 0);
  for (const row of rows) gradient[row] = outputs > 1 ? train.target[row]! : (centre - train.target[row]!) * hessian[row]!;
  return rows;
}

/** As many draws with replacement as there are rows, in proportion to their weight. */
function bootstrapCounts(train: LossRows, uniform: Uniform, counts: Float64Array): void {
  const { rows, weight, count } = train;
  const reached = new Float64Array(count);
  let total = 0;
  for (let i = 0; i < count; i++) reached[i] = total += weight === null ? 1 : weight[rows[i]!]!;
  for (let draw = 0; draw < count; draw++) {
    const at = uniform() * total;
    counts[rows[weight === null ? Math.floor(at) : firstAbove(reached, at)]!]!++;
  }
}

function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Class shares, or the mean of the target, of each leaf's rows. */
function fillLeaves(forest: Forest, tree: Tree, rows: Int32Array): void {
  const { outputs, train, hessian } = forest;
  const leaves = tree.leafBegin.length;
  const values = new Float64Array(leaves * outputs);
  for (let leaf = 0; leaf < leaves; leaf++) {
    let total = 0;
    for (let at = tree.leafBegin[leaf]!; at < tree.leafEnd[leaf]!; at++) {
      const row = rows[at]!;
      const weight = hessian[row]!;
      total += weight;
      if (outputs > 1) values[leaf * outputs + train.target[row]!]! += weight;
      else values[leaf]! += weight * train.target[row]!;
    }
    for (let k = 0; k < outputs; k++) values[leaf * outputs + k]! /= total;
  }
  tree.leafValues = values;
}
