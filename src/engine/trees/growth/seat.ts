import { buildTreeDataset, type DatasetRules } from "../dataset/build.ts";
import type { TreeDataset } from "../dataset/dataset.ts";
import type { TreeKernels } from "../kernels/contract.ts";
import { createTreeMemory, type TreeMemory } from "../kernels/memory.ts";
import { type WasmKernels, wasmKernels } from "../kernels/wasm.ts";
import { isTreeDataset, type TreeSource } from "../training.ts";

/** Makes the kernels for a memory. */
export type KernelMaker = (memory: TreeMemory, threads: number) => TreeKernels;

/** Memory and kernels for trainings of this thread that bring no dataset, kept from one to the next. */
let own: { readonly memory: TreeMemory; readonly kernels: WasmKernels } | null = null;
/** Memory never shrinks, so a seat that has grown beyond this is given up. */
const KEPT_BYTES = 256 * 1024 * 1024;

/** Kernels of this thread for datasets in memory that threads share. */
const shared = new WeakMap<WebAssembly.Memory, WasmKernels>();

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
  if (isTreeDataset(source)) return work(source, make === null ? sharedKernels(source.memory, threads) : make(source.memory, threads));
  const seat = make === null ? ownSeat(threads) : madeSeat(make, threads);
  const dataset = buildTreeDataset(seat.kernels, source, binning.rows, binning.rules, binning.seed);
  try {
    return work(dataset, seat.kernels);
  } finally {
    dataset.close();
    if (make === null && seat.memory.wasm.buffer.byteLength > KEPT_BYTES) dropSeat();
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

function sharedKernels(memory: TreeMemory, threads: number): TreeKernels {
  const known = shared.get(memory.wasm);
  if (known !== undefined && known.threads === threads) return known;
  known?.close();
  const made = wasmKernels(memory, threads);
  shared.set(memory.wasm, made);
  return made;
}
