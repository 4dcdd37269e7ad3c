import type { Matrix } from "../../../core/matrix.ts";
import { refuseAny, refuseUnknown } from "../../options.ts";
import { wrongValue } from "../../wrong-use.ts";
import type { TreeEnsemble } from "../ensemble.ts";
import { checkEnsemble } from "../ensemble-check.ts";
import { requireMatrix } from "../matrix-check.ts";
import { predictRaw } from "../predictor.ts";
import { addInterventional } from "./interventional.ts";
import { depthOf, expectedByCover, rowReader } from "./rows.ts";
import { type Condition, explainTree } from "./tree-path.ts";
import { createUniquePath } from "./unique-path.ts";

export interface ShapValues {
  /** rows x features x outputs, row-major: what each feature adds to the raw score of its row. */
  readonly values: Float64Array;
  /** Raw score by output before any feature is known. A row's values and this sum to its raw score. */
  readonly expected: Float64Array;
}

export interface ShapInteractions {
  /** rows x features x features x outputs, row-major and symmetric. On the diagonal: what a feature adds by itself. */
  readonly values: Float64Array;
  readonly expected: Float64Array;
}

export interface ShapOptions {
  /**
   * Rows that an unknown feature takes its values from (interventional: "what if it were set to theirs"). Without: an unknown feature splits
   * as the training rows did, by cover (path-dependent).
   */
  readonly background?: Matrix;
}

/**
 * Shapley values of the raw score (before the link), exact for both games (Lundberg et al. 2018, 2020).
 * @throws RangeError when a feature is absent or of another kind, or the background has no rows.
 */
export function shapValues(ensemble: TreeEnsemble, matrix: Matrix, options: ShapOptions = {}): ShapValues {
  checkEnsemble("shapValues", ensemble);
  refuseUnknown("shapValues", ["background"], options);
  const { background } = options;
  requireMatrix(matrix);
  const width = ensemble.features.length * ensemble.outputs;
  const values = new Float64Array(matrix.rows * width);
  if (background === undefined) {
    const explain = pathExplainer(ensemble);
    const read = rowReader(ensemble, matrix);
    for (let row = 0; row < matrix.rows; row++) explain(read(row), null, values.subarray(row * width, (row + 1) * width));
    return { values, expected: expectedByCover(ensemble) };
  }
  requireMatrix(background);
  if (background.rows === 0) throw wrongValue("bad-matrix", "the background has no rows");
  addInterventional(ensemble, matrix, background, values);
  return { values, expected: meanScore(ensemble, background) };
}

/**
 * Path-dependent interaction values: half of how much a feature's value changes when the other is known instead of unknown. Costs as much as
 * shapValues times twice the features in use.
 * @throws RangeError when a feature is absent or of another kind, and for options: there are none.
 */
export function shapInteractions(ensemble: TreeEnsemble, matrix: Matrix, none?: undefined): ShapInteractions {
  checkEnsemble("shapInteractions", ensemble);
  refuseAny("shapInteractions", none, "its values are path-dependent; shapValues takes a background");
  requireMatrix(matrix);
  const { outputs } = ensemble;
  const count = ensemble.features.length;
  const width = count * outputs;
  const values = new Float64Array(matrix.rows * count * width);
  const explain = pathExplainer(ensemble);
  const read = rowReader(ensemble, matrix);
  const used = Array.from(new Set(ensemble.feature)).filter((place) => place >= 0);
  for (let row = 0; row < matrix.rows; row++) {
    const node = read(row);
    const table = values.subarray(row * count * width, (row + 1) * count * width);
    for (const feature of used) addColumn(explain, node, feature, table, width, outputs);
    const alone = new Float64Array(width);
    explain(node, null, alone);
    for (const feature of used) setDiagonal(table, alone, feature, count, outputs);
  }
  return { values, expected: expectedByCover(ensemble) };
}

type Explain = (values: Float64Array, condition: Condition | null, phi: Float64Array) => void;

function pathExplainer(ensemble: TreeEnsemble): Explain {
  const { treeStart, treeOutput, feature } = ensemble;
  const trees = Array.from(treeOutput, (output, tree) => {
    const [root, end] = [treeStart[tree]!, treeStart[tree + 1]!];
    return { output, root, depth: depthOf(ensemble, root, end), features: new Set(feature.subarray(root, end)) };
  });
  const path = createUniquePath(trees.reduce((most, { depth }) => Math.max(most, depth), 0));
  return (values, condition, phi) => {
    for (const { output, root, features } of trees) {
      // A tree without the feature gives the same with it on and off.
      if (condition === null || features.has(condition.feature)) {
        explainTree({ ensemble, output, values, path, phi, condition }, root);
      }
    }
  };
}

/** Interactions of all features with one: half the difference between it known and unknown. */
function addColumn(explain: Explain, node: Float64Array, feature: number, table: Float64Array, width: number, outputs: number): void {
  const on = new Float64Array(width);
  const off = new Float64Array(width);
  explain(node, { feature, isOn: true }, on);
  explain(node, { feature, isOn: false }, off);
  for (let i = 0; i < width; i++) {
    const other = Math.floor(i / outputs);
    if (other !== feature) table[other * width + feature * outputs + (i % outputs)] = (on[i]! - off[i]!) / 2;
  }
}

function setDiagonal(table: Float64Array, alone: Float64Array, feature: number, count: number, outputs: number): void {
  const row = feature * count * outputs;
  for (let k = 0; k < outputs; k++) {
    let others = 0;
    for (let j = 0; j < count; j++) if (j !== feature) others += table[row + j * outputs + k]!;
    table[row + feature * outputs + k] = alone[feature * outputs + k]! - others;
  }
}

function meanScore(ensemble: TreeEnsemble, matrix: Matrix): Float64Array {
  const raw = predictRaw(ensemble, matrix);
  const mean = new Float64Array(ensemble.outputs);
  for (let i = 0; i < raw.length; i++) mean[i % ensemble.outputs]! += raw[i]! / matrix.rows;
  return mean;
}
