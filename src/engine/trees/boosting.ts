import { withClassWeights } from "./class-weight.ts";
import type { TreeDataset } from "./dataset/dataset.ts";
import { createJudge, type Judge } from "./early-stopping.ts";
import { assembleEnsemble, ofColumns, type TreeEnsemble } from "./ensemble.ts";
import { growTree } from "./growth/grower.ts";
import { type NewtonTree, newtonSearch } from "./growth/newton.ts";
import type { Constraints, GrowthRules } from "./growth/part.ts";
import { logisticPacker, type PackedRound, packGradients } from "./growth/scale.ts";
import { type KernelMaker, withDataset } from "./growth/seat.ts";
import { createGrowthSpace, type GrowthSpace, type Reals } from "./growth/space.ts";
import { writeWalkable } from "./growth/walk-nodes.ts";
import { createWholeTrees, type WholeTrees } from "./growth/whole.ts";
import type { RowList, TreeKernels } from "./kernels/contract.ts";
import { automaticLearningRate } from "./learning-rate.ts";
import { createLoss, type Loss, type LossRows, refuseBaggingByClass, withPositiveWeight } from "./losses/index.ts";
import { notesOf } from "./notes.ts";
import { type BoostingOptions, boostingOptions, refuseBinning, refuseIdleStopping, seedOf } from "./options.ts";
import type { BoostingGiven } from "./options-given.ts";
import { weightedQuantile } from "./quantile.ts";
import { type Uniform, type UniformStream, uniformStream } from "./random.ts";
import { createRoundScores, type TrainingHistory } from "./round-scores.ts";
import { binningRules, columnsFor, constraintsFor, growthRules, nodeShare, threadsFor } from "./rules.ts";
import { createSampler, type Draw, drawShare, type Sampler } from "./sampling.ts";
import { encodeTargets } from "./target-encoding.ts";
import {
  completeTraining,
  isTreeDataset,
  refuseLightRows,
  refuseOneClass,
  refuseSplitQueries,
  type TrainingRows,
  type TreeTraining,
  trainingRows,
  type WholeTraining,
} from "./training.ts";
import type { Tree } from "./tree.ts";

interface Boosting {
  readonly training: WholeTraining;
  readonly options: BoostingOptions;
  readonly rows: TrainingRows;
  readonly dataset: TreeDataset;
  readonly kernels: TreeKernels;
  readonly rules: GrowthRules;
  readonly constraints: Constraints;
  readonly space: GrowthSpace;
  /** null: trees are grown node by node. */
  readonly whole: WholeTrees | null;
  readonly loss: Loss;
  readonly uniform: UniformStream;
  readonly learningRate: number;
  readonly sampler: Sampler;
  readonly judge: Judge;
  /** Columns that may be used at all. */
  readonly columns: Int32Array;
  /** Raw scores by output, by row. */
  readonly scores: readonly Reals[];
  /** Draws the rows of a round; writes the gradients of all outputs for them. */
  readonly draw: (round: number, uniform: Uniform) => Int32Array;
  /** Packs what was written of one output. */
  readonly pack: (output: number, rows: RowList & { readonly view: Int32Array }) => PackedRound;
  readonly watched: RowList | null;
  /** Training rows that a round left out are walked. */
  readonly others: { readonly address: number; readonly view: Int32Array };
}

/**
 * Gradient boosting (Friedman 2001) with histograms and Newton steps. Starts from the best constant. With validation rows it keeps the round with the
 * lowest validation loss, which may be round 0: a constant; without early stopping it keeps all. The score of each round is the ensemble's `history`.
 * Where no round found a split, its `notes` say so.
 * The same training, options and seed give the same ensemble, whatever the order of the features and the number of threads.
 * makeKernels: null = WebAssembly; tests compare with the reference.
 * @throws RangeError, TypeError for options or training that do not fit.
 */
