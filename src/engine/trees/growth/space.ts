import type { TreeDataset } from "../dataset/dataset.ts";
import type { TreeKernels } from "../kernels/contract.ts";
import { histogramBytes } from "../kernels/contract.ts";
import * as L from "../kernels/layout.ts";
import { createHistogramPool, type HistogramPool } from "./histograms.ts";
import type { Constraints } from "./part.ts";

/** f64 in the kernels' memory, and the same as a view. */
export interface Reals {
  readonly address: number;
  readonly view: Float64Array;
}

/** Memory that growing trees on one dataset needs, taken once per training. Addresses and views of them. */
export interface GrowthSpace {
  readonly pool: HistogramPool;
  /** u32, as many as training rows. */
  readonly rows: number;
  readonly rowsView: Int32Array;
  readonly scratch: number;
  /** 64 bits by row of the dataset. */
  readonly packed: number;
  readonly table: number;
  readonly node: number;
  readonly found: number;
  readonly list: number;
  readonly draws: number;
  readonly slotList: number;
  readonly monotone: number;
  /** By row of the dataset. */
  reals(): Reals;
  /** u32 list. */
  list32(values: Int32Array): { readonly address: number; readonly count: number; readonly view: Int32Array };
  /** A block of so many bytes. */
  block(bytes: number): number;
  close(): void;
}

const FOUND_BYTES = 8 * L.FOUND_NUMBERS;
const NODE_BYTES = 8 * L.NODE_NUMBERS;
/** Every bin of a slot of 16 bits. */
const TABLE_BYTES = 65_536;

export function createGrowthSpace(dataset: TreeDataset, kernels: TreeKernels, trainingRows: number, constraints: Constraints): GrowthSpace {
  const { memory } = kernels;
  const taken: number[] = [];
  const take = (bytes: number): number => {
    const address = memory.allocate(bytes);
    taken.push(address);
    return address;
  };
  const closeAll = () => {
    for (const address of taken) memory.free(address);
  };
  try {
    return spaceOf(dataset, memory, trainingRows, constraints, take, closeAll);
  } catch (error) {
    closeAll();
    throw error;
  }
}

function spaceOf(
  dataset: TreeDataset,
  memory: TreeKernels["memory"],
  trainingRows: number,
  constraints: Constraints,
  take: (bytes: number) => number,
  closeAll: () => void,
): GrowthSpace {
  const columns = Math.max(1, dataset.columns.length);
  const rows = take(4 * trainingRows);
  const monotone = constraints.monotone === null ? 0 : take(4 * columns);
  if (constraints.monotone !== null) memory.i32.set(constraints.monotone, monotone / 4);
  const pool = createHistogramPool(memory, histogramBytes(dataset.slots));
  return {
    pool,
    rows,
    rowsView: new Int32Array(memory.wasm.buffer, rows, trainingRows),
    scratch: take(4 * trainingRows),
    packed: take(8 * dataset.rows),
    table: take(TABLE_BYTES),
    node: take(NODE_BYTES),
    found: take(FOUND_BYTES),
    list: take(4 * columns),
    draws: take(8 * columns),
    slotList: take(4 * columns),
    monotone,
    reals: () => {
      const address = take(8 * dataset.rows);
      return { address, view: new Float64Array(memory.wasm.buffer, address, dataset.rows) };
    },
    list32: (values) => {
      const address = take(4 * values.length);
      const view = new Int32Array(memory.wasm.buffer, address, values.length);
      view.set(values);
      return { address, count: values.length, view };
    },
    block: take,
    close: () => {
      pool.close();
      closeAll();
    },
  };
}
