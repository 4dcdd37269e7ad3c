import { buildTreeDataset, type DatasetRules } from "../dataset/build.ts";
import type { TreeDataset } from "../dataset/dataset.ts";
import type { TreeKernels } from "../kernels/contract.ts";
import { createTreeMemory, type TreeMemory } from "../kernels/memory.ts";
import { closeSharedKernels, sharedKernels } from "../kernels/shared-kernels.ts";
import { type WasmKernels, wasmKernels } from "../kernels/wasm.ts";
import { isTreeDataset, type TreeSource } from "../training.ts";

/** Makes the kernels for a memory. */
export type KernelMaker = (memory: TreeMemory, threads: number) => TreeKernels;

/** Memory and kernels for trainings of this thread that bring no dataset, kept from one to the next. */
let own: { readonly memory: TreeMemory; readonly kernels: WasmKernels } | null = null;
/** Memory never shrinks, so a seat that has grown beyond this is given up. */
const KEPT_BYTES = 256 * 1024 * 1024;

export interface Binning {
  /** Rows that bins are learned on. */
  readonly rows: Int32Array;
  readonly rules: DatasetRules;
  readonly seed: number;
}

/** Runs `work` on the dataset of the training, or on one that is made of its matrix and given back afterwards. */
export function withDataset<T>(
  source: TreeSource,
  threads: number,
  binning: Binning,
  make: KernelMaker | null,
  work: (dataset: TreeDataset, kernels: TreeKernels) => T,
): T {
  if (isTreeDataset(source)) return onShared(source, threads, make, work);
  const seat = make === null ? ownSeat(threads) : madeSeat(make, threads);
  try {
    const dataset = buildTreeDataset(seat.kernels, source, binning.rows, binning.rules, binning.seed);
    const result = work(dataset, seat.kernels);
    dataset.close();
    if (make === null && seat.memory.wasm.buffer.byteLength > KEPT_BYTES) dropSeat();
    return result;
  } catch (error) {
    // What a failed training leaves in the memory, and threads that failed, end with the seat.
    if (make === null) dropSeat();
    throw error;
  }
}

function onShared<T>(
  dataset: TreeDataset,
  threads: number,
  make: KernelMaker | null,
  work: (dataset: TreeDataset, kernels: TreeKernels) => T,
): T {
  if (make !== null) return work(dataset, make(dataset.memory, threads));
  try {
    return work(dataset, sharedKernels(dataset.memory, threads));
  } catch (error) {
    closeSharedKernels(dataset.memory);
    throw error;
  }
}

function madeSeat(make: KernelMaker, threads: number): { memory: TreeMemory; kernels: TreeKernels } {
  const memory = createTreeMemory();
  return { memory, kernels: make(memory, threads) };
}

function ownSeat(threads: number): { memory: TreeMemory; kernels: TreeKernels } {
  if (own !== null && own.kernels.threads === threads) return own;
  dropSeat();
  const memory = createTreeMemory();
  own = { memory, kernels: wasmKernels(memory, threads) };
  return own;
}

function dropSeat(): void {
  own?.kernels.close();
  own = null;
}
