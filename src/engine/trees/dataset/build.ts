import type { Feature, Matrix } from "../../../core/matrix.ts";
import type { EnsembleFeature } from "../ensemble.ts";
import { SLOT_CELLS, type SlotLayout, type TreeKernels } from "../kernels/contract.ts";
import {
  COLUMN_CELL,
  COLUMN_FIRST,
  COLUMN_HAS_MISSING,
  COLUMN_IMPLICIT,
  COLUMN_LEVELS,
  COLUMN_SLOT,
  COLUMN_VALUE_BINS,
  COLUMN_WORDS,
} from "../kernels/layout.ts";
import type { TreeMemory } from "../kernels/memory.ts";
import { sampleInOrder, uniformStream } from "../random.ts";
import type { BinningRules } from "./bins.ts";
import { planBundles } from "./bundles.ts";
import { datasetIn, type TreeColumn, type TreeDataset } from "./dataset.ts";
import { fillDataset } from "./fill.ts";
import { type FoundFeature, findFeatures } from "./find.ts";

export interface DatasetRules extends BinningRules {
  readonly binSampleRows: number;
  /** Sparse features that are never filled in the same row share a slot. */
  readonly enableBundle: boolean;
}

/** A matrix in which numbers may stand for the levels of some features. */
export interface EncodedMatrix extends Matrix {
  /** By place: the number of each level, that of missing last. */
  readonly levelValues?: ReadonlyMap<number, Float64Array>;
}

/** Bins learned on `rows` only, then given to every row of the matrix. */
export function buildTreeDataset(
  kernels: TreeKernels,
  matrix: EncodedMatrix,
  rows: Int32Array,
  rules: DatasetRules,
  seed: number,
): TreeDataset {
  const { memory } = kernels;
  const sample = sampleRows(rows, rules.binSampleRows, seed);
  const found = findFeatures(kernels, matrix, sample, rules).sort(byName);
  const { columns, ...arranged } = arrange(found, matrix, rules, sample);
  const slots = allocateSlots(memory, matrix.rows, arranged);
  fillDataset(kernels, slots, matrix, columns);
  const descriptions = describe(memory, slots, columns);
  const blocks = [slots.bins8, slots.columns8, slots.bins16, slots.cells16, slots.all16, descriptions];
  memory.keep(blocks);
  return datasetIn(memory, {
    wasm: memory.wasm,
    rows: matrix.rows,
    features: matrix.features.map((f, place) => describeFeature(f, matrix.levelValues?.get(place))),
    columns,
    slots,
    descriptions,
    blocks,
    isAlone: false,
  });
}

function describeFeature(feature: Feature, levelValues: Float64Array | undefined): EnsembleFeature {
  const { name, kind } = feature;
  if (levelValues !== undefined) return { name, kind: "categorical", levels: levelValues.length - 1 };
  if (kind === "numeric") return { name, kind, levels: 0 };
  const { levels, levelNames } = feature;
  return { name, kind, levels, ...(levelNames !== undefined && { levelNames: [...levelNames] }) };
}

function sampleRows(rows: Int32Array, most: number, seed: number): Int32Array {
  if (rows.length <= most) return rows;
  const sample = new Int32Array(most);
  sampleInOrder(rows, rows.length, most, uniformStream(seed, 0x62696e), sample);
  return sample;
}

function byName(a: FoundFeature, b: FoundFeature): number {
  if (a.feature.name !== b.feature.name) return a.feature.name < b.feature.name ? -1 : 1;
  return a.place - b.place;
}

interface Arrangement {
  readonly columns: readonly TreeColumn[];
  readonly slots8: number;
  readonly quads8: number;
  /** Bins of each slot of 16 bits. */
  readonly wide: readonly number[];
}

interface Seat {
  readonly slot: number;
  readonly firstBin: number;
  readonly implicit: number;
}

/** Gives each column a slot: alone in a byte, together with others in a byte, or alone in 16 bits. */
function arrange(found: readonly FoundFeature[], matrix: EncodedMatrix, rules: DatasetRules, sample: Int32Array): Arrangement {
  const narrow = found.filter(({ bins }) => bins.valueBins < SLOT_CELLS);
  const bundles = rules.enableBundle ? planBundles(narrow, matrix.rows, sample.length) : [];
  const seats = new Map<Feature, Seat>();
  const shared = new Set<Feature>(bundles.flat().map(({ feature }) => feature));
  const alone = narrow.filter(({ feature }) => !shared.has(feature));
  for (const [slot, { feature }] of alone.entries()) seats.set(feature, { slot, firstBin: 0, implicit: -1 });
  for (const [i, bundle] of bundles.entries()) {
    let firstBin = 1;
    for (const { feature, implicit, stored } of bundle) {
      seats.set(feature, { slot: alone.length + i, firstBin, implicit });
      firstBin += stored;
    }
  }
  const used8 = alone.length + bundles.length;
  const slots8 = Math.ceil(used8 / 8) * 8;
  const wide = found.filter(({ bins }) => bins.valueBins >= SLOT_CELLS);
  for (const [i, { feature }] of wide.entries()) seats.set(feature, { slot: slots8 + i, firstBin: 0, implicit: -1 });
  const columns = found.map(({ place, bins, feature }): TreeColumn => {
    const seat = seats.get(feature)!;
    return { bins, source: place, ...seat, hasMissing: seat.implicit < 0, levelValues: matrix.levelValues?.get(place) ?? null };
  });
  return { columns, slots8, quads8: Math.ceil(used8 / 4), wide: wide.map(({ bins }) => bins.valueBins + 1) };
}

function allocateSlots(memory: TreeMemory, rows: number, { slots8, quads8, wide }: Omit<Arrangement, "columns">): SlotLayout {
  const [stride8, stride16] = [slots8, 2 * wide.length];
  const bins8 = memory.allocate(rows * stride8 + 64);
  const columns8 = memory.allocate(rows * slots8);
  const bins16 = memory.allocate(rows * stride16 + 64);
  const cells16 = memory.allocate(4 * (wide.length + 1));
  const all16 = memory.allocate(4 * wide.length);
  memory.u8.fill(0, bins8, bins8 + rows * stride8 + 64);
  let cells = slots8 * SLOT_CELLS;
  for (const [slot, bins] of wide.entries()) {
    memory.i32[cells16 / 4 + slot] = cells;
    memory.i32[all16 / 4 + slot] = slot;
    cells += bins + (bins % 2);
  }
  memory.i32[cells16 / 4 + wide.length] = cells;
  return { bins8, columns8, pitch8: rows, stride8, slots8, quads8, bins16, stride16, slots16: wide.length, cells16, all16, cells };
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
    i32[at + COLUMN_SLOT] = slot;
    i32[at + COLUMN_FIRST] = firstBin;
    i32[at + COLUMN_LEVELS] = bins.kind === "categorical" ? 1 : 0;
  }
  return address;
}