export function fitBoosting(
  asked: TreeTraining,
  given: BoostingGiven = {},
  callSeed = 1,
  makeKernels: KernelMaker | null = null,
): TreeEnsemble {
  const told = completeTraining(asked, given ?? {});
  const options = boostingOptions(given, told.loss);
  if (isTreeDataset(told.matrix)) refuseBinning("boosting", given, told.loss);
  const seed = seedOf(options, callSeed);
  const { training, rows } = withClassWeights(told, trainingRows(told), options.classWeight);
  if (rows.validation === null) refuseIdleStopping(given, options, told.loss);
  const binning = { rows: rows.train.rows, rules: binningRules(options), seed };
  const source = encodeTargets(training, options, options.maxBin, rows.train, seed);
  const threads = threadsFor(options, rows.train.count * source.features.length * options.numIterations);
  return withDataset(source, threads, binning, makeKernels, (dataset, kernels) => {
    const constraints = constraintsFor(options, dataset, training.loss);
    const space = createGrowthSpace(dataset, kernels, rows.train.count, constraints);
    try {
      return boostIn(space, { training, options, rows, dataset, kernels, constraints, seed });
    } finally {
      space.close();
    }
  });
}

interface Setting extends Pick<Boosting, "options" | "rows" | "dataset" | "kernels" | "constraints"> {
  readonly training: WholeTraining;
  readonly seed: number;
}

function boostIn(space: GrowthSpace, setting: Setting): TreeEnsemble {
  const { training, options, rows, dataset, seed } = setting;
  refuseBaggingByClass(training.loss, options);
  refuseLightRows(rows.train, training.loss.loss, options.minSumHessianInLeaf);
  const loss = createLoss(withPositiveWeight(training.loss, options, rows.train), rows.train);
  if (!options.allowConstLabel && options.numIterations > 0) refuseOneClass(rows.train, training.loss);
  // Refuses validation targets that the loss cannot judge.
  if (rows.validation !== null) createLoss(training.loss, rows.validation);
  const judge = createJudge(options, training.loss, loss);
  if (training.loss.loss === "lambdarank" || /^(ndcg|map)\b/.test(judge.name)) refuseSplitQueries(rows);
  const base = options.boostFromAverage ? loss.base(rows.train) : new Array<number>(loss.outputs).fill(0);
  const scores = base.map((value) => {
    const reals = space.reals();
    reals.view.fill(value);
    return reals;
  });
  const learningRate = learningRateOf(training, options, rows);
  const sampler = createSampler(options, learningRate, rows.train, training.loss.loss === "lambdarank");
  const columns = columnsFor(training, dataset);
  const rules = growthRules(options, nodeShare(options.featureFractionByNode, columns.length, false));
  const boosting: Boosting = {
    ...setting,
    learningRate,
    sampler,
    judge,
    rules,
    space,
    whole: createWholeTrees({ dataset, kernels: setting.kernels, rules, constraints: setting.constraints, space }),
    loss,
    uniform: uniformStream(seed, 1),
    columns,
    scores,
    ...gradientsOf(space, setting, loss, scores, sampler),
    watched: rows.validation === null ? null : space.list32(distinct(rows.validation.rows)),
    others: space.list32(new Int32Array(options.sampling === "none" ? 0 : rows.train.count)),
  };
  const { trees, history, notes } = boost(boosting);
  const head = { link: loss.link, outputs: loss.outputs, leafWidth: 1, base };
  const ensemble = ofColumns(assembleEnsemble(head, dataset, trees, 1), training.columns);
  return { ...ensemble, ...(history !== null && { history }), ...notes };
}

function learningRateOf({ loss, validation }: WholeTraining, options: BoostingOptions, { train }: TrainingRows): number {
  const { learningRate, numIterations: rounds, boostFromAverage: fromAverage } = options;
  if (learningRate !== "auto") return learningRate;
  return automaticLearningRate({ loss: loss.loss, rows: train.count, rounds, stopsEarly: validation !== null, fromAverage });
}

function distinct(rows: Int32Array): Int32Array {
  return Int32Array.from(new Set(rows)).sort();
}

