import type { Feature, Matrix } from "../../core/matrix.ts";
import { wrongValue } from "../wrong-use.ts";
import type { TreeEnsemble } from "./ensemble.ts";
import { checkEnsemble } from "./ensemble-check.ts";
import { predictBatch } from "./predict/batch.ts";
import { columnsOf, goesLeft, nodeValue } from "./predict/columns.ts";
import { applyLink } from "./predict/link.ts";
import { type PredictOptions, predictOptions } from "./predict/options.ts";
import { roundAlone, roundsOf } from "./predict/rounds.ts";
import { rawScorerOf } from "./predict/scorer.ts";

/** From this many walks of a row through a tree on, a program for the kernel pays. */
const WALKS_FOR_KERNEL = 50_000;

/**
 * Raw scores, rows x outputs, row-major. Features are found by name. Few rows are walked one by one, many go through the WebAssembly kernel;
 * both give the same bits: each row adds the leaves of the trees in their order to the base.
 * @throws RangeError when a feature of the ensemble is absent from the matrix or of another kind, or an option does not exist or fit.
 */
export function predictRaw(ensemble: TreeEnsemble, matrix: Matrix, options: PredictOptions = {}): Float64Array {
  checkEnsemble("predictRaw", ensemble);
  const asked = predictOptions("predictRaw", ensemble, { raw: true, ...options });
  if (!asked.raw) throw wrongValue("bad-option", "predictRaw gives raw scores, but raw is false: predict applies the link");
  return rawOf(asked.ensemble, matrix, asked.threads);
}

/**
 * Predictions with the link applied, rows x outputs, row-major: probabilities or values. numIterations: only of the first so many rounds.
 * @throws RangeError as predictRaw.
 */
export function predict(ensemble: TreeEnsemble, matrix: Matrix, options: PredictOptions = {}): Float64Array {
  checkEnsemble("predict", ensemble);
  const asked = predictOptions("predict", ensemble, options);
  const scores = rawOf(asked.ensemble, matrix, asked.threads);
  if (!asked.raw) applyLink(ensemble, scores);
  return scores;
}

/**
 * Predictions after 1, 2, ... rounds of boosting (trees of a forest), each rows x outputs as predict gives them: how many rounds are enough? Each round is added to the last, so
 * all of them together take little more than one prediction by all trees.
 * @throws RangeError as predict, on the first step.
 */
export function* stagedPredict(ensemble: TreeEnsemble, matrix: Matrix, options: PredictOptions = {}): Generator<Float64Array, void> {
  checkEnsemble("stagedPredict", ensemble);
  const asked = predictOptions("stagedPredict", ensemble, options);
  columnsOf(ensemble, matrix);
  const all = roundsOf(ensemble);
  const sums = new Float64Array(matrix.rows * ensemble.outputs);
  for (let at = 0; at < sums.length; at++) sums[at] = ensemble.base[at % ensemble.outputs]!;
  for (let round = 0; round < roundsOf(asked.ensemble); round++) {
    const added = rawOf(roundAlone(ensemble, round), matrix, asked.threads);
    for (let at = 0; at < sums.length; at++) sums[at] = sums[at]! + added[at]!;
    const scores = ensemble.averaged === true ? sums.map((sum) => (sum * all) / (round + 1)) : sums.slice();
    if (!asked.raw) applyLink(ensemble, scores);
    yield scores;
  }
}

/**
 * The leaf of each row in each tree, rows x trees, row-major: its number among the tree's leaves, in the order of leafValues, from 0. What LightGBM and XGBoost call
 * pred_leaf, scikit-learn apply.
 * @throws RangeError as predict, for the matrix.
 */
export function predictLeaves(ensemble: TreeEnsemble, matrix: Matrix): Int32Array {
  checkEnsemble("predictLeaves", ensemble);
  const columns = columnsOf(ensemble, matrix);
  const { features, feature, treeStart, left, right } = ensemble;
  const isFloat32 = ensemble.float32Inputs === true;
  const trees = ensemble.treeOutput.length;
  const numbers = new Int32Array(feature.length);
  for (let tree = 0; tree < trees; tree++) numberLeaves(ensemble, tree, numbers);
  const out = new Int32Array(matrix.rows * trees);
  const values = new Float64Array(columns.length);
  for (let row = 0; row < matrix.rows; row++) {
    for (let place = 0; place < columns.length; place++)
      values[place] = nodeValue(cellOf(columns[place]!, row), features[place]!, isFloat32);
    for (let tree = 0; tree < trees; tree++) {
      let node = treeStart[tree]!;
      while (feature[node]! >= 0) node = goesLeft(ensemble, node, values[feature[node]!]!) ? left[node]! : right[node]!;
      out[row * trees + tree] = numbers[node]!;
    }
  }
  return out;
}

function numberLeaves({ feature, left, treeStart, leafWidth }: TreeEnsemble, tree: number, numbers: Int32Array): void {
  const [start, end] = [treeStart[tree]!, treeStart[tree + 1]!];
  let first = Number.POSITIVE_INFINITY;
  for (let node = start; node < end; node++) if (feature[node]! < 0) first = Math.min(first, left[node]!);
  for (let node = start; node < end; node++) if (feature[node]! < 0) numbers[node] = (left[node]! - first) / leafWidth;
}

function cellOf(column: Feature, row: number): number {
  return column.kind === "numeric" ? column.values[row]! : column.codes[row]!;
}

function rawOf(ensemble: TreeEnsemble, matrix: Matrix, threads: number): Float64Array {
  const columns = columnsOf(ensemble, matrix);
  const raw = new Float64Array(matrix.rows * ensemble.outputs);
  if (matrix.rows * ensemble.treeOutput.length < WALKS_FOR_KERNEL) predictRows(ensemble, columns, matrix.rows, raw);
  else if (!tryBatch(ensemble, columns, matrix.rows, raw, threads)) predictRows(ensemble, columns, matrix.rows, raw);
  return raw;
}

/** false when the machine gives the kernel no memory, e.g. under a limit of address space. */
function tryBatch(ensemble: TreeEnsemble, columns: readonly Feature[], rows: number, raw: Float64Array, threads: number): boolean {
  try {
    predictBatch(ensemble, columns, rows, raw, threads);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function predictRows(ensemble: TreeEnsemble, columns: readonly Feature[], rows: number, raw: Float64Array): void {
  const score = rawScorerOf(ensemble);
  const values = new Float64Array(columns.length);
  for (let row = 0; row < rows; row++) {
    for (let place = 0; place < columns.length; place++) {
      values[place] = cellOf(columns[place]!, row);
    }
    raw.set(score(values), row * ensemble.outputs);
  }
}
