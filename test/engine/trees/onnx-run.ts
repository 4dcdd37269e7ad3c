import { expect } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";
import { createOnnxGraph } from "../../../src/engine/onnx/graph.ts";
import { openOnnxSession } from "../../../src/engine/onnx/session.ts";
import type { OnnxTensor } from "../../../src/engine/onnx/tensor.ts";
import { ensembleToOnnx, type TreeEnsemble } from "../../../src/engine/trees/index.ts";

/** Predictions of the exported ensemble in onnxruntime. */
export async function runOnnx(ensemble: TreeEnsemble, matrix: Matrix): Promise<Float64Array> {
  const graph = createOnnxGraph("trees");
  const named = new Map(
    matrix.features.map(({ name, kind }) => [name, graph.input(name, kind === "numeric" ? "double" : "int64", ["rows", 1])]),
  );
  const inputs = ensemble.features.map(({ name }) => named.get(name)!);
  graph.output("y", ensembleToOnnx(graph, ensemble, inputs), "double", ["rows", ensemble.outputs]);
  const session = await openOnnxSession(graph.toBytes());
  const tensors = matrix.features.map((feature): [string, OnnxTensor] => [
    feature.name,
    { values: feature.kind === "numeric" ? feature.values : BigInt64Array.from(feature.codes, BigInt), shape: [matrix.rows, 1] },
  ]);
  const out = (await session.run(new Map(tensors))).get("y")!;
  await session.close();
  expect(out.shape).toEqual([matrix.rows, ensemble.outputs]);
  return out.values as Float64Array;
}

/** The sum of trees passes through 32 bits: relative error 2^-24 of it, half that after rounding. */
export function expectSame(onnx: Float64Array, native: Float64Array): void {
  expect(onnx.length).toBe(native.length);
  for (let i = 0; i < native.length; i++)
    expect(Math.abs(onnx[i]! - native[i]!)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(native[i]!)));
}