/** The logistic loss is packed by the kernels; other losses write gradients first, and so does the logistic one where rows are drawn by them. */
function gradientsOf(
  space: GrowthSpace,
  { training, rows, kernels, options }: Setting,
  loss: Loss,
  scores: readonly Reals[],
  sampler: Sampler,
): Pick<Boosting, "draw" | "pack"> {
  const { train } = rows;
  const isPlain = training.loss.loss === "logistic" && training.loss.positiveWeight === undefined;
  if (isPlain && options.scalePosWeight === 1 && !options.isUnbalance && options.sampling !== "goss") {
    const target = space.block(training.target.length);
    kernels.memory.u8.set(training.target, target);
    const weight = training.weight === null ? null : space.reals();
    weight?.view.set(training.weight ?? []);
    const pack = logisticPacker(kernels, { target, weight: weight?.address ?? 0 }, train);
    return {
      draw: (round, uniform) => sampler(round, [], [], uniform).rows,
      pack: (output, list) => pack(scores[output]!.address, list, space.packed),
    };
  }
  let turn = 0;
  const gradients = scores.map(() => space.reals());
  const hessians = scores.map(() => space.reals());
  const views = [scores, gradients, hessians].map((all) => all.map(({ view }) => view)) as [Float64Array[], Float64Array[], Float64Array[]];
  const write = (drawn: Int32Array) =>
    loss.gradients(views[0], drawn === train.rows ? train : { ...train, rows: drawn, count: drawn.length }, views[1], views[2]);
  return {
    draw: (round, uniform) => {
      const isByGradient = options.sampling === "goss";
      if (isByGradient) write(train.rows);
      const drawn = sampler(round, views[1], views[2], uniform);
      if (!isByGradient) write(drawn.rows);
      for (const view of [...views[1], ...views[2]]) weigh(view, drawn);
      return drawn.rows;
    },
    pack: (output, list) => packGradients(kernels, gradients[output]!, hessians[output]!, list, space.packed, ++turn),
  };
}

function weigh(values: Float64Array, { rows, factor }: Draw): void {
  if (factor !== null) for (let i = 0; i < rows.length; i++) values[rows[i]!]! *= factor[i]!;
}

interface Boosted {
  readonly trees: readonly { readonly tree: Tree; readonly output: number }[];
  readonly history: TrainingHistory | null;
  readonly notes: Pick<TreeEnsemble, "notes">;
}

function boost(boosting: Boosting): Boosted {
  const { options, training, rows, loss, scores, judge } = boosting;
  const views = scores.map(({ view }) => view);
  const trees: { tree: Tree; output: number }[] = [];
  const record = createRoundScores(options, judge, training.loss, rows, views);
  record.add(0);
  for (let round = 1; round <= options.numIterations; round++) {
    const grown = growRound(boosting, round);
    // No leaf could be split, and nothing random may change that: further rounds would add nothing.
    if (options.boostFromAverage && grown.every((tree) => tree.column.length === 1) && isExhausted(options)) break;
    trees.push(...grown.map((tree, output) => ({ tree, output })));
    if (record.add(round)) break;
  }
  const { keep, history } = record.finish();
  const notes = options.numIterations === 0 ? {} : notesOf(trees, options.minDataInLeaf, rows.train.count);
  return { trees: keep === null ? trees : trees.slice(0, keep * loss.outputs), history, notes };
}

function isExhausted(options: BoostingOptions): boolean {
  return options.sampling === "none" && options.featureFraction === 1 && options.featureFractionByNode === 1 && !options.extraTrees;
}

/** One tree per output, all from the gradients at the start of the round. */
function growRound(boosting: Boosting, round: number): Tree[] {
  const drawn = boosting.draw(round, boosting.uniform);
  return boosting.scores.map((_, output) => growOutput(boosting, drawn, output));
}

