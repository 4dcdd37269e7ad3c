import type { Matrix } from "../../../core/matrix.ts";
import type { TreeEnsemble } from "../ensemble.ts";
import { goesLeft } from "../predict/columns.ts";
import { depthOf, rowReader } from "./rows.ts";

/**
 * Adds interventional Shapley values, rows x features x outputs. For a row x and a background row z, a leaf that needs the set A of features
 * from x and the set B from z (a = |A|, b = |B|) gives each feature of A `v (a - 1)! b! / (a + b)!` and each of B
 * `-v a! (b - 1)! / (a + b)!`: the share of orders in which all of A is known and none of B is. One pass over the leaves that a mix of the two
 * rows can reach, per pair of rows.
 */
export function addInterventional(ensemble: TreeEnsemble, matrix: Matrix, background: Matrix, values: Float64Array): void {
  const { treeStart, treeOutput, outputs, features } = ensemble;
  const width = features.length * outputs;
  const [rows, others] = [rowReader(ensemble, matrix), rowReader(ensemble, background)];
  const side = new Uint8Array(features.length);
  const stack = new Int32Array(features.length);
  for (const [tree, output] of treeOutput.entries()) {
    const [root, end] = [treeStart[tree]!, treeStart[tree + 1]!];
    if (ensemble.feature[root]! < 0) continue;
    const weights = setWeights(depthOf(ensemble, root, end));
    const theirs = Array.from({ length: background.rows }, (_, row) => waysOf(ensemble, others(row), root, end));
    for (let row = 0; row < matrix.rows; row++) {
      const mine = waysOf(ensemble, rows(row), root, end);
      const phi = values.subarray(row * width, (row + 1) * width);
      const pair = { ensemble, root, output, mine, theirs: mine, side, stack, weights, scale: 1 / background.rows, phi };
      for (const way of theirs) visit({ ...pair, theirs: way }, root, 0, 0);
    }
  }
}

interface Pair {
  readonly ensemble: TreeEnsemble;
  readonly root: number;
  readonly output: number;
  /** By node behind the root: 1 where the row goes left. */
  readonly mine: Uint8Array;
  readonly theirs: Uint8Array;
  /** By feature: 0 free, 1 taken from the row, 2 from the background. */
  readonly side: Uint8Array;
  /** The features that are not free. */
  readonly stack: Int32Array;
  readonly weights: SetWeights;
  readonly scale: number;
  readonly phi: Float64Array;
}

function visit(pair: Pair, node: number, a: number, b: number): void {
  const { ensemble, mine, theirs, side, stack, root } = pair;
  const place = ensemble.feature[node]!;
  if (place < 0) {
    addLeaf(pair, node, a, b);
    return;
  }
  const [x, z] = [mine[node - root]!, theirs[node - root]!];
  const child = (isLeft: number) => (isLeft === 1 ? ensemble.left[node]! : ensemble.right[node]!);
  if (x === z || side[place] !== 0) {
    visit(pair, child(side[place] === 2 ? z : x), a, b);
    return;
  }
  stack[a + b] = place;
  side[place] = 1;
  visit(pair, child(x), a + 1, b);
  stack[a + b] = place;
  side[place] = 2;
  visit(pair, child(z), a, b + 1);
  side[place] = 0;
}

function addLeaf({ ensemble, output, side, stack, weights, scale, phi }: Pair, node: number, a: number, b: number): void {
  const { left, leafValues, leafWidth, outputs } = ensemble;
  const known = weights.known(a, b) * scale;
  const unknown = weights.unknown(a, b) * scale;
  for (let i = 0; i < a + b; i++) {
    const place = stack[i]!;
    const weight = side[place] === 1 ? known : -unknown;
    for (let k = 0; k < leafWidth; k++) phi[place * outputs + output + k]! += weight * leafValues[left[node]! + k]!;
  }
}

interface SetWeights {
  known(a: number, b: number): number;
  unknown(a: number, b: number): number;
}

/** `(a - 1)! b! / (a + b)! = 1 / (a C(a + b, b))`, for sets of up to `depth` features. */
function setWeights(depth: number): SetWeights {
  const size = depth + 1;
  const choose = new Float64Array(size * size);
  for (let n = 0; n < size; n++) {
    for (let k = 0; k <= n; k++) choose[n * size + k] = k === 0 ? 1 : choose[(n - 1) * size + k - 1]! + choose[(n - 1) * size + k]!;
  }
  return {
    known: (a, b) => (a === 0 ? 0 : 1 / (a * choose[(a + b) * size + b]!)),
    unknown: (a, b) => (b === 0 ? 0 : 1 / (b * choose[(a + b) * size + a]!)),
  };
}

function waysOf(ensemble: TreeEnsemble, values: Float64Array, root: number, end: number): Uint8Array {
  const ways = new Uint8Array(end - root);
  for (let node = root; node < end; node++) {
    const place = ensemble.feature[node]!;
    if (place >= 0) ways[node - root] = goesLeft(ensemble, node, values[place]!) ? 1 : 0;
  }
  return ways;
}
