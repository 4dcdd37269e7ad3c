import type { Feature, Matrix } from "../../../core/matrix.ts";
import { SLOT_CELLS, type SlotLayout } from "../kernels/contract.ts";
import { COLUMN_CELL, COLUMN_HAS_MISSING, COLUMN_IMPLICIT, COLUMN_VALUE_BINS, COLUMN_WORDS } from "../kernels/layout.ts";
import type { TreeMemory } from "../kernels/memory.ts";
import { sampleInOrder, uniformStream } from "../random.ts";
import { type BinningRules, binOfRow, categoryBins, type FeatureBins, numericBins } from "./bins.ts";
import { type BundleCandidate, planBundles } from "./bundles.ts";
import { datasetIn, slotBin, type TreeColumn, type TreeDataset } from "./dataset.ts";

export interface DatasetRules extends BinningRules {
  readonly binSampleRows: number;
  /** Sparse features that are never filled in the same row share a slot. */
  readonly enableBundle: boolean;
}

interface Found {
  readonly feature: Feature;
  readonly place: number;
  readonly bins: FeatureBins;
}

/** Bins learned on `rows` only, then given to every row of the matrix. */
export function buildTreeDataset(memory: TreeMemory, matrix: Matrix, rows: Int32Array, rules: DatasetRules, seed: number): TreeDataset {
  const sample = sampleRows(rows, rules.binSampleRows, seed);
  const found = matrix.features
    .map((feature, place) => ({ feature, place, bins: findBins(feature, sample, rules) }))
    .filter(({ feature, bins }) => canSplit(feature, bins, sample))
    .sort((a, b) => (a.feature.name < b.feature.name ? -1 : a.feature.name > b.feature.name ? 1 : a.place - b.place));
  const { columns, slots8, wide } = arrange(found, matrix, rules, sample);
  const slots = allocateSlots(memory, matrix.rows, slots8, wide);
  for (const column of columns) fillColumn(memory, slots, matrix, column);
  const descriptions = describe(memory, slots, columns);
  return datasetIn(memory, {
    wasm: memory.wasm,
    rows: matrix.rows,
    features: matrix.features.map((f) => ({ name: f.name, kind: f.kind, levels: f.kind === "categorical" ? f.levels : 0 })),
    columns,
    slots,
    descriptions,
    blocks: [slots.bins8, slots.bins16, slots.cells16, slots.all16, descriptions],
  });
}

function sampleRows(rows: Int32Array, most: number, seed: number): Int32Array {
  if (rows.length <= most) return rows;
  const sample = new Int32Array(most);
  sampleInOrder(rows, rows.length, most, uniformStream(seed, 0x62696e), sample);
  return sample;
}

function findBins(feature: Feature, sample: Int32Array, rules: BinningRules): FeatureBins {
  if (feature.kind === "categorical") return categoryBins(feature, sample, rules);
  const present = new Float64Array(sample.length);
  let n = 0;
  for (const row of sample) {
    const value = feature.values[row]!;
    if (!Number.isNaN(value)) present[n++] = value;
  }
  return numericBins(present.subarray(0, n).sort(), rules);
}

/** A feature splits if its rows fall into two bins; one bin of values and no missing is a constant. */
function canSplit(feature: Feature, bins: FeatureBins, sample: Int32Array): boolean {
  if (bins.valueBins > 1) return true;
  if (bins.valueBins === 0) return false;
  return sample.some((row) => binOfRow(feature, bins, row) === bins.valueBins);
}

interface Arrangement {
  readonly columns: readonly TreeColumn[];
  /** Byte slots in use. */
  readonly slots8: number;
  /** Bins of each slot of 16 bits. */
  readonly wide: readonly number[];
}

