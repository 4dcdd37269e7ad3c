import type { TreeEnsemble } from "../ensemble.ts";

/** Thresholds to a byte. */
const SEGMENT = 255;

export interface RankColumn {
  readonly column: number;
  /** Numeric: the column counts thresholds from 255 * segment on. */
  readonly segment: number;
  /** Categorical: the codes that go left, 32 to a word. */
  readonly subset: Uint32Array | null;
  readonly missingLeft: number;
}

export interface FeatureColumns {
  /** Sorted, each once. */
  readonly thresholds: Float64Array;
  readonly first: number;
  readonly list: RankColumn[];
  readonly byKey: ReadonlyMap<string, RankColumn>;
}

export interface RankColumns {
  readonly count: number;
  readonly byFeature: ReadonlyMap<number, FeatureColumns>;
}

/** What a node asks of a feature's columns: its column, and the rank above which a row goes right. */
export interface RankTest {
  readonly column: number;
  /** 0 to 254; as a signed byte from -128. */
  readonly limit: number;
}

/** The rank columns that the trees marked in isBits need. inputs: the features in use. */
export function rankColumnsOf(ensemble: TreeEnsemble, inputs: Int32Array, isBits: Uint8Array): RankColumns {
  const nodes = new Map<number, number[]>(Array.from(inputs, (place) => [place, []]));
  for (let tree = 0; tree < isBits.length; tree++) {
    if (isBits[tree] !== 1) continue;
    for (let node = ensemble.treeStart[tree]!; node < ensemble.treeStart[tree + 1]!; node++) {
      if (ensemble.feature[node]! >= 0) nodes.get(ensemble.feature[node]!)!.push(node);
    }
  }
  const byFeature = new Map<number, FeatureColumns>();
  let count = 0;
  for (const [place, asked] of nodes) {
    const columns = featureColumns(ensemble, place, asked, count);
    byFeature.set(place, columns);
    count += columns.list.length;
  }
  return { count, byFeature };
}

function featureColumns(ensemble: TreeEnsemble, place: number, nodes: readonly number[], first: number): FeatureColumns {
  const isNumeric = ensemble.features[place]!.kind === "numeric";
  const thresholds = isNumeric ? sortedOnce(Float64Array.from(nodes, (node) => ensemble.threshold[node]!)) : new Float64Array(0);
  const byKey = new Map<string, RankColumn>();
  for (const node of nodes) {
    const key = keyOf(ensemble, place, node, thresholds);
    if (byKey.has(key)) continue;
    const segment = isNumeric ? Math.floor(placeIn(thresholds, ensemble.threshold[node]!) / SEGMENT) : 0;
    const subset = isNumeric ? null : subsetOf(ensemble, place, node);
    byKey.set(key, { column: first + byKey.size, segment, subset, missingLeft: ensemble.missingLeft[node]! });
  }
  return { thresholds, first, list: [...byKey.values()], byKey };
}

/** @throws RangeError when the columns were not made for this node. */
export function rankTest(ensemble: TreeEnsemble, node: number, { byFeature }: RankColumns): RankTest {
  const place = ensemble.feature[node]!;
  const { thresholds, byKey } = byFeature.get(place)!;
  const found = byKey.get(keyOf(ensemble, place, node, thresholds));
  if (found === undefined) throw new RangeError(`node ${node} has no rank column`);
  const rank = found.subset === null ? placeIn(thresholds, ensemble.threshold[node]!) - SEGMENT * found.segment : 0;
  return { column: found.column, limit: rank - 128 };
}

function keyOf(ensemble: TreeEnsemble, place: number, node: number, thresholds: Float64Array): string {
  const missing = ensemble.missingLeft[node]!;
  if (ensemble.subset[node]! >= 0) return `${missing}|${subsetOf(ensemble, place, node).join(",")}`;
  return `${missing}|${Math.floor(placeIn(thresholds, ensemble.threshold[node]!) / SEGMENT)}`;
}

export function subsetOf({ features, subset, subsets }: TreeEnsemble, place: number, node: number): Uint32Array {
  return subsets.subarray(subset[node]!, subset[node]! + Math.ceil(features[place]!.levels / 32));
}

function sortedOnce(values: Float64Array): Float64Array {
  values.sort();
  // Numbers equal: -0 and 0 are one threshold.
  return values.filter((value, i) => i === 0 || value !== values[i - 1]);
}

/** Place of a value that is in the sorted list. */
function placeIn(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
