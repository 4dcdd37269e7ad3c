import { expect } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";
import { openOnnxSession } from "../../../src/engine/onnx/session.ts";
import type { OnnxTensor } from "../../../src/engine/onnx/tensor.ts";
import { type TreeEnsemble, toOnnx } from "../../../src/engine/trees/index.ts";

/** Predictions of the exported ensemble in onnxruntime. */
export async function runOnnx(ensemble: TreeEnsemble, matrix: Matrix): Promise<Float64Array> {
  const session = await openOnnxSession(toOnnx(ensemble));
  const tensors = matrix.features.map((feature): [string, OnnxTensor] => [
    feature.name,
    { values: feature.kind === "numeric" ? feature.values : BigInt64Array.from(feature.codes, BigInt), shape: [matrix.rows, 1] },
  ]);
  const out = (await session.run(new Map(tensors))).get("prediction")!;
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
