import { kernelMemory } from "../../../core/kernel-memory.ts";
import { BYTES } from "../../wasm/prediction-bytes.ts";

export interface PredictionKernel {
  predictBlock(program: number, input: number, stride: number, work: number, out: number, rows: number): void;
}

export interface KernelMemory {
  readonly memory: WebAssembly.Memory;
  readonly kernel: PredictionKernel;
}

let compiled: WebAssembly.Module | null = null;

/** Compiled once. */
export function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Buffer.from(BYTES, "base64"));
  return compiled;
}

/** The kernel over a memory that other threads may hold too. */
function kernelOver(memory: WebAssembly.Memory): PredictionKernel {
  return new WebAssembly.Instance(kernelModule(), { env: { memory } }).exports as unknown as PredictionKernel;
}

/** @throws RangeError when the machine gives no such memory. */
export function createKernelMemory(bytes: number): KernelMemory {
  const memory = kernelMemory(bytes);
  return { memory, kernel: kernelOver(memory) };
}
