import { BYTES } from "../../wasm/prediction-bytes.ts";

export interface PredictionKernel {
  predictBlock(program: number, input: number, stride: number, work: number, out: number, rows: number): void;
}

/** Bytes per page of WebAssembly memory. */
const PAGE = 65_536;
const MOST_PAGES = 65_536;

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
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE), maximum: MOST_PAGES, shared: true });
  return { memory, kernel: kernelOver(memory) };
}

/** Grows the memory to at least this size. @throws RangeError when it cannot. */
export function growTo(memory: WebAssembly.Memory, bytes: number): void {
  const more = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
  if (more > 0) memory.grow(more);
}