/** Gives each column a slot: alone in a byte, together with others in a byte, or alone in 16 bits. */
function arrange(found: readonly Found[], matrix: Matrix, rules: DatasetRules, sample: Int32Array): Arrangement {
  const narrow = found.filter(({ bins }) => bins.valueBins < SLOT_CELLS);
  const bundles = rules.enableBundle ? planBundles(narrow, matrix.rows, sample) : [];
  const inBundle = new Map<BundleCandidate, { slot: number; firstBin: number; implicit: number }>();
  const alone = narrow.filter((one) => !bundles.some((bundle) => bundle.some(({ place }) => place === one.place)));
  for (const [i, bundle] of bundles.entries()) {
    let firstBin = 1;
    for (const one of bundle) {
      inBundle.set(one, { slot: alone.length + i, firstBin, implicit: one.implicit });
      firstBin += one.stored;
    }
  }
  const byPlace = new Map([...inBundle].map(([one, where]) => [one.place, where]));
  const slots8 = Math.ceil((alone.length + bundles.length) / 8) * 8;
  const wide = found.filter(({ bins }) => bins.valueBins >= SLOT_CELLS);
  const columns = found.map(({ place, bins, feature }): TreeColumn => {
    const shared = byPlace.get(place);
    if (shared !== undefined) return { bins, source: place, ...shared, hasMissing: false };
    const own = alone.findIndex((one) => one.place === place);
    const slot = own >= 0 ? own : slots8 + wide.findIndex((one) => one.feature === feature);
    return { bins, source: place, slot, firstBin: 0, implicit: -1, hasMissing: true };
  });
  return { columns, slots8, wide: wide.map(({ bins }) => bins.valueBins + 1) };
}

function allocateSlots(memory: TreeMemory, rows: number, slots8: number, wide: readonly number[]): SlotLayout {
  const [stride8, stride16] = [slots8, 2 * wide.length];
  const bins8 = memory.allocate(rows * stride8 + 64);
  const bins16 = memory.allocate(rows * stride16 + 64);
  const cells16 = memory.allocate(4 * wide.length);
  const all16 = memory.allocate(4 * wide.length);
  memory.u8.fill(0, bins8, bins8 + rows * stride8 + 64);
  let cells = slots8 * SLOT_CELLS;
  for (const [slot, bins] of wide.entries()) {
    memory.i32[cells16 / 4 + slot] = cells;
    memory.i32[all16 / 4 + slot] = slot;
    cells += bins + (bins % 2);
  }
  return { bins8, stride8, slots8, bins16, stride16, slots16: wide.length, cells16, all16, cells };
}

function fillColumn(memory: TreeMemory, slots: SlotLayout, { features, rows }: Matrix, column: TreeColumn): void {
  const feature = features[column.source]!;
  const { bins, slot, implicit } = column;
  if (slot >= slots.slots8) {
    const { u16 } = memory;
    for (let row = 0, at = slots.bins16 / 2 + slot - slots.slots8; row < rows; row++, at += slots.stride16 / 2)
      u16[at] = binOfRow(feature, bins, row);
    return;
  }
  const { u8 } = memory;
  for (let row = 0, at = slots.bins8 + slot; row < rows; row++, at += slots.stride8) {
    const bin = binOfRow(feature, bins, row);
    if (implicit < 0) u8[at] = bin;
    else if (bin !== implicit) u8[at] = slotBin(column, bin);
  }
}

function describe(memory: TreeMemory, slots: SlotLayout, columns: readonly TreeColumn[]): number {
  const address = memory.allocate(4 * COLUMN_WORDS * Math.max(1, columns.length));
  const { i32 } = memory;
  for (const [i, { bins, slot, firstBin, implicit, hasMissing }] of columns.entries()) {
    const at = address / 4 + i * COLUMN_WORDS;
    const first = slot < slots.slots8 ? slot * SLOT_CELLS + firstBin : i32[slots.cells16 / 4 + slot - slots.slots8]!;
    i32[at + COLUMN_CELL] = first;
    i32[at + COLUMN_VALUE_BINS] = bins.valueBins;
    i32[at + COLUMN_IMPLICIT] = implicit;
    i32[at + COLUMN_HAS_MISSING] = hasMissing ? 1 : 0;
  }
  return address;
}
