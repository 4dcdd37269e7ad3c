import type { Throughput } from "../../core/plan.ts";

/** What was timed of one answer: the runtimes do not the same work. */
export function singleRowWords(runtime: Throughput["runtime"]): string {
  return { native: "from JSON to JSON", onnx: "from tensors to answer" }[runtime];
}
