import type { OnnxGraph } from "../onnx/graph.ts";
import type { EnsembleFeature, TreeEnsemble } from "./ensemble.ts";
import type { SplitInput } from "./onnx-nodes.ts";

/** LightGBM's kZeroThreshold, a 32-bit constant. */
const ZERO = Math.fround(1e-35);

/** Codes that go left, and whether missing and unknown ones do. */
interface Subset {
  readonly column: number;
  readonly words: Uint32Array;
  readonly missingLeft: number;
}

/** The columns that nodes compare: each numeric feature in use, and for each categorical one a column per subset and way of missing. */
export function splitColumns(
  graph: OnnxGraph,
  ensemble: TreeEnsemble,
  inputs: readonly string[],
): { tensor: string; splitInputs: SplitInput[] } {
  const { features, feature, missingLeft } = ensemble;
  const numeric = new Map<number, number>();
  const subsets = new Map<number, Map<string, Subset>>();
  for (const [node, place] of feature.entries()) {
    if (place < 0) continue;
    if (features[place]!.kind === "numeric") {
      if (!numeric.has(place)) numeric.set(place, numeric.size);
      continue;
    }
    const known = subsets.get(place) ?? new Map<string, Subset>();
    const key = subsetKey(ensemble, node);
    if (!known.has(key)) known.set(key, { column: known.size, words: wordsOf(ensemble, node), missingLeft: missingLeft[node]! });
    subsets.set(place, known);
  }
  const isFloat32 = ensemble.float32Inputs === true;
  const parts = Array.from(numeric.keys(), (place) => numericColumn(graph, inputs[place]!, features[place]!, isFloat32));
  const starts = new Map<number, number>();
  let width = numeric.size;
  for (const [place, known] of subsets) {
    starts.set(place, width);
    width += 32 * Math.ceil(known.size / 32);
    parts.push(subsetColumns(graph, inputs[place]!, features[place]!, Array.from(known.values())));
  }
  const splitInputs = Array.from(feature, (place, node): SplitInput => {
    if (place < 0) return { column: 0, threshold: 0, missingLeft: 0 };
    const column = numeric.get(place);
    if (column !== undefined) return { column, threshold: ensemble.threshold[node]!, missingLeft: missingLeft[node]! };
    const found = subsets.get(place)!.get(subsetKey(ensemble, node))!;
    return { column: starts.get(place)! + found.column, threshold: 0.5, missingLeft: 0 };
  });
  return { tensor: parts.length === 1 ? parts[0]! : graph.node("Concat", parts, { axis: { int: 1 } })[0], splitInputs };
}

function wordsOf({ features, feature, subset, subsets }: TreeEnsemble, node: number): Uint32Array {
  return subsets.subarray(subset[node]!, subset[node]! + Math.ceil(features[feature[node]!]!.levels / 32));
}

function subsetKey(ensemble: TreeEnsemble, node: number): string {
  return `${wordsOf(ensemble, node).join(",")}|${ensemble.missingLeft[node]}`;
}

function numericColumn(graph: OnnxGraph, input: string, { zeroIsMissing }: EnsembleFeature, isFloat32: boolean): string {
  let column = input;
  if (isFloat32) column = graph.node("Cast", [graph.node("Cast", [column], { to: { int: 1 } })[0]], { to: { int: 11 } })[0];
  if (zeroIsMissing !== true) return column;
  const isZero = graph.node("LessOrEqual", [graph.node("Abs", [input])[0], graph.constant(Float64Array.of(ZERO), [1])])[0];
  return graph.node("Where", [isZero, graph.constant(Float64Array.of(Number.NaN), [1]), column])[0];
}

/**
 * [rows, 32 * words]: 0 where the code goes left, else 1; columns beyond the subsets are not used. A table keeps the subsets of each code as bits,
 * 32 to a word, its last row those of missing and unknown codes: with 10,000 levels and 3,000 subsets 7.5 MB instead of 240 MB of doubles.
 */
function subsetColumns(graph: OnnxGraph, codes: string, feature: EnsembleFeature, subsets: readonly Subset[]): string {
  const words = Math.ceil(subsets.length / 32);
  const table = subsetTable(feature.levels, subsets, words);
  const row = tableRow(graph, codes, feature);
  const constant = (values: readonly number[], shape: readonly number[]) => graph.constant(BigInt64Array.from(values, BigInt), shape);
  const gathered = graph.node("Gather", [graph.constant(table, [feature.levels + 1, words], "subsets"), row], { axis: { int: 0 } })[0];
  const apart = graph.node("Reshape", [gathered, constant([-1, words, 1], [3])])[0];
  const masks = constant(
    Array.from({ length: 32 }, (_, bit) => 2 ** bit),
    [1, 1, 32],
  );
  const isRight = graph.node("Equal", [graph.node("BitwiseAnd", [apart, masks])[0], constant([0], [1])])[0];
  return graph.node("Reshape", [graph.node("Cast", [isRight], { to: { int: 11 } })[0], constant([-1, 32 * words], [2])])[0];
}

function subsetTable(levels: number, subsets: readonly Subset[], words: number): BigInt64Array {
  const bits = new Uint32Array((levels + 1) * words);
  for (const [column, { words: left, missingLeft }] of subsets.entries()) {
    const [word, bit] = [column >> 5, 1 << (column & 31)];
    for (let code = 0; code < levels; code++) if (((left[code >> 5]! >>> (code & 31)) & 1) === 1) bits[code * words + word]! |= bit;
    if (missingLeft === 1) bits[levels * words + word]! |= bit;
  }
  return BigInt64Array.from(bits, BigInt);
}

/** The code, or `levels` when it is missing or unknown. */
function tableRow(graph: OnnxGraph, codes: string, { levels, lastIsOther }: EnsembleFeature): string {
  const integer = (value: number) => graph.constant(BigInt64Array.of(BigInt(value)), [1]);
  const isMissing = graph.node("Less", [codes, integer(0)])[0];
  const isUnknown = graph.node("GreaterOrEqual", [codes, integer(levels)])[0];
  if (lastIsOther === true) {
    const known = graph.node("Where", [isUnknown, integer(levels - 1), codes])[0];
    return graph.node("Where", [isMissing, integer(levels), known])[0];
  }
  return graph.node("Where", [graph.node("Or", [isMissing, isUnknown])[0], integer(levels), codes])[0];
}