function growOutput(boosting: Boosting, drawn: Int32Array, output: number): Tree {
  const { space, options, uniform, loss, rows, scores, whole } = boosting;
  space.rowsView.set(drawn);
  const list = { address: space.rows, count: drawn.length, view: space.rowsView };
  const packed = boosting.pack(output, list);
  const about = {
    columns: drawShare(boosting.columns, options.featureFraction, uniform),
    uniform,
    gUnit: packed.gUnit,
    hUnit: packed.hUnit,
  };
  const { gradient, hessian } = packed.sums;
  const tree =
    whole !== null ? whole.grow(about, drawn.length, gradient, hessian) : growByNode(boosting, about, drawn.length, gradient, hessian);
  // A tree without a split: what its draw of rows says of the constant is chance, and where rows are foreseen surely the step has no bound.
  const isIdle = options.boostFromAverage && tree.column.length === 1;
  const share = loss.leafQuantiles?.[output];
  if (isIdle) tree.leafValues.fill(0);
  else if (share !== undefined) renewLeaves(tree, share, rows.train, space.rowsView, scores[output]!.view);
  for (let leaf = 0; leaf < tree.leafValues.length; leaf++) tree.leafValues[leaf]! *= boosting.learningRate;
  addTree(boosting, tree, scores[output]!.address, drawn);
  return tree;
}

function growByNode(boosting: Boosting, about: NewtonTree, count: number, gradient: number, hessian: number): Tree {
  const { dataset, kernels, rules, constraints, space } = boosting;
  const search = newtonSearch({ ...space, dataset, kernels, rules, constraints }, about);
  const { rows, scratch, table } = space;
  const { columns, hUnit } = about;
  const sums = { gradient, hessian, hUnit };
  return growTree({ dataset, kernels, rules, constraints, rows, count, scratch, table, columns, ...sums, search, below: null });
}

/** Leaves take a quantile of their residuals instead of the Newton step. */
function renewLeaves(tree: Tree, share: number, train: LossRows, order: Int32Array, score: Float64Array): void {
  const residual = (row: number) => train.target[row]! - score[row]!;
  for (let leaf = 0; leaf < tree.leafValues.length; leaf++) {
    tree.leafValues[leaf] = weightedQuantile(residual, train.weight, order, tree.leafBegin[leaf]!, tree.leafEnd[leaf]!, share);
  }
}

/** Adds the tree to the scores: by leaf for the rows it was grown on, by walking for the others. */
function addTree({ rows, kernels, dataset, space, watched, others }: Boosting, tree: Tree, score: number, drawn: Int32Array): void {
  addGrownRows(kernels, tree, score, { address: space.rows, count: drawn.length });
  const isPart = drawn.length < rows.train.count;
  if (!isPart && watched === null) return;
  const walkable = writeWalkable(kernels.memory, dataset, tree);
  const walk = (list: RowList) => kernels.walk(dataset.slots, walkable.nodes, walkable.values, list, score);
  if (isPart) walk({ address: others.address, count: writeLeftOut(rows.train.rows, drawn, others.view) });
  if (watched !== null) walk(watched);
  walkable.free();
}

function addGrownRows(kernels: TreeKernels, tree: Tree, score: number, rows: RowList): void {
  const { memory } = kernels;
  const leaves = tree.leafValues.length;
  const values = memory.allocate(12 * leaves);
  const ends = values + 8 * leaves;
  const { f64, i32 } = memory;
  // Left before right: the rows of the leaves lie in this order.
  const pending = [0];
  for (let place = 0; place < leaves; ) {
    const node = pending.pop()!;
    const left = tree.left[node]!;
    if (tree.column[node]! >= 0) {
      pending.push(tree.right[node]!, left);
      continue;
    }
    f64[values / 8 + place] = tree.leafValues[left]!;
    i32[ends / 4 + place] = tree.leafEnd[left]!;
    place++;
  }
  kernels.addLeaves(score, rows, ends, values, leaves);
  memory.free(values);
}

/** Training rows that are not drawn, both ascending. Returns their number. */
function writeLeftOut(all: Int32Array, drawn: Int32Array, out: Int32Array): number {
  let next = 0;
  let count = 0;
  for (const row of all) {
    if (drawn[next] === row) next++;
    else out[count++] = row;
  }
  return count;
}
