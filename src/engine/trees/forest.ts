import { namedOptions } from "../options.ts";
import { wrongValue } from "../wrong-use.ts";
import { withClassWeights } from "./class-weight.ts";
import type { TreeDataset } from "./dataset/dataset.ts";
import { assembleEnsemble, ofColumns, type TreeEnsemble } from "./ensemble.ts";
import { type BelowSpace, belowTree, createBelowSpace } from "./growth/below.ts";
import { classBins, classSearch } from "./growth/class-search.ts";
import { growTree } from "./growth/grower.ts";
import { newtonSearch } from "./growth/newton.ts";
import type { Constraints, GrowthRules } from "./growth/part.ts";
import { packGradients } from "./growth/scale.ts";
import { type KernelMaker, withDataset } from "./growth/seat.ts";
import { createGrowthSpace, type GrowthSpace, type Reals } from "./growth/space.ts";
import type { TreeKernels } from "./kernels/contract.ts";
import { createLoss, isLossName, type Link, type LossRows, refuseUnknownLoss } from "./losses/index.ts";
import { notesOf } from "./notes.ts";
import { FOREST_RULES } from "./option-rules.ts";
import { type ForestOptions, forestOptions, ownOptions, refuseBinning, seedOf } from "./options.ts";
import type { ForestGiven } from "./options-given.ts";
import { type Uniform, type UniformStream, uniformStream } from "./random.ts";
import { binningRules, columnsFor, constraintsFor, growthRules, nodeShare, threadsFor } from "./rules.ts";
import { drawShare } from "./sampling.ts";
import { encodeTargets } from "./target-encoding.ts";
import { completeTraining, isTreeDataset, refuseOneClass, type TreeTraining, trainingRows, type WholeTraining } from "./training.ts";
import { leafOfRow, type Tree } from "./tree.ts";

export interface ForestWithOutOfBag {
  readonly ensemble: TreeEnsemble;
  /** rows x outputs: mean over the trees that did not see the row; NaN for a row that every tree saw, or that was not trained on. */
  readonly outOfBag: Float64Array;
}

interface Forest {
  readonly options: ForestOptions;
  readonly train: LossRows;
  readonly dataset: TreeDataset;
  readonly kernels: TreeKernels;
  readonly rules: GrowthRules;
  readonly constraints: Constraints;
  readonly space: GrowthSpace;
  /** 1 for regression and two classes (the mean of the target), else the number of classes. */
  readonly outputs: number;
  readonly link: Link;
  readonly columns: Int32Array;
  /** Class of each row, or minus its centred target times weight. */
  readonly gradient: Reals;
  /** Weight of each row in the tree at hand. */
  readonly hessian: Reals;
  readonly centre: number;
  /** Sums by class; 0 for one output. */
  readonly classes: { readonly histogram: number; readonly offsets: number };
  readonly below: BelowSpace | null;
}

/**
 * Random forest (Breiman 2001), or extremely randomised trees with extraTrees (thresholds are drawn among bins, that is by rank). Leaves
 * hold class shares or the mean of the target; the forest is their average. The loss only says what the target is: logistic two classes,
 * softmax more, squared a number. Validation rows are left out. makeKernels: null = WebAssembly; tests compare with the reference.
 * @throws RangeError, TypeError for options or training that do not fit.
 */
export function fitForest(training: TreeTraining, given: ForestGiven = {}, seed = 1, makeKernels: KernelMaker | null = null): TreeEnsemble {
  return growForest(training, given, seed, null, makeKernels);
}

/**
 * One decision tree on all rows and columns; options as for a forest. Its leaves hold class shares or the mean of the target.
 * @throws RangeError, TypeError for options or training that do not fit.
 */
