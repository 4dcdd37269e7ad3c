import type { Matrix } from "../../../core/matrix.ts";
import type { TreeEnsemble } from "../ensemble.ts";
import { columnsOf, nodeValue } from "../predict/columns.ts";

/** Node values of one row after another: a function that fills one array, in the order of the ensemble's features. */
export function rowReader(ensemble: TreeEnsemble, matrix: Matrix): (row: number) => Float64Array {
  const columns = columnsOf(ensemble, matrix);
  const values = new Float64Array(columns.length);
  const isFloat32 = ensemble.float32Inputs === true;
  return (row) => {
    for (const [place, column] of columns.entries()) {
      values[place] = nodeValue(column.kind === "numeric" ? column.values[row]! : column.codes[row]!, ensemble.features[place]!, isFloat32);
    }
    return values;
  };
}

/** Share of the node's cover that goes left; a half where the cover is unknown. */
export function leftShare({ left, right, cover }: TreeEnsemble, node: number): number {
  const [a, b] = [cover[left[node]!]!, cover[right[node]!]!];
  return a + b > 0 ? a / (a + b) : 0.5;
}

/** Most splits between the root and a leaf. */
export function depthOf({ feature, left, right }: TreeEnsemble, root: number, end: number): number {
  const depth = new Int32Array(end - root);
  let most = 0;
  for (let node = root; node < end; node++) {
    if (feature[node]! < 0) continue;
    const below = depth[node - root]! + 1;
    depth[left[node]! - root] = below;
    depth[right[node]! - root] = below;
    most = Math.max(most, below);
  }
  return most;
}

/** Mean raw score per output when each leaf counts by its cover. */
export function expectedByCover(ensemble: TreeEnsemble): Float64Array {
  const { treeStart, treeOutput, feature, left, right, leafValues, leafWidth } = ensemble;
  const expected = ensemble.base.slice();
  const share = new Float64Array(feature.length);
  for (const [tree, output] of treeOutput.entries()) {
    share[treeStart[tree]!] = 1;
    for (let node = treeStart[tree]!; node < treeStart[tree + 1]!; node++) {
      if (feature[node]! < 0) {
        for (let k = 0; k < leafWidth; k++) expected[output + k]! += share[node]! * leafValues[left[node]! + k]!;
      } else {
        const part = leftShare(ensemble, node);
        share[left[node]!] = share[node]! * part;
        share[right[node]!] = share[node]! * (1 - part);
      }
    }
  }
  return expected;
}
