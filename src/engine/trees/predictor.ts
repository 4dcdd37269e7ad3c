import type { Feature, Matrix } from "../../core/matrix.ts";
import type { EnsembleFeature, TreeEnsemble } from "./ensemble.ts";

/** Rows walked together, so that a tree's nodes stay in the cache. */
const BLOCK_ROWS = 256;
/** LightGBM's kZeroThreshold, a 32-bit constant. */
const ZERO = Math.fround(1e-35);

/**
 * Raw scores, rows x outputs, row-major. Features are found by name.
 * @throws RangeError when a feature of the ensemble is absent from the matrix or of another kind.
 */
export function predictRaw(ensemble: TreeEnsemble, matrix: Matrix): Float64Array {
  const { outputs, features, base } = ensemble;
  const raw = new Float64Array(matrix.rows * outputs);
  for (let at = 0; at < raw.length; at++) raw[at] = base[at % outputs]!;
  const columns = features.map((feature, place) => featureNamed(matrix, feature, place));
  const used = new Set(ensemble.feature);
  const width = features.length;
  const block = new Float64Array(Math.min(BLOCK_ROWS, matrix.rows) * width);
  for (let begin = 0; begin < matrix.rows; begin += BLOCK_ROWS) {
    const end = Math.min(begin + BLOCK_ROWS, matrix.rows);
    for (const [place, column] of columns.entries()) {
      if (used.has(place)) fillBlock(ensemble, column, begin, end, block, place, width);
    }
    for (let tree = 0; tree < ensemble.treeOutput.length; tree++) walkTree(ensemble, tree, block, width, begin, end, raw);
  }
  return raw;
}

/** Predictions with the link applied, rows x outputs, row-major: probabilities or values. @throws RangeError as predictRaw. */
export function predict(ensemble: TreeEnsemble, matrix: Matrix): Float64Array {
  const raw = predictRaw(ensemble, matrix);
  applyLink(ensemble, raw);
  return raw;
}

function applyLink({ link, outputs }: TreeEnsemble, raw: Float64Array): void {
  switch (link) {
    case "identity":
      return;
    case "logistic":
      for (let i = 0; i < raw.length; i++) raw[i] = 1 / (1 + Math.exp(-raw[i]!));
      return;
    case "exp":
      for (let i = 0; i < raw.length; i++) raw[i] = Math.exp(raw[i]!);
      return;
    case "share":
      for (let i = 0; i < raw.length; i++) raw[i] = Math.min(1, Math.max(0, raw[i]!));
      return;
    case "softplus":
      for (let i = 0; i < raw.length; i++) raw[i] = Math.log1p(Math.exp(raw[i]!));
      return;
    case "signedSquare":
      for (let i = 0; i < raw.length; i++) raw[i] = raw[i]! * Math.abs(raw[i]!);
      return;
    case "softmax":
      for (let at = 0; at < raw.length; at += outputs) softmaxInPlace(raw.subarray(at, at + outputs));
      return;
    case "sorted":
      for (let at = 0; at < raw.length; at += outputs) raw.subarray(at, at + outputs).sort();
      return;
    default:
      link satisfies never;
  }
}

function softmaxInPlace(scores: Float64Array): void {
  const top = Math.max(...scores);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) sum += scores[k] = Math.exp(scores[k]! - top);
  for (let k = 0; k < scores.length; k++) scores[k] = scores[k]! / sum;
}

function featureNamed(matrix: Matrix, wanted: EnsembleFeature, place: number): Feature {
  const there = matrix.features[place];
  const found = there?.name === wanted.name ? there : matrix.features.find((feature) => feature.name === wanted.name);
  if (found === undefined) throw new RangeError(`the matrix has no feature "${wanted.name}"`);
  if (found.kind !== wanted.kind) throw new RangeError(`feature "${wanted.name}" is ${found.kind}, the trees learned it as ${wanted.kind}`);
  return found;
}

/** What nodes compare: missing values, unknown codes and (zeroIsMissing) zeros are NaN. */
function fillBlock(
  { features, float32Inputs }: TreeEnsemble,
  column: Feature,
  begin: number,
  end: number,
  block: Float64Array,
  place: number,
  width: number,
): void {
  const { levels, zeroIsMissing, lastIsOther } = features[place]!;
  let at = place;
  if (column.kind === "categorical") {
    for (let row = begin; row < end; row++, at += width) {
      const code = column.codes[row]!;
      block[at] = code >= 0 && code < levels ? code : lastIsOther === true && code >= 0 ? levels - 1 : Number.NaN;
    }
    return;
  }
  for (let row = begin; row < end; row++, at += width) {
    const value = column.values[row]!;
    block[at] = zeroIsMissing === true && Math.abs(value) <= ZERO ? Number.NaN : float32Inputs === true ? Math.fround(value) : value;
  }
}

function walkTree(
  ensemble: TreeEnsemble,
  tree: number,
  block: Float64Array,
  width: number,
  begin: number,
  end: number,
  raw: Float64Array,
): void {
  const { feature, threshold, missingLeft, subset, subsets, left, right, leafValues, leafWidth, outputs } = ensemble;
  const root = ensemble.treeStart[tree]!;
  const output = ensemble.treeOutput[tree]!;
  for (let row = begin; row < end; row++) {
    const base = (row - begin) * width;
    let node = root;
    for (let place = feature[node]!; place >= 0; place = feature[node]!) {
      const value = block[base + place]!;
      let goesLeft: boolean;
      if (Number.isNaN(value)) goesLeft = missingLeft[node] === 1;
      else if (subset[node]! < 0) goesLeft = value <= threshold[node]!;
      else goesLeft = ((subsets[subset[node]! + (value >> 5)]! >>> (value & 31)) & 1) === 1;
      node = goesLeft ? left[node]! : right[node]!;
    }
    const to = row * outputs + output;
    for (let k = 0; k < leafWidth; k++) raw[to + k] = raw[to + k]! + leafValues[left[node]! + k]!;
  }
}
