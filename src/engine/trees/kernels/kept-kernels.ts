import type { TreeMemory } from "./memory.ts";
import { type WasmKernels, wasmKernels } from "./wasm.ts";

/** Kernels with their threads and what those need of the memory, kept from one training to the next. */
export interface KeptKernels {
  readonly memory: TreeMemory;
  readonly kernels: WasmKernels;
  isBusy: boolean;
}

export interface Keeper {
  kept(): KeptKernels | null;
  keep(kept: KeptKernels | null): void;
  /** The memory of kernels that are made. */
  memory(): TreeMemory;
}

/**
 * Lends kernels with so many threads to `work`. A training that begins within a callback of another one has its own, which end with it: those of the outer one are
 * in use. What a failed training leaves in them, and threads that failed, end with them.
 */
export function withKeptKernels<T>(keeper: Keeper, threads: number, work: (lent: KeptKernels) => T): T {
  const make = (): KeptKernels => {
    const memory = keeper.memory();
    return { memory, kernels: wasmKernels(memory, threads), isBusy: true };
  };
  let lent = keeper.kept();
  if (lent?.isBusy === true) {
    const own = make();
    try {
      return work(own);
    } finally {
      own.kernels.close();
    }
  }
  if (lent !== null && lent.kernels.threads !== threads) {
    endKept(keeper);
    lent = null;
  }
  lent ??= make();
  keeper.keep(lent);
  lent.isBusy = true;
  try {
    return work(lent);
  } catch (error) {
    endKept(keeper);
    throw error;
  } finally {
    lent.isBusy = false;
  }
}

export function endKept(keeper: Keeper): void {
  keeper.kept()?.kernels.close();
  keeper.keep(null);
}
