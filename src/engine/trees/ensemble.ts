import type { TreeDataset } from "./dataset/dataset.ts";
import type { Link } from "./losses/index.ts";
import type { TrainingHistory } from "./round-scores.ts";
import type { Tree } from "./tree.ts";

export interface EnsembleFeature {
  readonly name: string;
  readonly kind: "numeric" | "categorical";
  /** Levels known in training; 0 for a numeric feature. */
  readonly levels: number;
  /** Categorical, where the training's matrix names them: what each code stands for. A matrix with other names is refused. */
  readonly levelNames?: readonly string[];
  /**
   * Numeric: values of magnitude up to 1e-35 count as missing too (LightGBM's zero_as_missing). A feature may stand twice under one name, with
   * and without it. LightGBM's missing type "none", which reads NaN as 0, needs nothing: missingLeft = 0 <= threshold.
   */
  readonly zeroIsMissing?: boolean;
  /** Categorical: the last level stands for every code from levels - 1 on, instead of their being missing (XGBoost sends unknown codes left). */
  readonly lastIsOther?: boolean;
}

/**
 * Trees whose leaves are summed per output on top of `base`. Nodes of all trees lie one after another.
 * A row goes left if value <= threshold (numeric) or its code is in the subset (categorical); missing, and codes outside
 * [0, levels), follow missingLeft.
 */
export interface TreeEnsemble {
  readonly link: Link;
  readonly outputs: number;
  readonly features: readonly EnsembleFeature[];
  /** Numeric values are rounded to 32 bits before they are compared, as in XGBoost. Its `value < t` is `value <=` the next double below t. */
  readonly float32Inputs?: boolean;
  /** The mean of its trees, as a forest is: leaves are divided by the number of trees. Else their sum. */
  readonly averaged?: boolean;
  /** Raw score without trees, by output. */
  readonly base: Float64Array;
  /** Tree t has the nodes treeStart[t] .. treeStart[t + 1] - 1; the first is its root. */
  readonly treeStart: Int32Array;
  /** Output that the tree adds to, or the first one when its leaves hold a value per output. */
  readonly treeOutput: Int32Array;
  /** Values per leaf: 1, or `outputs`. */
  readonly leafWidth: number;
  /** Place in `features`; -1 for a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly missingLeft: Uint8Array;
  /** First word in `subsets` of the codes that go left, ceil(levels / 32) words; -1 for a numeric split. */
  readonly subset: Int32Array;
  /** Child nodes; for a leaf `left` is the place of its first value in leafValues. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly gain: Float64Array;
  /** Sum of hessians (boosting) or weights (forest) of the node's training rows. */
  readonly cover: Float64Array;
  readonly leafValues: Float64Array;
  readonly subsets: Uint32Array;
  /** The scores of the rounds of the training, where some were measured. Not saved. */
  readonly history?: TrainingHistory;
  /** What was odd in the training: that no split was found. Absent where nothing was. Not saved. */
  readonly notes?: readonly string[];
}

/** The values that trees add up to: what is known before their nodes. */
export interface EnsembleHead {
  readonly link: Link;
  readonly outputs: number;
  readonly leafWidth: number;
  readonly base: readonly number[];
  readonly averaged?: boolean;
}

/** Joins grown trees. scale: factor on every leaf value (1 for boosting, 1 / trees for a forest). */
export function assembleEnsemble(
  head: EnsembleHead,
  dataset: TreeDataset,
  trees: readonly { readonly tree: Tree; readonly output: number }[],
  scale: number,
): TreeEnsemble {
  const nodes = trees.reduce((sum, { tree }) => sum + tree.column.length, 0);
  const { features } = dataset;
  const subsets: number[] = [];
  const ensemble = { ...head, features, base: Float64Array.from(head.base, (value) => value + 0), ...emptyNodes(trees.length, nodes) };
  const leafValues = new Float64Array(trees.reduce((sum, { tree }) => sum + tree.leafValues.length, 0));
  let start = 0;
  let leafStart = 0;
  for (const [t, { tree, output }] of trees.entries()) {
    ensemble.treeStart[t] = start;
    ensemble.treeOutput[t] = output;
    for (let node = 0; node < tree.column.length; node++) copyNode(ensemble, start, leafStart, tree, node, dataset, subsets);
    // Adding 0 turns -0 into 0, which JSON can keep.
    for (let i = 0; i < tree.leafValues.length; i++) leafValues[leafStart + i] = tree.leafValues[i]! * scale + 0;
    start += tree.column.length;
    leafStart += tree.leafValues.length;
  }
  ensemble.treeStart[trees.length] = start;
  return { ...ensemble, leafValues, subsets: Uint32Array.from(subsets) };
}

