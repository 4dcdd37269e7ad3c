import type { OnnxGraph } from "../onnx/graph.ts";
import type { TreeEnsemble } from "./ensemble.ts";
import { nodeAttributes, type SplitInput } from "./onnx-nodes.ts";

const ML = { domain: "ai.onnx.ml" };

/**
 * Adds the ensemble to a graph. inputs: for each feature of the ensemble, in its order, a [rows, 1] tensor, double or (categorical) int64
 * codes. Gives the tensor [rows, outputs] of doubles with the link applied.
 *
 * Rows take exactly the same way as in `predict`: thresholds are doubles, and a categorical split reads a 0/1 column gathered from a table
 * by code. Only the sum over the trees is rounded to 32 bits, because TreeEnsembleRegressor gives floats; the base is added after that.
 * @throws RangeError when there is not one input per feature.
 */
export function ensembleToOnnx(graph: OnnxGraph, ensemble: TreeEnsemble, inputs: readonly string[]): string {
  const { features, outputs } = ensemble;
  if (inputs.length !== features.length) throw new RangeError(`${features.length} features, ${inputs.length} inputs`);
  const first = inputs[0];
  if (first === undefined) throw new RangeError("an ensemble without features has no ONNX form");
  const base = graph.constant(baseWithStumps(ensemble), [1, outputs], "base");
  if (ensemble.feature.every((place) => place < 0)) return applyLink(graph, ensemble, repeatRows(graph, base, first, outputs));
  const { tensor, splitInputs } = splitColumns(graph, ensemble, inputs);
  const sums = graph.node("TreeEnsembleRegressor", [tensor], nodeAttributes(ensemble, splitInputs), ML)[0];
  const doubles = graph.node("Cast", [sums], { to: { int: 11 } })[0];
  return applyLink(graph, ensemble, graph.node("Add", [doubles, base])[0]);
}

/** Trees that are one leaf are constants. */
function baseWithStumps(ensemble: TreeEnsemble): Float64Array {
  const { base, treeStart, treeOutput, feature, left, leafValues, leafWidth } = ensemble;
  const sums = base.slice();
  for (const [tree, output] of treeOutput.entries()) {
    const root = treeStart[tree]!;
    if (feature[root]! >= 0) continue;
    for (let k = 0; k < leafWidth; k++) sums[output + k]! += leafValues[left[root]! + k]!;
  }
  return sums;
}

function repeatRows(graph: OnnxGraph, base: string, input: string, outputs: number): string {
  const rows = graph.node("Shape", [input], { start: { int: 0 }, end: { int: 1 } })[0];
  const shape = graph.node("Concat", [rows, graph.constant(BigInt64Array.of(BigInt(outputs)), [1])], { axis: { int: 0 } })[0];
  return graph.node("Expand", [base, shape])[0];
}

/** The columns that nodes compare: each numeric feature in use, and for each feature, subset and way of missing a column of 0 (left) and 1. */
function splitColumns(graph: OnnxGraph, ensemble: TreeEnsemble, inputs: readonly string[]): { tensor: string; splitInputs: SplitInput[] } {
  const { features, feature, subset, missingLeft, subsets } = ensemble;
  const numeric = new Map<number, number>();
  const tables = new Map<number, Map<string, { column: number; words: Uint32Array; missingLeft: number }>>();
  for (const [node, place] of feature.entries()) {
    if (place < 0) continue;
    if (features[place]!.kind === "numeric") {
      if (!numeric.has(place)) numeric.set(place, numeric.size);
      continue;
    }
    const words = subsets.subarray(subset[node]!, subset[node]! + Math.ceil(features[place]!.levels / 32));
    const table = tables.get(place) ?? new Map();
    const key = `${words.join(",")}|${missingLeft[node]}`;
    if (!table.has(key)) table.set(key, { column: table.size, words, missingLeft: missingLeft[node]! });
    tables.set(place, table);
  }
  const parts = Array.from(numeric.keys(), (place) => inputs[place]!);
  const starts = new Map<number, number>();
  let width = numeric.size;
  for (const [place, table] of tables) {
    starts.set(place, width);
    width += table.size;
    parts.push(subsetColumns(graph, inputs[place]!, features[place]!.levels, Array.from(table.values())));
  }
  const splitInputs = Array.from(feature, (place, node): SplitInput => {
    if (place < 0) return { column: 0, threshold: 0, missingLeft: 0 };
    const column = numeric.get(place);
    if (column !== undefined) return { column, threshold: ensemble.threshold[node]!, missingLeft: missingLeft[node]! };
    const words = subsets.subarray(subset[node]!, subset[node]! + Math.ceil(features[place]!.levels / 32));
    const found = tables.get(place)!.get(`${words.join(",")}|${missingLeft[node]}`)!;
    return { column: starts.get(place)! + found.column, threshold: 0.5, missingLeft: 0 };
  });
  return { tensor: parts.length === 1 ? parts[0]! : graph.node("Concat", parts, { axis: { int: 1 } })[0], splitInputs };
}

/** [rows, subsets]: 0 where the code goes left, else 1. The last row of the table is for missing and unknown codes. */
function subsetColumns(
  graph: OnnxGraph,
  codes: string,
  levels: number,
  table: readonly { readonly words: Uint32Array; readonly missingLeft: number }[],
): string {
  const width = table.length;
  const values = new Float64Array((levels + 1) * width);
  for (const [column, { words, missingLeft }] of table.entries()) {
    for (let code = 0; code < levels; code++) values[code * width + column] = ((words[code >> 5]! >>> (code & 31)) & 1) === 1 ? 0 : 1;
    values[levels * width + column] = missingLeft === 1 ? 0 : 1;
  }
  const integer = (value: number) => graph.constant(BigInt64Array.of(BigInt(value)), [1]);
  const isMissing = graph.node("Less", [codes, integer(0)])[0];
  const isUnknown = graph.node("GreaterOrEqual", [codes, integer(levels)])[0];
  const isEither = graph.node("Or", [isMissing, isUnknown])[0];
  const row = graph.node("Where", [isEither, integer(levels), codes])[0];
  const gathered = graph.node("Gather", [graph.constant(values, [levels + 1, width], "subsets"), row], { axis: { int: 0 } })[0];
  return graph.node("Reshape", [gathered, graph.constant(BigInt64Array.of(-1n, BigInt(width)), [2])])[0];
}

function applyLink(graph: OnnxGraph, { link, outputs }: TreeEnsemble, scores: string): string {
  switch (link) {
    case "identity":
      return scores;
    case "logistic":
      return graph.node("Sigmoid", [scores])[0];
    case "softmax":
      return graph.node("Softmax", [scores], { axis: { int: 1 } })[0];
    case "exp":
      return graph.node("Exp", [scores])[0];
    case "share":
      return graph.node("Clip", [scores, graph.constant(Float64Array.of(0), []), graph.constant(Float64Array.of(1), [])])[0];
    case "softplus":
      return graph.node("Softplus", [scores])[0];
    case "signedSquare":
      return graph.node("Mul", [scores, graph.node("Abs", [scores])[0]])[0];
    case "sorted":
      return graph.node(
        "TopK",
        [scores, graph.constant(BigInt64Array.of(BigInt(outputs)), [1])],
        { axis: { int: 1 }, largest: { int: 0 }, sorted: { int: 1 } },
        { outputs: 2 },
      )[0];
    default:
      return link satisfies never;
  }
}
