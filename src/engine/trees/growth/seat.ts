import { buildTreeDataset, type DatasetRules } from "../dataset/build.ts";
import type { TreeDataset } from "../dataset/dataset.ts";
import type { TreeKernels } from "../kernels/contract.ts";
import { endKept, type Keeper, type KeptKernels, withKeptKernels } from "../kernels/kept-kernels.ts";
import { createTreeMemory, type TreeMemory } from "../kernels/memory.ts";
import { withSharedKernels } from "../kernels/shared-kernels.ts";
import { isTreeDataset, type TreeSource } from "../training.ts";

/** Makes the kernels for a memory. */
export type KernelMaker = (memory: TreeMemory, threads: number) => TreeKernels;

/** Memory and kernels for trainings of this thread that bring no dataset, kept from one to the next. */
let own: KeptKernels | null = null;
const OWN: Keeper = {
  kept: () => own,
  keep: (kept) => {
    own = kept;
  },
  memory: createTreeMemory,
};
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
  if (isTreeDataset(source)) {
    if (make !== null) return work(source, make(source.memory, threads));
    return withSharedKernels(source.memory, threads, (kernels) => work(source, kernels));
  }
  const onMatrix = (kernels: TreeKernels): T => {
    const dataset = buildTreeDataset(kernels, source, binning.rows, binning.rules, binning.seed);
    const result = work(dataset, kernels);
    dataset.close();
    return result;
  };
  if (make !== null) return onMatrix(make(createTreeMemory(), threads));
  const result = withKeptKernels(OWN, threads, ({ kernels }) => onMatrix(kernels));
  if (own !== null && !own.isBusy && own.memory.wasm.buffer.byteLength > KEPT_BYTES) endKept(OWN);
  return result;
}
