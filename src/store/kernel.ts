import { growTo, kernelMemory } from "../core/kernel-memory.ts";

/** A WebAssembly kernel of this room over a memory of its own, which only grows. */
export interface Kernel<T> {
  readonly memory: WebAssembly.Memory;
  readonly exports: T;
  /** Makes the memory as large as that, if it is not. */
  reserve(bytes: number): void;
}

/** @param bytes of the module, in Base64. T: what src/store/assembly exports; addresses are bytes. */
export function openKernel<T>(bytes: string): Kernel<T> {
  const memory = kernelMemory(1);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(bytes, "base64")), { env: { memory } });
  return {
    memory,
    exports: exports as unknown as T,
    reserve: (wanted) => growTo(memory, wanted),
  };
}
