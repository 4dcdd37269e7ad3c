import { wrongValue } from "../../wrong-use.ts";
import type { EnsembleFeature } from "../ensemble.ts";
import { field, integerOf, integersOf, numbersOf, optionalField, type Place } from "./document.ts";
import { largestBelow } from "./float32.ts";
import type { ForeignTree } from "./foreign.ts";

/** XGBoost holds codes as 32-bit floats, whole up to here. */
const MOST_CODE = 2 ** 24 - 1;

export interface XgboostTree {
  readonly output: number;
  readonly leafWidth: number;
  readonly feature: Float64Array;
  readonly threshold: Float64Array;
  readonly missingLeft: Float64Array;
  /** By node the codes that go right. */
  readonly codesRight: ReadonlyMap<number, Float64Array>;
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly gain: Float64Array;
  readonly cover: Float64Array;
  readonly values: Float64Array;
  /** By feature, one more than the largest code that a split names. */
  readonly levels: ReadonlyMap<number, number>;
}

/** weight: factor on the leaves. @throws RangeError with the path in the document. */
export function parseXgboostTree(place: Place, output: number, features: number, outputs: number, weight: number): XgboostTree {
  const parameters = field(place, "tree_param");
  const left = integersOf(field(place, "left_children"), -1, 2 ** 31 - 1);
  const count = left.length;
  const width = integerOf(optionalField(parameters, "size_leaf_vector") ?? { path: "size_leaf_vector", value: 0 }, 0, 2 ** 24) || 1;
  if (width !== 1 && width !== outputs)
    throw wrongValue("bad-model", `${parameters.path}.size_leaf_vector is ${width}, the model has ${outputs} outputs`);
  const indices = integersOf(field(place, "split_indices"), 0, 2 ** 31 - 1, count);
  const conditions = numbersOf(field(place, "split_conditions"), count);
  const codesRight = categories(place, count);
  const levels = new Map<number, number>();
  for (const [node, codes] of codesRight) {
    const most = codes.reduce((max, code) => Math.max(max, code + 1), levels.get(indices[node]!) ?? 0);
    levels.set(indices[node]!, most);
  }
  const right = numbersOf(field(place, "right_children"), count);
  const values = width === 1 ? conditions : leafVectors(place, left, right, width);
  const wrong = left.findIndex((child, node) => child >= 0 && indices[node]! >= features);
  if (wrong >= 0)
    throw wrongValue("bad-model", `${place.path}.split_indices[${wrong}] is ${indices[wrong]}, the model has ${features} features`);
  return {
    output,
    leafWidth: width,
    feature: indices.map((index, node) => (left[node]! < 0 ? -1 : index)),
    threshold: conditions.map((condition, node) => (codesRight.has(node) ? 0 : largestBelow(Math.fround(condition)))),
    missingLeft: integersOf(field(place, "default_left"), 0, 1, count),
    codesRight,
    left,
    right,
    gain: float32Of(optionalField(place, "loss_changes"), count),
    cover: float32Of(optionalField(place, "sum_hessian"), count),
    values: values.map((value) => Math.fround(value) * weight),
    levels,
  };
}

/** Vector leaves had neither gain nor cover before version 3: zeros. */
function float32Of(place: Place | null, count: number): Float64Array {
  return place === null ? new Float64Array(count) : numbersOf(place, count).map(Math.fround);
}

/** [nodes, width]: since version 3 leaf_weights by leaf, whose number stands in right_children; before, base_weights by node. */
function leafVectors(place: Place, left: Float64Array, right: Float64Array, width: number): Float64Array {
  const weights = optionalField(place, "leaf_weights");
  if (weights === null) return numbersOf(field(place, "base_weights"), left.length * width);
  const list = numbersOf(weights);
  const values = new Float64Array(left.length * width);
  for (const [node, child] of left.entries()) {
    if (child >= 0) continue;
    const first = right[node]! * width;
    if (!(first >= 0 && first + width <= list.length)) throw wrongValue("bad-model", `${weights.path} has no values for the leaf ${node}`);
    values.set(list.subarray(first, first + width), node * width);
  }
  return values;
}

/** Categorical nodes with the codes that go right: segments of one list. Files before version 1.5 have none. */
function categories(place: Place, count: number): Map<number, Float64Array> {
  const types = optionalField(place, "split_type");
  const found = new Map<number, Float64Array>();
  if (types === null || !integersOf(types, 0, 1, count).includes(1)) return found;
  const codes = integersOf(field(place, "categories"), 0, MOST_CODE);
  const nodes = integersOf(field(place, "categories_nodes"), 0, count - 1);
  const begins = integersOf(field(place, "categories_segments"), 0, codes.length, nodes.length);
  const sizes = integersOf(field(place, "categories_sizes"), 0, codes.length, nodes.length);
  for (const [i, node] of nodes.entries()) found.set(node, codes.subarray(begins[i]!, begins[i]! + sizes[i]!));
  return found;
}

/** features: with as many levels as all trees together name, and one for all others, which go left. */
export function xgboostTree(tree: XgboostTree, features: readonly EnsembleFeature[]): ForeignTree {
  const codesLeft = Array.from(tree.feature, (place, node) => {
    const right = tree.codesRight.get(node);
    if (place < 0 || right === undefined) return null;
    const words = new Uint32Array(Math.ceil(features[place]!.levels / 32)).fill(0xffffffff);
    for (const code of right) words[code >> 5]! &= ~(1 << (code & 31));
    return words;
  });
  return { ...tree, codesLeft };
}