export function fitTree(training: TreeTraining, given: ForestGiven = {}, seed = 1): TreeEnsemble {
  const { loss } = completeTraining(training, given ?? {});
  forestOptions(given, loss);
  const named = namedOptions("forest", FOREST_RULES, ownOptions("forest", given, loss));
  for (const [name, only] of [["numTrees", 1] as const, ["bootstrap", false] as const]) {
    const found = named.get(name);
    if (found !== undefined && found.value !== only)
      throw wrongValue("bad-option", `a single tree has no option "${found.as}": it is one tree, grown on all rows; fitForest grows more`);
  }
  const kept = [...named].filter(([name]) => name !== "numTrees" && name !== "bootstrap").map(([, { as, value }]) => [as, value]);
  const columns = named.has("featureFractionByNode") ? {} : { featureFractionByNode: 1 };
  return fitForest(training, { ...columns, ...Object.fromEntries(kept), numTrees: 1, bootstrap: false }, seed);
}

/** The forest with its out-of-bag predictions. @throws RangeError as fitForest, and without bootstrap. */
export function fitForestOutOfBag(training: TreeTraining, given: ForestGiven = {}, seed = 1): ForestWithOutOfBag {
  const { loss } = completeTraining(training, given ?? {});
  if (!forestOptions(given, loss).bootstrap) throw wrongValue("bad-option", "out-of-bag predictions need bootstrap: true");
  const width = loss.loss === "softmax" ? loss.classes : 1;
  const sums = new Float64Array(training.matrix.rows * width);
  const trees = new Int32Array(training.matrix.rows);
  const ensemble = growForest(training, given, seed, (row, tree, leaf) => {
    trees[row]!++;
    for (let k = 0; k < width; k++) sums[row * width + k]! += tree.leafValues[leaf * width + k]!;
  });
  return { ensemble, outOfBag: sums.map((sum, at) => sum / trees[Math.floor(at / width)]!) };
}

/** Sets of more levels are found by chance in nodes of few rows, and trees that are grown to their ends keep them: bench/quality/forest-categories.ts. */
const MOST_IN_SETS = 32;

const PENALTIES = ["lambdaL1", "lambdaL2", "maxDeltaStep", "pathSmooth"] as const;
const OF_LEVELS = ["maxCatToOnehot", "catSmooth", "catL2", "maxCatThreshold", "minDataPerGroup"] as const;

/** Shares of several classes are grown by impurity alone. @throws RangeError for options that would do nothing. */
function refuseIdle(options: ForestOptions, { loss }: WholeTraining["loss"]): void {
  if (loss !== "softmax") return;
  const idle = [...PENALTIES, ...OF_LEVELS].find((name) => options[name] !== FOREST_RULES[name].value);
  if (idle !== undefined)
    throw wrongValue("bad-option", `forest option "${idle}" has no part in a forest of several classes: its splits go by impurity`);
}

/** Leaves hold shares or means. @throws RangeError for a loss that asks for something else. */
function refuseOtherLosses(asked: WholeTraining["loss"]): void {
  const { loss } = asked;
  if (asked.loss === "logistic" && (asked.positiveWeight ?? 1) !== 1)
    throw wrongValue("bad-loss", `a forest has no positiveWeight; give the option classWeight: { 1: ${asked.positiveWeight} }`);
  if (loss === "logistic" || loss === "softmax" || loss === "squared") return;
  if (!isLossName(loss)) refuseUnknownLoss(asked);
  throw wrongValue("bad-loss", `a forest learns classes (logistic, softmax) or means (squared), not ${loss} loss; fitBoosting does`);
}

type OutOfBag = (row: number, tree: Tree, leaf: number) => void;

