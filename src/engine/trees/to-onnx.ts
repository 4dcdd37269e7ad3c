import { createOnnxGraph, type OnnxGraph } from "../onnx/graph.ts";
import { refuseAny } from "../options.ts";
import { wrongValue } from "../wrong-use.ts";
import type { TreeEnsemble } from "./ensemble.ts";
import { checkEnsemble } from "./ensemble-check.ts";
import { splitColumns } from "./onnx-columns.ts";
import { nodeAttributes } from "./onnx-nodes.ts";

const ML = { domain: "ai.onnx.ml" };

/**
 * Adds the ensemble to a graph. inputs: for each feature of the ensemble, in its order, a [rows, 1] tensor, double or (categorical) int64
 * codes. Gives the tensor [rows, outputs] of doubles with the link applied.
 *
 * Rows take exactly the same way as in `predict`: thresholds are doubles, and a categorical split reads a 0/1 column that comes from the
 * bits of the row's code. Only the sum over the trees is rounded to 32 bits, because TreeEnsembleRegressor gives floats; the base is added after that.
 * @throws RangeError when there is not one input per feature.
 */
export function ensembleToOnnx(graph: OnnxGraph, ensemble: TreeEnsemble, inputs: readonly string[]): string {
  const { features, outputs } = ensemble;
  if (inputs.length !== features.length) throw wrongValue("bad-model", `${features.length} features, ${inputs.length} inputs`);
  const first = inputs[0];
  if (first === undefined) throw wrongValue("bad-model", "an ensemble without features has no ONNX form");
  const base = graph.constant(baseWithStumps(ensemble), [1, outputs], "base");
  if (ensemble.feature.every((place) => place < 0)) return applyLink(graph, ensemble, repeatRows(graph, base, first, outputs));
  const { tensor, splitInputs } = splitColumns(graph, ensemble, inputs);
  const sums = graph.node("TreeEnsembleRegressor", [tensor], nodeAttributes(ensemble, splitInputs), ML)[0];
  const doubles = graph.node("Cast", [sums], { to: { int: 11 } })[0];
  return applyLink(graph, ensemble, graph.node("Add", [doubles, base])[0]);
}

/**
 * The ensemble as an `.onnx` file: an input [rows, 1] per feature under its name, double or int64 codes, and the output "prediction" [rows, outputs]
 * of doubles. Opset 20, ai.onnx.ml 4. A name that occurs twice is one input.
 * @throws RangeError for an ensemble without features, and for options: there are none.
 */
export function toOnnx(ensemble: TreeEnsemble, none?: undefined): Uint8Array {
  checkEnsemble("toOnnx", ensemble);
  refuseAny("toOnnx", none, "the file is of opset 20 and ai.onnx.ml 4, its inputs are the features");
  const graph = createOnnxGraph("trees");
  const given = new Map<string, string>();
  for (const { name, kind } of ensemble.features) {
    if (!given.has(name)) given.set(name, graph.input(name, kind === "numeric" ? "double" : "int64", ["rows", 1]));
  }
  const inputs = ensemble.features.map(({ name }) => given.get(name)!);
  graph.output("prediction", ensembleToOnnx(graph, ensemble, inputs), "double", ["rows", ensemble.outputs]);
  return graph.toBytes();
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
      // onnxruntime has Softplus for 32 bits only.
      return graph.node("Log", [graph.node("Add", [graph.node("Exp", [scores])[0], graph.constant(Float64Array.of(1), [1])])[0]])[0];
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
