import type { Json } from "../../core/json.ts";
import type { OnnxInput } from "../../recipe/index.ts";

/** What `model/manifest.json` says of the ONNX inputs; tensor names may differ from column names. */
export function onnxInputsOf(manifest: Json): readonly OnnxInput[] {
  return (manifest as unknown as { readonly onnx: { readonly inputs: readonly OnnxInput[] } }).onnx.inputs;
}
