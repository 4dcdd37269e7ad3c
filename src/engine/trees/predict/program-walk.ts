import type { TreeEnsemble } from "../ensemble.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { subsetOf } from "./program-columns.ts";

const NODE_BYTES = 16;
const MISSING_LEFT = 0x80000000;
const CATEGORICAL = 0x40000000;
/** High word of a NaN: as a threshold it sends every row left, which is the leaf itself. */
const NAN = 0x7ff80000;

/**
 * Writes a tree as nodes of 16 bytes, children side by side: threshold (double), or subset at and levels (words); input with flags; left
 * child. A leaf has a NaN whose low word is the place of its values, and itself as left child. Gives the root's place. valuesAt:
 * place of the ensemble's leafValues; subsetAt: of the subsets already written.
 */
export function writeWalkTree(
  writer: ByteWriter,
  ensemble: TreeEnsemble,
  tree: number,
  inputs: Int32Array,
  valuesAt: number,
  subsetAt: Map<string, number>,
): number {
  const { treeStart, feature, left, right, missingLeft, threshold, features } = ensemble;
  const inputOf = new Map(Array.from(inputs, (place, input) => [place, input]));
  const nodes = treeStart[tree + 1]! - treeStart[tree]!;
  const root = writer.reserve(NODE_BYTES * nodes);
  const queue = [treeStart[tree]!];
  for (let i = 0; i < queue.length; i++) {
    const node = queue[i]!;
    const at = root + NODE_BYTES * i;
    const place = feature[node]!;
    if (place < 0) {
      writer.words(at, [valuesAt + 8 * left[node]!, NAN, MISSING_LEFT, at]);
      continue;
    }
    const about = inputOf.get(place)! + (missingLeft[node] === 1 ? MISSING_LEFT : 0);
    const child = root + NODE_BYTES * queue.length;
    queue.push(left[node]!, right[node]!);
    if (features[place]!.kind === "numeric") {
      writer.words(at, [0, 0, about, child]);
      writer.double(at, threshold[node]!);
    } else
      writer.words(at, [
        writeSubset(writer, subsetOf(ensemble, place, node), subsetAt),
        features[place]!.levels,
        about + CATEGORICAL,
        child,
      ]);
  }
  return root;
}

/** Equal subsets are written once. */
function writeSubset(writer: ByteWriter, words: Uint32Array, subsetAt: Map<string, number>): number {
  const key = words.join(",");
  const known = subsetAt.get(key);
  if (known !== undefined) return known;
  const at = writer.padded(new Uint8Array(words.slice().buffer));
  subsetAt.set(key, at);
  return at;
}
