import type { Feature, Matrix } from "../../../core/matrix.ts";
import type { SlotLayout, TreeKernels } from "../kernels/contract.ts";
import { FILL_COUNT, FILL_FIRST, FILL_IMPLICIT, FILL_SLOT, FILL_THRESHOLDS, FILL_WORDS } from "../kernels/layout.ts";
import type { TreeMemory } from "../kernels/memory.ts";
import type { TreeColumn } from "./dataset.ts";

/** Bytes of the values of a block of rows: it and the bins it becomes stay in the cache. */
const BLOCK_BYTES = 1 << 20;
const MOST_ROWS = 8192;

/** Gives every row of the matrix its bins, block by block, so that a block's rows are written while they are in the cache. */
export function fillDataset(kernels: TreeKernels, slots: SlotLayout, matrix: Matrix, columns: readonly TreeColumn[]): void {
  const { memory } = kernels;
  const numeric = columns.filter(({ bins }) => bins.kind === "numeric");
  const levels = columns.filter(({ bins }) => bins.kind === "categorical");
  const about = describeFill(memory, numeric);
  const pitch = Math.max(64, Math.min(MOST_ROWS, Math.floor(BLOCK_BYTES / 8 / Math.max(1, numeric.length))));
  const values = memory.allocate(8 * pitch * numeric.length);
  for (let row = 0; row < matrix.rows; row += pitch) {
    const end = Math.min(matrix.rows, row + pitch);
    const { f64 } = memory;
    for (const [i, { source }] of numeric.entries()) {
      const feature = matrix.features[source]!;
      if (feature.kind === "numeric") f64.set(feature.values.subarray(row, end), values / 8 + i * pitch);
    }
    kernels.fillBins(slots, about.address, numeric.length, values, pitch, row, end - row);
    for (const column of levels) fillLevels(memory, slots, matrix.features[column.source]!, column, row, end);
    kernels.copyColumns(slots, row, end - row);
  }
  memory.free(values);
  for (const block of about.blocks) memory.free(block);
}

function describeFill(memory: TreeMemory, numeric: readonly TreeColumn[]): { address: number; blocks: number[] } {
  const address = memory.allocate(4 * FILL_WORDS * Math.max(1, numeric.length));
  const total = numeric.reduce((sum, { bins }) => sum + (bins.kind === "numeric" ? bins.thresholds.length : 0), 0);
  const thresholds = memory.allocate(8 * Math.max(1, total));
  const { i32, f64 } = memory;
  let at = thresholds;
  for (const [i, { bins, slot, implicit, firstBin }] of numeric.entries()) {
    if (bins.kind !== "numeric") continue;
    const word = address / 4 + i * FILL_WORDS;
    f64.set(bins.thresholds, at / 8);
    i32[word + FILL_THRESHOLDS] = at;
    i32[word + FILL_COUNT] = bins.thresholds.length;
    i32[word + FILL_SLOT] = slot;
    i32[word + FILL_IMPLICIT] = implicit;
    i32[word + FILL_FIRST] = firstBin;
    at += 8 * bins.thresholds.length;
  }
  return { address, blocks: [address, thresholds] };
}

function fillLevels(memory: TreeMemory, slots: SlotLayout, feature: Feature, { bins, slot }: TreeColumn, begin: number, end: number): void {
  if (bins.kind !== "categorical" || feature.kind !== "categorical") return;
  const { binOfCode, valueBins } = bins;
  const { codes, levels } = feature;
  const isWide = slot >= slots.slots8;
  const to = isWide ? memory.u16 : memory.u8;
  const stride = isWide ? slots.stride16 / 2 : slots.stride8;
  let at = (isWide ? slots.bins16 / 2 + slot - slots.slots8 : slots.bins8 + slot) + begin * stride;
  for (let row = begin; row < end; row++, at += stride) {
    const code = codes[row]!;
    to[at] = code >= 0 && code < levels ? binOfCode[code]! : valueBins;
  }
}