function growForest(
  asked: TreeTraining,
  given: ForestGiven,
  callSeed: number,
  outOfBag: OutOfBag | null,
  makeKernels: KernelMaker | null = null,
): TreeEnsemble {
  const told = completeTraining(asked, given ?? {});
  const options = forestOptions(given, told.loss);
  if (isTreeDataset(told.matrix)) refuseBinning("forest", given, told.loss);
  const seed = seedOf(options, callSeed);
  refuseOtherLosses(told.loss);
  refuseIdle(options, told.loss);
  const { training, rows } = withClassWeights(told, trainingRows(told), options.classWeight);
  const { train } = rows;
  createLoss(training.loss, train);
  if (!options.allowConstLabel) refuseOneClass(train, training.loss);
  // Sums by class are kept by slot, so each column has its own.
  const enableBundle = options.enableBundle && training.loss.loss !== "softmax";
  const binning = { rows: train.rows, rules: { ...binningRules(options), enableBundle }, seed };
  const source = encodeTargets(training, options, MOST_IN_SETS, train, seed);
  const threads = threadsFor(options, train.count * source.features.length * options.numTrees);
  return withDataset(source, threads, binning, makeKernels, (dataset, kernels) => {
    const constraints = constraintsFor(options, dataset, training.loss);
    const space = createGrowthSpace(dataset, kernels, train.count, constraints);
    try {
      const forest = prepareForest(training, { options, train, dataset, kernels, constraints, space });
      return ofColumns(growIn(forest, seed, outOfBag), training.columns);
    } finally {
      space.close();
    }
  });
}

function growIn(forest: Forest, seed: number, outOfBag: OutOfBag | null): TreeEnsemble {
  const { options, train, dataset, outputs, link, space, hessian } = forest;
  const trees: { tree: Tree; output: number }[] = [];
  for (let t = 0; t < options.numTrees; t++) {
    const uniform = uniformStream(seed, 2 + t);
    const drawn = drawRows(forest, uniform);
    space.rowsView.set(drawn);
    const tree = growOne(forest, drawn.length, drawShare(forest.columns, options.featureFraction, uniform), uniform, t + 1);
    if (forest.constraints.monotone === null) fillLeaves(forest, tree, space.rowsView);
    else centreLeaves(forest, tree);
    trees.push({ tree, output: 0 });
    if (outOfBag === null) continue;
    for (const row of train.rows) if (hessian.view[row] === 0) outOfBag(row, tree, leafOfRow(tree, dataset, row));
  }
  const head = { link, outputs, leafWidth: outputs, base: new Array<number>(outputs).fill(0), averaged: true };
  return { ...assembleEnsemble(head, dataset, trees, 1 / options.numTrees), ...notesOf(trees, options.minDataInLeaf, train.count) };
}

function growOne(forest: Forest, count: number, columns: Int32Array, uniform: UniformStream, turn: number): Tree {
  const { dataset, kernels, rules, constraints, space, outputs, classes, gradient, hessian } = forest;
  const { rows, rowsView, packed, scratch, table } = space;
  const list = { address: rows, count, view: rowsView };
  const { sums, gUnit, hUnit } = packGradients(kernels, gradient, hessian, list, packed, turn, outputs > 1);
  const shared = { ...space, dataset, kernels, rules, constraints };
  const search =
    outputs > 1
      ? classSearch({ ...shared, ...classes, classes: outputs, hUnit }, { columns, uniform })
      : newtonSearch(shared, { columns, uniform, gUnit, hUnit });
  const totals = { gradient: sums.gradient, hessian: sums.hessian, hUnit };
  const below = forest.below === null ? null : belowTree(forest.below, { columns, uniform, gUnit, hUnit });
  return growTree({ dataset, kernels, rules, constraints, rows, count, scratch, table, columns, ...totals, search, below });
}

