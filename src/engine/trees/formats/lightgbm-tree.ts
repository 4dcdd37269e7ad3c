import type { TreeEnsemble } from "../ensemble.ts";

/** One tree of one value per leaf. */
export interface WrittenTree {
  /** Node of the ensemble; -1 for a tree that is the constant `shift`. */
  readonly root: number;
  /** Which value of its leaves, when they hold several. */
  readonly value: number;
  /** Added to every leaf. */
  readonly shift: number;
}

/** Bits of decision_type: 1 categorical, 2 missing goes left, 4 zeros are missing, 8 NaN is missing. */
const MISSING_NAN = 8;
const MISSING_ZERO = 4;
const DEFAULT_LEFT = 2;
const CATEGORICAL = 1;

/** The lines of one tree. places: number of each feature of the ensemble in the file. */
export function treeText(ensemble: TreeEnsemble, tree: WrittenTree, places: readonly number[]): string {
  const order = tree.root < 0 ? [] : preorder(ensemble, tree.root);
  const inner = order.filter((node) => ensemble.feature[node]! >= 0);
  const leaves = order.filter((node) => ensemble.feature[node]! < 0);
  const valueOfLeaf = (leaf: number) => tree.shift + ensemble.leafValues[ensemble.left[leaf]! + tree.value]!;
  const numberOf = new Map([...inner.map((node, i) => [node, i] as const), ...leaves.map((node, i) => [node, -i - 1] as const)]);
  const sets = createSets();
  const splits = inner.map((node) => splitOf(ensemble, node, sets.add));
  const rows = rowCounts(ensemble, order);
  const fields: [string, readonly number[]][] = [
    ["num_leaves", [Math.max(1, leaves.length)]],
    ["num_cat", [sets.bounds.length - 1]],
    ["split_feature", inner.map((node) => places[ensemble.feature[node]!]!)],
    ["split_gain", inner.map((node) => ensemble.gain[node]!)],
    ["threshold", splits.map(({ threshold }) => threshold)],
    ["decision_type", splits.map(({ decision }) => decision)],
    ["left_child", splits.map(({ left }) => numberOf.get(left)!)],
    ["right_child", splits.map(({ right }) => numberOf.get(right)!)],
    ["leaf_value", leaves.length === 0 ? [tree.shift] : leaves.map(valueOfLeaf)],
    ["leaf_weight", inner.length === 0 ? [] : leaves.map((node) => ensemble.cover[node]!)],
    ["leaf_count", leaves.length === 0 ? [0] : leaves.map((node) => rows.get(node)!)],
    ["internal_value", meanValues(ensemble, order, valueOfLeaf)],
    ["internal_weight", inner.map((node) => ensemble.cover[node]!)],
    ["internal_count", inner.map((node) => rows.get(node)!)],
  ];
  if (sets.bounds.length > 1) fields.push(["cat_boundaries", sets.bounds], ["cat_threshold", sets.words]);
  fields.push(["is_linear", [0]], ["shrinkage", [1]]);
  return fields.map(([key, values]) => `${key}=${values.map(numberText).join(" ")}\n`).join("");
}

/** Shortest text that reads back as the same double. */
function numberText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "inf";
  return value === Number.NEGATIVE_INFINITY ? "-inf" : String(value);
}

function preorder({ feature, left, right }: TreeEnsemble, root: number): number[] {
  const order: number[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    order.push(node);
    if (feature[node]! >= 0) open.push(right[node]!, left[node]!);
  }
  return order;
}

function createSets() {
  const bounds = [0];
  const words: number[] = [];
  const add = (set: ArrayLike<number>): number => {
    let end = set.length;
    while (end > 1 && set[end - 1] === 0) end--;
    for (let i = 0; i < Math.max(1, end); i++) words.push(set[i] ?? 0);
    return bounds.push(words.length) - 2;
  };
  return { bounds, words, add };
}

interface WrittenSplit {
  readonly threshold: number;
  readonly decision: number;
  readonly left: number;
  readonly right: number;
}

/** LightGBM sends missing and unknown categories right: where ours go left, the sides change places and the set becomes its complement. */
function splitOf(ensemble: TreeEnsemble, node: number, addSet: (set: ArrayLike<number>) => number): WrittenSplit {
  const { levels, zeroIsMissing } = ensemble.features[ensemble.feature[node]!]!;
  const [left, right] = [ensemble.left[node]!, ensemble.right[node]!];
  const missingLeft = ensemble.missingLeft[node] === 1;
  if (ensemble.subset[node]! < 0) {
    const missing = zeroIsMissing === true ? MISSING_ZERO : MISSING_NAN;
    return { threshold: ensemble.threshold[node]!, decision: missing | (missingLeft ? DEFAULT_LEFT : 0), left, right };
  }
  const first = ensemble.subset[node]!;
  const words = ensemble.subsets.slice(first, first + Math.ceil(levels / 32));
  if (!missingLeft) return { threshold: addSet(words), decision: CATEGORICAL | MISSING_NAN, left, right };
  const others = words.map((word, i) => ~word & bitsBelow(levels - i * 32));
  return { threshold: addSet(others), decision: CATEGORICAL | MISSING_NAN, left: right, right: left };
}

function bitsBelow(count: number): number {
  return count >= 32 ? 0xffffffff : 2 ** count - 1;
}

/** At least one row a leaf, and a node has those of its children. */
function rowCounts({ feature, left, right, cover }: TreeEnsemble, order: readonly number[]): Map<number, number> {
  const rows = new Map<number, number>();
  for (const node of order.toReversed()) {
    const isLeaf = feature[node]! < 0;
    rows.set(
      node,
      isLeaf ? Math.min(2 ** 31 - 1, Math.max(1, Math.round(cover[node]!))) : rows.get(left[node]!)! + rows.get(right[node]!)!,
    );
  }
  return rows;
}

/** Of the leaves below each inner node, weighted by cover. */
function meanValues(
  { feature, left, right, cover }: TreeEnsemble,
  order: readonly number[],
  valueOfLeaf: (leaf: number) => number,
): number[] {
  const means = new Map<number, number>();
  for (const node of order.toReversed()) {
    const [a, b] = [left[node]!, right[node]!];
    const total = feature[node]! < 0 ? 0 : cover[a]! + cover[b]!;
    const share = total > 0 ? cover[a]! / total : 0.5;
    means.set(node, feature[node]! < 0 ? valueOfLeaf(node) : share * means.get(a)! + (1 - share) * means.get(b)!);
  }
  return order.filter((node) => feature[node]! >= 0).map((node) => means.get(node)!);
}
