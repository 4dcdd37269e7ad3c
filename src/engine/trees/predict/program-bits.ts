import type { TreeEnsemble } from "../ensemble.ts";
import { type RankColumns, rankTest } from "./program-columns.ts";

/** More leaves are faster walked: the work of bits grows with the leaves, that of a walk with the depth. */
export const MOST_LEAVES = 64;

/** Kills leaves of one plane (8 leaves) in the rows whose rank exceeds the limit, or (second list of a plane) is exceeded by it. */
export interface BitEntry {
  readonly column: number;
  readonly limit: number;
  /** Bits of the leaves. */
  readonly leaves: number;
}

export interface BitTree {
  readonly entries: readonly BitEntry[];
  /** By plane: entries of the first and of the second kind. */
  readonly counts: readonly number[];
  /** leafWidth values by leaf, in the order of the bits. */
  readonly values: Float64Array;
}

/**
 * QuickScorer's form of a tree (Lucchese et al. 2015). Leaves are numbered so that the smaller child of a node comes first; a row that goes
 * to the larger one kills the leaves of the smaller. The first leaf alive is where the row ends.
 */
export function bitTreeOf(ensemble: TreeEnsemble, tree: number, columns: RankColumns): BitTree {
  const { treeStart, feature, left, right, leafWidth, leafValues } = ensemble;
  const root = treeStart[tree]!;
  const size = subtreeLeaves(ensemble, root, treeStart[tree + 1]!);
  const planes = Math.ceil(size[0]! / 8);
  const lists: BitEntry[][] = Array.from({ length: 2 * planes }, () => []);
  const values = new Float64Array(size[0]! * leafWidth);
  const visit = (node: number, first: number): void => {
    if (feature[node]! < 0) {
      values.set(leafValues.subarray(left[node]!, left[node]! + leafWidth), first * leafWidth);
      return;
    }
    const isLeftSmaller = size[left[node]! - root]! <= size[right[node]! - root]!;
    const [small, large] = isLeftSmaller ? [left[node]!, right[node]!] : [right[node]!, left[node]!];
    const { column, limit } = rankTest(ensemble, node, columns);
    const end = first + size[small - root]!;
    for (let plane = first >> 3; 8 * plane < end; plane++) {
      const leaves = bitsBetween(Math.max(0, first - 8 * plane), Math.min(8, end - 8 * plane));
      lists[2 * plane + (isLeftSmaller ? 0 : 1)]!.push({ column, limit: isLeftSmaller ? limit : limit + 1, leaves });
    }
    visit(small, first);
    visit(large, end);
  };
  visit(root, 0);
  return { entries: lists.flat(), counts: lists.map((list) => list.length), values };
}

/** Leaves below each node of a tree, by place behind the root. Children lie behind their parent. */
function subtreeLeaves({ feature, left, right }: TreeEnsemble, root: number, end: number): Int32Array {
  const size = new Int32Array(end - root);
  for (let node = end - 1; node >= root; node--) {
    size[node - root] = feature[node]! < 0 ? 1 : size[left[node]! - root]! + size[right[node]! - root]!;
  }
  return size;
}

function bitsBetween(from: number, end: number): number {
  return ((1 << end) - 1) & ~((1 << from) - 1);
}
