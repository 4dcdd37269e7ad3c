import type { TreeEnsemble } from "../ensemble.ts";

/** Leaves of a tree, as bits of one number. */
const MOST_LEAVES = 32;
/** Of the tables of categories: a word for each tree and code. */
const MOST_BYTES = 2 ** 25;

/** Tables that are looked at in one go. */
const TOGETHER = 4;

/** Finds the leaf of each tree by the leaves that a row cannot reach any more. */
export interface BitScorer {
  /** By tree and number of the leaf, MOST_LEAVES a tree: where its values begin. */
  readonly leafOf: Int32Array;
  /** values: of the nodes by feature, NaN for missing. Writes the place in leafOf of each tree. */
  reach(values: Float64Array, reached: Int32Array): void;
}

/** Nodes that compare one feature, by ascending threshold; and those that send a missing value right. */
interface Comparing {
  readonly feature: number;
  readonly thresholds: Float64Array;
  readonly trees: Int32Array;
  readonly kept: Int32Array;
  readonly missingTrees: Int32Array;
  readonly missingKept: Int32Array;
}

/** What each tree keeps by code of one feature, `levels` for missing: a row of words a code. */
interface Listing {
  readonly feature: number;
  readonly levels: number;
  readonly kept: Int32Array;
}

/** A node that is not passed to the left: its tree, and the leaves that are kept then, all but those below it on the left. */
interface BitNode {
  readonly node: number;
  readonly tree: number;
  readonly kept: number;
}

/**
 * QuickScorer (Lucchese et al. 2015) for one row: every node that the row does not pass to the left takes the leaves below it on the left away, and of those that stay the first is the
 * row's. What the nodes of one categorical feature take away together is kept by code, so that a category costs a step for each tree, not one for each node on the way. null
 * when a tree has more than 32 leaves or the tables would be larger than 32 MB.
 */
export function bitScorerOf(ensemble: TreeEnsemble): BitScorer | null {
  const { features, treeOutput, subset } = ensemble;
  const trees = treeOutput.length;
  const leafOf = new Int32Array(MOST_LEAVES * trees);
  const nodes: BitNode[] = [];
  for (let tree = 0; tree < trees; tree++) if (!numberLeaves(ensemble, tree, leafOf, nodes)) return null;
  const byFeature: BitNode[][] = features.map(() => []);
  for (const one of nodes) byFeature[ensemble.feature[one.node]!]!.push(one);
  const used = byFeature.map((own, feature) => ({ feature, own })).filter(({ own }) => own.length > 0);
  const kinds = used.map((one) => ({ ...one, isListed: subset[one.own[0]!.node]! >= 0 }));
  const words = kinds.reduce((sum, { feature, isListed }) => sum + (isListed ? (features[feature]!.levels + 1) * trees : 0), 0);
  if (4 * words > MOST_BYTES) return null;
  const listings = kinds.filter(({ isListed }) => isListed).map(({ feature, own }) => listingOf(ensemble, feature, own));
  // Filled up with the first one: what it takes away twice is away.
  while (listings.length % TOGETHER !== 0) listings.push(listings[0]!);
  const comparing = kinds.filter(({ isListed }) => !isListed).map(({ feature, own }) => comparingOf(ensemble, feature, own));
  const alive = new Int32Array(trees);
  return {
    leafOf,
    reach: (values, reached) => {
      alive.fill(-1);
      for (const one of comparing) compare(one, values[one.feature]!, alive);
      for (let i = 0; i < listings.length; i += TOGETHER) look(listings, i, values, alive);
      for (let tree = 0; tree < alive.length; tree++) {
        const left = alive[tree]!;
        reached[tree] = MOST_LEAVES * tree + 31 - Math.clz32(left & -left);
      }
    },
  };
}

function compare({ thresholds, trees, kept, missingTrees, missingKept }: Comparing, value: number, alive: Int32Array): void {
  if (Number.isNaN(value)) {
    for (let i = 0; i < missingTrees.length; i++) alive[missingTrees[i]!]! &= missingKept[i]!;
    return;
  }
  for (let i = 0; i < thresholds.length && value > thresholds[i]!; i++) alive[trees[i]!]! &= kept[i]!;
}

/** TOGETHER listings from `first` on, so that the leaves are read and written once for all of them. */
function look(listings: readonly Listing[], first: number, values: Float64Array, alive: Int32Array): void {
  const [a, b, c, d] = [listings[first]!, listings[first + 1]!, listings[first + 2]!, listings[first + 3]!];
  const trees = alive.length;
  const [fromA, fromB, fromC, fromD] = [
    placeOf(a, values, trees),
    placeOf(b, values, trees),
    placeOf(c, values, trees),
    placeOf(d, values, trees),
  ];
  const [ofA, ofB, ofC, ofD] = [a.kept, b.kept, c.kept, d.kept];
  for (let tree = 0; tree < trees; tree++)
    alive[tree]! &= ofA[fromA + tree]! & ofB[fromB + tree]! & ofC[fromC + tree]! & ofD[fromD + tree]!;
}

function placeOf({ feature, levels }: Listing, values: Float64Array, trees: number): number {
  const value = values[feature]!;
  return (Number.isNaN(value) ? levels : value) * trees;
}

/** Leaves from left to right. False when there are too many. */
function numberLeaves(ensemble: TreeEnsemble, tree: number, leafOf: Int32Array, nodes: BitNode[]): boolean {
  const { treeStart, feature, left, right } = ensemble;
  let leaves = 0;
  const visit = (node: number): void => {
    if (feature[node]! < 0) {
      if (leaves < MOST_LEAVES) leafOf[MOST_LEAVES * tree + leaves] = left[node]!;
      leaves++;
      return;
    }
    const first = leaves;
    visit(left[node]!);
    // The left side never holds the last leaf, so at most 31 bits are set.
    if (leaves < MOST_LEAVES) nodes.push({ node, tree, kept: ~((2 ** leaves - 2 ** first) | 0) });
    visit(right[node]!);
  };
  visit(treeStart[tree]!);
  return leaves <= MOST_LEAVES;
}

function comparingOf({ threshold, missingLeft }: TreeEnsemble, feature: number, own: readonly BitNode[]): Comparing {
  const sorted = own.toSorted((a, b) => threshold[a.node]! - threshold[b.node]!);
  const missing = own.filter(({ node }) => missingLeft[node] === 0);
  return {
    feature,
    thresholds: Float64Array.from(sorted, ({ node }) => threshold[node]!),
    trees: Int32Array.from(sorted, ({ tree }) => tree),
    kept: Int32Array.from(sorted, ({ kept }) => kept),
    missingTrees: Int32Array.from(missing, ({ tree }) => tree),
    missingKept: Int32Array.from(missing, ({ kept }) => kept),
  };
}

function listingOf(ensemble: TreeEnsemble, feature: number, own: readonly BitNode[]): Listing {
  const { levels } = ensemble.features[feature]!;
  const trees = ensemble.treeOutput.length;
  const words = new Int32Array((levels + 1) * trees).fill(-1);
  const { subset, subsets, missingLeft } = ensemble;
  for (const { node, tree, kept } of own) {
    const first = subset[node]!;
    for (let code = 0; code < levels; code++)
      if (((subsets[first + (code >> 5)]! >>> (code & 31)) & 1) === 0) words[code * trees + tree]! &= kept;
    if (missingLeft[node] === 0) words[levels * trees + tree]! &= kept;
  }
  return { feature, levels, kept: words };
}