/** The ensemble of a training that may use these columns only: it knows no others, so that predictions, files and explanations ask for none. names: null = all. */
export function ofColumns(ensemble: TreeEnsemble, names: readonly string[] | null | undefined): TreeEnsemble {
  if (names === null || names === undefined) return ensemble;
  const features = ensemble.features.filter(({ name }) => names.includes(name));
  const placeOf = new Map(features.map(({ name }, place) => [name, place]));
  const places = ensemble.features.map(({ name }) => placeOf.get(name) ?? -1);
  return { ...ensemble, features, feature: ensemble.feature.map((place) => (place < 0 ? place : places[place]!)) };
}

function emptyNodes(trees: number, nodes: number) {
  return {
    treeStart: new Int32Array(trees + 1),
    treeOutput: new Int32Array(trees),
    feature: new Int32Array(nodes),
    threshold: new Float64Array(nodes),
    missingLeft: new Uint8Array(nodes),
    subset: new Int32Array(nodes).fill(-1),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    gain: new Float64Array(nodes),
    cover: new Float64Array(nodes),
  };
}

function copyNode(
  to: Omit<TreeEnsemble, "leafValues" | "subsets">,
  start: number,
  leafStart: number,
  tree: Tree,
  node: number,
  dataset: TreeDataset,
  subsets: number[],
): void {
  const at = start + node;
  const column = tree.column[node]!;
  to.cover[at] = tree.cover[node]!;
  if (column < 0) {
    to.feature[at] = -1;
    to.left[at] = leafStart + tree.left[node]! * to.leafWidth;
    return;
  }
  const { bins, source, levelValues } = dataset.columns[column]!;
  to.feature[at] = source;
  to.left[at] = start + tree.left[node]!;
  to.right[at] = start + tree.right[node]!;
  to.gain[at] = tree.gain[node]!;
  to.missingLeft[at] = tree.missingLeft[node] === true ? 1 : 0;
  if (bins.kind === "categorical") {
    const goesLeft = tree.goesLeft[node]!;
    to.subset[at] = subsets.length;
    addBins(bins.binOfCode, goesLeft, subsets);
    return;
  }
  const threshold = bins.thresholds[tree.bin[node]!] ?? Number.POSITIVE_INFINITY;
  if (levelValues === null) to.threshold[at] = threshold;
  else {
    to.subset[at] = subsets.length;
    to.missingLeft[at] = levelValues.at(-1)! <= threshold ? 1 : 0;
    addSubset(levelValues.length - 1, (code) => levelValues[code]! <= threshold, subsets);
  }
}

/** Codes whose bins go left as bits, 32 to a word. */
function addBins(binOfCode: ArrayLike<number>, goesLeft: Uint8Array, subsets: number[]): void {
  for (let first = 0; first < binOfCode.length; first += 32) {
    let word = 0;
    const last = Math.min(32, binOfCode.length - first);
    for (let i = 0; i < last; i++) word |= goesLeft[binOfCode[first + i]!]! << i;
    subsets.push(word >>> 0);
  }
}

/** Codes as bits, 32 to a word. */
function addSubset(levels: number, isLeft: (code: number) => boolean, subsets: number[]): void {
  const first = subsets.length;
  for (let word = 0; word < Math.ceil(levels / 32); word++) subsets.push(0);
  for (let code = 0; code < levels; code++) {
    const word = first + (code >> 5);
    if (isLeft(code)) subsets[word] = (subsets[word]! | (1 << (code & 31))) >>> 0;
  }
}
