import type { AttributeMessage } from "./schema.ts";
import { type OnnxTensor, tensorMessage } from "./tensor.ts";

/** Attribute of a node. The kind is named because ONNX tells 1 from 1.0. Floats are 32 bit: use a tensor for doubles. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly string: string }
  | { readonly ints: ArrayLike<number> }
  | { readonly floats: ArrayLike<number> }
  | { readonly strings: readonly string[] }
  | { readonly tensor: OnnxTensor };

/** Numbers of `AttributeProto.AttributeType`. */
export function attributeMessage(name: string, attribute: OnnxAttribute): AttributeMessage {
  if ("int" in attribute) return { name, type: 2, i: attribute.int };
  if ("float" in attribute) return { name, type: 1, f: attribute.float };
  if ("string" in attribute) return { name, type: 3, s: Buffer.from(attribute.string, "utf8") };
  if ("tensor" in attribute) return { name, type: 4, t: tensorMessage(attribute.tensor) };
  if ("floats" in attribute) return { name, type: 6, floats: Array.from(attribute.floats) };
  if ("ints" in attribute) return { name, type: 7, ints: Array.from(attribute.ints) };
  return { name, type: 8, strings: attribute.strings.map((text) => Buffer.from(text, "utf8")) };
}
