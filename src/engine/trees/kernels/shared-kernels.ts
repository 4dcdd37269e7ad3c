import { endKept, type Keeper, type KeptKernels, withKeptKernels } from "./kept-kernels.ts";
import type { TreeMemory } from "./memory.ts";
import type { WasmKernels } from "./wasm.ts";

/** Kernels of this thread for datasets in memory that threads share. */
const shared = new WeakMap<WebAssembly.Memory, KeptKernels>();

function keeperOf(memory: TreeMemory): Keeper {
  return {
    kept: () => shared.get(memory.wasm) ?? null,
    keep: (kept) => void (kept === null ? shared.delete(memory.wasm) : shared.set(memory.wasm, kept)),
    memory: () => memory,
  };
}

export function withSharedKernels<T>(memory: TreeMemory, threads: number, work: (kernels: WasmKernels) => T): T {
  return withKeptKernels(keeperOf(memory), threads, ({ kernels }) => work(kernels));
}

/** Whether a training of this thread is at it. */
export function isInUse(memory: TreeMemory): boolean {
  return shared.get(memory.wasm)?.isBusy === true;
}

/** Ends their threads, which would keep the memory alive. */
export function closeSharedKernels(memory: TreeMemory): void {
  endKept(keeperOf(memory));
}
