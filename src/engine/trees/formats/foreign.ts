import type { Json } from "../../../core/json.ts";
import { wrongValue } from "../../wrong-use.ts";
import type { EnsembleFeature, EnsembleHead, TreeEnsemble } from "../ensemble.ts";
import { nodesInOrder } from "../node-order.ts";

/** A model of another library. */
export interface ForeignModel {
  readonly ensemble: TreeEnsemble;
  /** The library's own name of what was minimised, e.g. "regression_l1" or "reg:gamma"; "" when the file names none. */
  readonly objective: string;
  /** Per feature the names of its levels, code by code, where the file keeps them (pandas categories); else null. */
  readonly levelNames: readonly (readonly Json[] | null)[];
}

/** One tree as a file tells it, before it is checked. Node 0 is the root. */
export interface ForeignTree {
  readonly output: number;
  /** -1 for a leaf. */
  readonly feature: ArrayLike<number>;
  readonly threshold: ArrayLike<number>;
  readonly missingLeft: ArrayLike<number>;
  /** Codes that go left, as bits, 32 to a word; null for a numeric split. Codes beyond the words go right. */
  readonly codesLeft: readonly (Uint32Array | null)[];
  readonly left: ArrayLike<number>;
  readonly right: ArrayLike<number>;
  readonly gain: ArrayLike<number>;
  readonly cover: ArrayLike<number>;
  /** [nodes, leafWidth]; those of inner nodes are not read. */
  readonly values: ArrayLike<number>;
}

/** More scores per row than this are taken for damage. */
export const MOST_OUTPUTS = 2 ** 16;
/** 256 MB. */
const MOST_SUBSET_WORDS = 2 ** 26;

/**
 * Joins trees to an ensemble, each node after its parent. Nodes that no root leads to are left out.
 * @throws RangeError when nodes do not form trees, or a node and its feature do not fit.
 */
export function joinTrees(head: EnsembleHead, features: readonly EnsembleFeature[], trees: readonly ForeignTree[]): TreeEnsemble {
  const astray = trees.findIndex(({ output }) => output + head.leafWidth > head.outputs);
  if (astray >= 0)
    throw wrongValue(
      "bad-model",
      `tree ${astray}: output ${trees[astray]!.output} with ${head.leafWidth} values per leaf of ${head.outputs} outputs`,
    );
  refuseTwoKinds(features);
  const orders = trees.map((tree, t) => checkedOrder(tree, features, head.leafWidth, `tree ${t}`));
  const nodes = orders.reduce((sum, order) => sum + order.length, 0);
  const subsets = createSubsets();
  const leafValues: number[] = [];
  const to = {
    treeStart: new Int32Array(trees.length + 1),
    treeOutput: Int32Array.from(trees, ({ output }) => output),
    feature: new Int32Array(nodes).fill(-1),
    threshold: new Float64Array(nodes),
    missingLeft: new Uint8Array(nodes),
    subset: new Int32Array(nodes).fill(-1),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    gain: new Float64Array(nodes),
    cover: new Float64Array(nodes),
  };
  let start = 0;
  for (const [t, tree] of trees.entries()) {
    const order = orders[t]!;
    const placeOf = new Map(order.map((node, i) => [node, start + i]));
    for (const [i, node] of order.entries()) {
      const at = start + i;
      to.cover[at] = tree.cover[node]!;
      const feature = tree.feature[node]!;
      if (feature < 0) {
        to.left[at] = leafValues.length;
        for (let k = 0; k < head.leafWidth; k++) leafValues.push(tree.values[node * head.leafWidth + k]! + 0);
        continue;
      }
      const codesLeft = tree.codesLeft[node]!;
      to.feature[at] = feature;
      to.missingLeft[at] = tree.missingLeft[node]!;
      to.gain[at] = tree.gain[node]!;
      to.left[at] = placeOf.get(tree.left[node]!)!;
      to.right[at] = placeOf.get(tree.right[node]!)!;
      if (codesLeft === null) to.threshold[at] = tree.threshold[node]!;
      else to.subset[at] = subsets.place(codesLeft, features[feature]!.levels);
    }
    start += order.length;
    to.treeStart[t + 1] = start;
  }
  const { link, outputs, leafWidth } = head;
  const base = Float64Array.from(head.base);
  return { link, outputs, leafWidth, base, features, ...to, leafValues: Float64Array.from(leafValues), subsets: subsets.words() };
}

/** A column has one kind, so a name that stands twice must have it twice. */
function refuseTwoKinds(features: readonly EnsembleFeature[]): void {
  const kinds = new Map<string, EnsembleFeature["kind"]>();
  for (const { name, kind } of features) {
    if ((kinds.get(name) ?? kind) !== kind) throw wrongValue("bad-model", `"${name}" is both a numeric and a categorical feature`);
    kinds.set(name, kind);
  }
}

/** Children may come before their parent in the file (XGBoost reuses the places of pruned nodes). */
function checkedOrder(tree: ForeignTree, features: readonly EnsembleFeature[], leafWidth: number, where: string): number[] {
  const order = nodesInOrder(tree, 0, tree.feature.length, (what) => {
    throw wrongValue("bad-model", `${where}: ${what}`);
  });
  for (const node of order) {
    const place = tree.feature[node]!;
    if (place < 0) {
      for (let k = 0; k < leafWidth; k++) {
        if (!Number.isFinite(tree.values[node * leafWidth + k]!))
          throw wrongValue("bad-model", `${where}, node ${node}: a leaf without a finite value`);
      }
      continue;
    }
    const feature = features[place];
    if (feature === undefined)
      throw wrongValue("bad-model", `${where}, node ${node}: feature ${place} is not one of the ${features.length} features`);
    const kind = tree.codesLeft[node] === null ? "numeric" : "categorical";
    if (feature.kind !== kind)
      throw wrongValue("bad-model", `${where}, node ${node}: a ${kind} split of "${feature.name}", which is ${feature.kind}`);
    if (Number.isNaN(tree.threshold[node]!)) throw wrongValue("bad-model", `${where}, node ${node}: the threshold is not a number`);
  }
  return order;
}

/** Equal subsets are kept once. */
function createSubsets() {
  const known = new Map<string, number>();
  const parts: Uint32Array[] = [];
  let length = 0;
  return {
    place: (codes: Uint32Array, levels: number): number => {
      const words = new Uint32Array(Math.ceil(levels / 32));
      words.set(codes.subarray(0, words.length));
      const key = words.join(",");
      const found = known.get(key);
      if (found !== undefined) return found;
      if (length + words.length > MOST_SUBSET_WORDS) throw wrongValue("bad-model", "the sets of categories do not fit into 256 MB");
      known.set(key, length);
      parts.push(words);
      length += words.length;
      return length - words.length;
    },
    words: (): Uint32Array => {
      const all = new Uint32Array(length);
      let at = 0;
      for (const part of parts) {
        all.set(part, at);
        at += part.length;
      }
      return all;
    },
  };
}
