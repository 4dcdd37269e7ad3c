import type { TensorMessage } from "./schema.ts";

export type OnnxType = "double" | "float" | "int64" | "string";
export type OnnxValues = Float64Array | Float32Array | BigInt64Array | readonly string[];

/** A dense tensor, row-major. `values.length` is the product of `shape`; [] is a scalar. */
export interface OnnxTensor {
  readonly values: OnnxValues;
  readonly shape: readonly number[];
}

/** `TensorProto.DataType` of onnx.proto; also the number that `Cast` wants in its attribute `to`. */
export const ONNX_TYPE_NUMBER = { float: 1, int64: 7, string: 8, bool: 9, double: 11 } as const;

export function onnxTypeOf(values: OnnxValues): OnnxType {
  if (values instanceof Float64Array) return "double";
  if (values instanceof Float32Array) return "float";
  return values instanceof BigInt64Array ? "int64" : "string";
}

/** @throws RangeError when the shape does not hold the values. */
export function tensorMessage(tensor: OnnxTensor, name?: string): TensorMessage {
  const { values, shape } = tensor;
  const size = shape.reduce((product, dim) => product * dim, 1);
  if (size !== values.length) throw new RangeError(`tensor of shape [${shape.join(", ")}] cannot hold ${values.length} values`);
  const head = { dims: shape, dataType: ONNX_TYPE_NUMBER[onnxTypeOf(values)], ...(name === undefined ? {} : { name }) };
  if (!ArrayBuffer.isView(values)) return { ...head, stringData: values.map((text) => Buffer.from(text, "utf8")) };
  // raw_data is little-endian, as are all machines that Node runs on with onnxruntime.
  return { ...head, rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) };
}
