import type { TreeKernels } from "./contract.ts";
import type { TreeMemory } from "./memory.ts";
import { type WasmKernels, wasmKernels } from "./wasm.ts";

/** Kernels of this thread for datasets in memory that threads share. */
const shared = new WeakMap<WebAssembly.Memory, WasmKernels>();

/** Kept from one training on the memory to the next. */
export function sharedKernels(memory: TreeMemory, threads: number): TreeKernels {
  const known = shared.get(memory.wasm);
  if (known !== undefined && known.threads === threads) return known;
  closeSharedKernels(memory);
  const made = wasmKernels(memory, threads);
  shared.set(memory.wasm, made);
  return made;
}

/** Ends their threads, which would keep the memory alive. */
export function closeSharedKernels(memory: TreeMemory): void {
  shared.get(memory.wasm)?.close();
  shared.delete(memory.wasm);
}
