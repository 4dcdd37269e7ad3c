import { threadId } from "node:worker_threads";
import { wrongType, wrongValue } from "../../wrong-use.ts";
import type { EnsembleFeature } from "../ensemble.ts";
import type { SlotLayout } from "../kernels/contract.ts";
import { attachTreeMemory, type TreeMemory } from "../kernels/memory.ts";
import { closeSharedKernels, isInUse } from "../kernels/shared-kernels.ts";
import type { FeatureBins } from "./bins.ts";

/** A feature that can split: where its bins lie. Columns are in the order of their names, so that the order in the matrix plays no part. */
export interface TreeColumn {
  readonly bins: FeatureBins;
  /** Place in the matrix. */
  readonly source: number;
  /** Slot of the layout. */
  readonly slot: number;
  /** Bin of the slot that stands for the first stored bin of the column; 0 unless it shares the slot. */
  readonly firstBin: number;
  /** The bin that is not stored: bin 0 of a shared slot; -1 when the column has the slot for itself. */
  readonly implicit: number;
  readonly hasMissing: boolean;
  /** A categorical feature learned by numbers that stand for its levels: these, that of missing last. Else null. */
  readonly levelValues: Float64Array | null;
}

/** Plain data that names a dataset in memory that threads share: send it to a worker and open it there. */
export interface TreeDatasetHandle {
  readonly wasm: WebAssembly.Memory;
  readonly rows: number;
  readonly features: readonly EnsembleFeature[];
  readonly columns: readonly TreeColumn[];
  readonly slots: SlotLayout;
  /** Address of the columns' descriptions for the kernels. */
  readonly descriptions: number;
  /** Blocks to give back. */
  readonly blocks: readonly number[];
  /** Nothing else is made in this memory once the dataset is closed. */
  readonly isAlone: boolean;
}

/**
 * A matrix as bins, made once. Any number of trainings, in any thread, learn from it by row numbers and columns; none of them changes it.
 */
export interface TreeDataset extends Omit<TreeDatasetHandle, "wasm" | "blocks" | "isAlone"> {
  readonly memory: TreeMemory;
  /** For `openTreeDataset` in another thread. */
  share(): TreeDatasetHandle;
  /**
   * Gives back what the trainings of a worker keep in the memory, once it has ended: after its `exit`, whether by itself or by `terminate()`. thread: its `threadId`, which it says only
   * while it lives. Without this the memory is kept until the dataset is closed.
   * @throws RangeError (`bad-option`) for this thread, or what is no thread's number.
   */
  releaseThread(thread: number): void;
  /**
   * Gives the memory back, when no training uses it any more. Afterwards this thread's dataset refuses to be used; closing it again does nothing.
   * @throws RangeError (`bad-dataset`) within a callback of a training on it.
   */
  close(): void;
}

/**
 * The dataset that another thread made and shares, in this thread: `createTreeDataset(...)` there, its `share()` through a message or `workerData`, opened here. Nothing is
 * copied; both threads read one memory, and trainings of each may go on at the same time. handle: what `share()` gave, rows and features of the matrix among it; sent by
 * `postMessage`, not through JSON. Close it in one thread only, the last that uses it: `close()` gives the memory of all of them back, and then all of them
 * refuse to be used; a training that is going on meanwhile in another thread is lost. A training is ended by `onRound`; a worker that is terminated in the midst of one may keep
 * the next one in another thread waiting for some seconds, and leaves to `releaseThread` what it had allocated.
 * @throws TypeError for what is no such handle.
 */
export function openTreeDataset(handle: TreeDatasetHandle): TreeDataset {
  if (!((handle as Partial<TreeDatasetHandle> | null | undefined)?.wasm instanceof WebAssembly.Memory))
    throw wrongType(
      "bad-dataset",
      "openTreeDataset takes what share() of a dataset gives, sent by postMessage or workerData; JSON loses its memory",
    );
  return datasetIn(attachTreeMemory(handle.wasm), handle);
}

export function datasetIn(memory: TreeMemory, handle: TreeDatasetHandle): TreeDataset {
  const { rows, features, columns, slots, descriptions, blocks, isAlone } = handle;
  let isClosed = false;
  const opened = <T>(what: T): T => {
    if (isClosed || memory.isEnded()) throw wrongValue("bad-dataset", "this dataset is closed: its memory was given back");
    return what;
  };
  return {
    get memory() {
      return opened(memory);
    },
    rows,
    features,
    columns,
    slots,
    descriptions,
    share: () => opened(handle),
    releaseThread: (thread) => {
      if (!Number.isInteger(thread) || thread < 0 || thread === threadId)
        throw wrongValue("bad-option", `releaseThread takes the threadId of a worker that has ended, not ${String(thread)}`);
      if (!isClosed && !memory.isEnded()) memory.releaseThread(thread);
    },
    close: () => {
      if (isInUse(memory)) throw wrongValue("bad-dataset", "this dataset is being trained on: close it when the training is over");
      // A block that is given back twice makes a circle of the list of free blocks: the next allocation would never end.
      if (isClosed || memory.isEnded()) return;
      isClosed = true;
      if (isAlone) memory.end();
      closeSharedKernels(memory);
      for (const block of blocks) memory.free(block);
    },
  };
}

/** Bin of the slot for a bin of the column. */
export function slotBin({ firstBin, implicit }: TreeColumn, bin: number): number {
  if (implicit < 0) return bin;
  if (bin === implicit) return 0;
  return firstBin + (bin > implicit ? bin - 1 : bin);
}

/** Bins that the column stores, missing among them. */
function storedBins({ bins, implicit, hasMissing }: TreeColumn): number {
  return bins.valueBins + (hasMissing ? 1 : 0) - (implicit >= 0 ? 1 : 0);
}

/** Bin of a column in one row. */
export function columnBin({ memory, columns, slots }: TreeDataset, column: number, row: number): number {
  const about = columns[column]!;
  const { slot, firstBin, implicit } = about;
  if (slot >= slots.slots8) return memory.u16[(slots.bins16 + row * slots.stride16) / 2 + slot - slots.slots8]!;
  const bin = memory.u8[slots.bins8 + row * slots.stride8 + slot]!;
  if (implicit < 0) return bin;
  const stored = bin - firstBin;
  if (stored < 0 || stored >= storedBins(about)) return implicit;
  return stored >= implicit ? stored + 1 : stored;
}