function prepareForest(
  training: WholeTraining,
  known: Pick<Forest, "options" | "train" | "dataset" | "kernels" | "constraints" | "space">,
): Forest {
  const { loss } = training;
  const { options, train, dataset, kernels, space } = known;
  const outputs = loss.loss === "softmax" ? loss.classes : 1;
  const isClass = loss.loss === "softmax" || loss.loss === "logistic";
  const columns = columnsFor(training, dataset);
  const classes =
    outputs > 1
      ? { histogram: space.block(4 * outputs * classBins(dataset)), offsets: space.block(4 * Math.max(1, columns.length)) }
      : { histogram: 0, offsets: 0 };
  const rules = growthRules(options, nodeShare(options.featureFractionByNode, columns.length, isClass));
  return {
    ...known,
    kernels,
    rules,
    below: outputs > 1 ? null : createBelowSpace({ dataset, kernels, rules, constraints: known.constraints, space }),
    outputs,
    link: isClass ? "share" : "identity",
    columns,
    gradient: space.reals(),
    hessian: space.reals(),
    centre: isClass ? 0 : middleOf(train),
    classes,
  };
}

/** Rows that tell the middle of the targets. */
const SAMPLE = 1001;

/** Deviations from the median that the mean lies away, from which a few huge targets have moved it. */
const FAR = 64;

/**
 * Gradients are taken about the mean, which penalties draw to; about the median, of evenly spread rows, where a few huge targets have moved the mean: they would make all other
 * gradients large and alike, and what tells them apart would be less than a step of the packed sums.
 */
function middleOf({ target, rows, count }: LossRows): number {
  let mean = 0;
  for (const row of rows) mean += target[row]! / count;
  const size = Math.min(count, SAMPLE);
  const sample = Float64Array.from({ length: size }, (_, i) => target[rows[Math.floor((i * count) / size)]!]!).sort();
  const median = sample[size >> 1]!;
  const deviation = sample.map((y) => Math.abs(y - median)).sort()[size >> 1]!;
  return deviation > 0 && Math.abs(mean - median) > FAR * deviation ? median : mean;
}

/** The rows of one tree, ascending; fills hessian and gradient for them. */
function drawRows(forest: Forest, uniform: Uniform): Int32Array {
  const { train, options, outputs, centre } = forest;
  const { rows, target, weight } = train;
  const [gradient, hessian] = [forest.gradient.view, forest.hessian.view];
  hessian.fill(0);
  if (options.bootstrap) bootstrapCounts(train, Math.max(1, Math.round(train.count * options.maxSamples)), uniform, hessian);
  else for (const row of drawShare(rows, options.maxSamples, uniform)) hessian[row] = weight === null ? 1 : weight[row]!;
  const drawn = new Int32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const h = hessian[row]!;
    if (!(h > 0)) continue;
    drawn[count++] = row;
    gradient[row] = outputs > 1 ? target[row]! : (centre - target[row]!) * h;
  }
  return drawn.subarray(0, count);
}

/** So many draws with replacement, in proportion to the rows' weights. */
function bootstrapCounts(train: LossRows, draws: number, uniform: Uniform, counts: Float64Array): void {
  const { rows, weight, count } = train;
  if (weight === null) {
    for (let draw = 0; draw < draws; draw++) counts[rows[Math.floor(uniform() * count)]!]!++;
    return;
  }
  const reached = new Float64Array(count);
  let total = 0;
  for (let i = 0; i < count; i++) reached[i] = total += weight[rows[i]!]!;
  for (let draw = 0; draw < draws; draw++) counts[rows[firstAbove(reached, uniform() * total)]!]!++;
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

/** The values that the tree was grown with: means, kept within the bounds of the monotone splits above. They are summed in steps, so shares may leave 0 to 1 by rounding. */
function centreLeaves({ centre, link }: Forest, tree: Tree): void {
  for (let leaf = 0; leaf < tree.leafValues.length; leaf++) {
    const value = tree.leafValues[leaf]! + centre;
    tree.leafValues[leaf] = link === "share" ? Math.min(1, Math.max(0, value)) : value;
  }
}

/** Class shares, or the mean of the target, of each leaf's rows. */
function fillLeaves(forest: Forest, tree: Tree, rows: Int32Array): void {
  const { outputs, train } = forest;
  const hessian = forest.hessian.view;
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
