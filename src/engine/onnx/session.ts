import type { InferenceSession, Tensor } from "onnxruntime-node";
import type { OnnxTensor } from "./tensor.ts";

export interface OnnxSessionOptions {
  /** Threads within one operator; default 1, which also makes sums repeatable. */
  readonly threads?: number;
}

/** Tensors by name. A map, because a column may be called `__proto__`. */
export type OnnxTensors = ReadonlyMap<string, OnnxTensor>;

/** A loaded ONNX model. Close it: it holds memory outside the JavaScript heap. */
export interface OnnxSession {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Every input must be given. Rejects with the runtime's message when names, types or shapes do not fit. */
  run(inputs: OnnxTensors): Promise<OnnxTensors>;
  close(): Promise<void>;
}

/**
 * Opens a model in this thread: `run` blocks the event loop while it computes; `openOnnxWorker` does not.
 * onnxruntime is loaded on first use (its library is large).
 */
export async function openOnnxSession(bytes: Uint8Array, options: OnnxSessionOptions = {}): Promise<OnnxSession> {
  const { default: runtime } = await import("onnxruntime-node");
  const session = await runtime.InferenceSession.create(bytes, {
    intraOpNumThreads: options.threads ?? 1,
    interOpNumThreads: 1,
    executionMode: "sequential",
    logSeverityLevel: 3,
  });
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    run: async (inputs) => fromRuntime(session, await session.run(toRuntime(runtime.Tensor, inputs))),
    close: () => session.release(),
  };
}

function toRuntime(create: typeof Tensor, inputs: OnnxTensors): InferenceSession.OnnxValueMapType {
  const feeds: Record<string, Tensor> = Object.create(null);
  for (const [name, { values, shape }] of inputs) {
    if (values instanceof Float64Array) feeds[name] = new create("float64", values, shape);
    else if (values instanceof Float32Array) feeds[name] = new create("float32", values, shape);
    else if (values instanceof BigInt64Array) feeds[name] = new create("int64", values, shape);
    else feeds[name] = new create("string", values, shape);
  }
  return feeds;
}

function fromRuntime(session: InferenceSession, results: InferenceSession.OnnxValueMapType): OnnxTensors {
  return new Map(
    session.outputNames.map((name) => {
      const { data, dims } = results[name] as Tensor;
      const known = data instanceof Float64Array || data instanceof Float32Array || data instanceof BigInt64Array || Array.isArray(data);
      if (!known) throw new RangeError(`output "${name}" is neither double, float, int64 nor string`);
      return [name, { values: data as OnnxTensor["values"], shape: dims }];
    }),
  );
}
