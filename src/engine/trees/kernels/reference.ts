import { numericBin } from "../dataset/bins.ts";
import { type PackedSums, type RowList, SLOT_CELLS, type SlotLayout, type SlotList, type TreeKernels } from "./contract.ts";
import { exponential } from "./exponential.ts";
import * as L from "./layout.ts";
import type { TreeMemory } from "./memory.ts";
import { findSplitReference, writeFoundLevelsReference } from "./reference-split.ts";

/** The kernels in plain TypeScript, one thread. */
export function referenceKernels(memory: TreeMemory): TreeKernels {
  return {
    memory,
    threads: 1,
    ...binning(memory),
    ...gradients(memory),
    ...histograms(memory),
    findSplit: (histogram, columns, list, count, node, found) => findSplitReference(memory, histogram, columns, list, count, node, found),
    writeFoundLevels: (histogram, columns, node, found, table) => writeFoundLevelsReference(memory, histogram, columns, node, found, table),
    growBelow: null,
    growWhole: null,
    ...moves(memory),
  };
}

/** Numbers to bins, and bins from rows to columns. */
function binning(memory: TreeMemory): Pick<TreeKernels, "sortReals" | "fillBins" | "copyColumns"> {
  return {
    sortReals: (values, bytes, counts) => {
      for (const [i, count] of counts.entries()) memory.f64.subarray((values + i * bytes) / 8, (values + i * bytes) / 8 + count).sort();
    },
    fillBins: (slots, columns, count, values, pitch, firstRow, rows) => {
      for (let i = 0; i < count; i++) fillColumn(memory, slots, columns + 4 * L.FILL_WORDS * i, values + 8 * pitch * i, firstRow, rows);
    },
    copyColumns: ({ bins8, columns8, pitch8, stride8, slots8 }, firstRow, rows) => {
      const { u8 } = memory;
      for (let row = firstRow; row < firstRow + rows; row++)
        for (let slot = 0; slot < slots8; slot++) u8[columns8 + slot * pitch8 + row] = u8[bins8 + row * stride8 + slot]!;
    },
  };
}

/** Gradients and hessians as whole numbers, and their sums. */
function gradients(memory: TreeMemory): Pick<TreeKernels, "packLogistic" | "packGiven" | "sumPacked"> {
  return {
    packLogistic: (scores, target, weight, rows, gScale, hScale, packed) => {
      const { f64, u8 } = memory;
      return pack(memory, rows, packed, (row, write) => {
        const p = 1 / (1 + exponential(Math.max(Math.min(-f64[scores / 8 + row]!, 700), -700)));
        let g = p - u8[target + row]!;
        let h = p * (1 - p);
        if (weight !== 0) {
          g *= f64[weight / 8 + row]!;
          h *= f64[weight / 8 + row]!;
        }
        write(g * gScale, h * hScale);
      });
    },
    packGiven: (gradient, hessian, rows, gScale, hScale, draw, packed) => {
      const { f64 } = memory;
      const up = (row: number) => (draw === 0 ? 0.5 : chanceOf(row, draw));
      return pack(memory, rows, packed, (row, write) =>
        write(f64[gradient / 8 + row]! * gScale, f64[hessian / 8 + row]! * hScale, up(row)),
      );
    },
    sumPacked: (packed, rows) => {
      const { i32 } = memory;
      const sums = { gradient: 0, gradientSize: 0, hessian: 0 };
      for (let at = 0; at < rows.count; at++) {
        const row = i32[rows.address / 4 + at]!;
        sums.hessian += i32[packed / 4 + 2 * row]! >>> 0;
        sums.gradient += i32[packed / 4 + 2 * row + 1]!;
      }
      return sums;
    },
  };
}

/** Sums of packed rows per bin, or of weights per bin and class. */
function histograms(memory: TreeMemory): Pick<TreeKernels, "buildHistogram" | "buildClassHistogram" | "subtract"> {
  return {
    buildHistogram: (slots, list, rows, begin, end, packed, histogram) => {
      const { u8, u16, i32 } = memory;
      for (const { at, wide, cell, cells } of columnsOf(memory, slots, list)) {
        const to = histogram / 4 + 2 * cell;
        i32.fill(0, to, to + 2 * cells);
        for (let place = rows / 4 + begin; place < rows / 4 + end; place++) {
          const row = i32[place]!;
          const bin = wide ? u16[(at + row * slots.stride16) / 2]! : u8[at + row * slots.stride8]!;
          i32[to + 2 * bin]! += i32[packed / 4 + 2 * row]!;
          i32[to + 2 * bin + 1]! += i32[packed / 4 + 2 * row + 1]!;
        }
      }
    },
    buildClassHistogram: (slots, list, offsets, bins, classes, rows, begin, end, packed, histogram) => {
      memory.i32.fill(0, histogram / 4, histogram / 4 + bins * classes);
      for (const [i, { at, wide }] of columnsOf(memory, slots, list).entries()) {
        const { u8, u16, i32 } = memory;
        const to = histogram / 4 + i32[offsets / 4 + i]! * classes;
        for (let place = rows / 4 + begin; place < rows / 4 + end; place++) {
          const row = i32[place]!;
          const bin = wide ? u16[(at + row * slots.stride16) / 2]! : u8[at + row * slots.stride8]!;
          i32[to + bin * classes + i32[packed / 4 + 2 * row + 1]!]! += i32[packed / 4 + 2 * row]!;
        }
      }
    },
    subtract: ({ cells }, parent, child) => {
      const { i32 } = memory;
      for (let i = 0; i < 2 * cells; i++) i32[parent / 4 + i]! -= i32[child / 4 + i]!;
    },
  };
}

/** Rows to the sides of a split, and leaves to scores. */
function moves(memory: TreeMemory): Pick<TreeKernels, "partition" | "addLeaves" | "walk"> {
  return {
    partition: (slots, slot, table, rows, begin, end, scratch) => {
      const { u8, i32 } = memory;
      let left = begin;
      let right = 0;
      for (let at = begin; at < end; at++) {
        const row = i32[rows / 4 + at]!;
        if (u8[table + binOf(memory, slots, slot, row)] === 1) i32[rows / 4 + left++] = row;
        else i32[scratch / 4 + right++] = row;
      }
      i32.copyWithin(rows / 4 + left, scratch / 4, scratch / 4 + right);
      return left - begin;
    },
    addLeaves: (scores, rows, ends, values, leaves) => {
      const { f64, i32 } = memory;
      let at = 0;
      for (let leaf = 0; leaf < leaves; leaf++) {
        const value = f64[values / 8 + leaf]!;
        for (const end = i32[ends / 4 + leaf]!; at < end; at++) f64[scores / 8 + i32[rows.address / 4 + at]!]! += value;
      }
    },
    walk: (slots, nodes, values, rows, scores) => {
      const { f64, i32 } = memory;
      for (let at = 0; at < rows.count; at++) {
        const row = i32[rows.address / 4 + at]!;
        f64[scores / 8 + row]! += f64[values / 8 + leafOf(memory, slots, nodes, row)]!;
      }
    },
  };
}

/** A number of [0, 1) in steps of 2^-32 that follows from the row and the draw (the last steps of MurmurHash3, public domain). */
function chanceOf(row: number, draw: number): number {
  let x = Math.imul(row, 0x9e3779b1) ^ draw;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}

function pack(
  memory: TreeMemory,
  rows: RowList,
  packed: number,
  of: (row: number, write: (gradient: number, hessian: number, up?: number) => void) => void,
): PackedSums {
  const { i32 } = memory;
  const sums = { gradient: 0, gradientSize: 0, hessian: 0 };
  let row = 0;
  const write = (gradient: number, hessian: number, up = 0.5): void => {
    const g = Math.floor(gradient + up);
    const h = Math.max(1, Math.floor(hessian + 0.5));
    i32[packed / 4 + 2 * row] = h;
    i32[packed / 4 + 2 * row + 1] = g;
    sums.gradient += g;
    sums.gradientSize += Math.abs(g);
    sums.hessian += h;
  };
  for (let at = 0; at < rows.count; at++) {
    row = i32[rows.address / 4 + at]!;
    of(row, write);
  }
  return sums;
}

function fillColumn(
  { f64, i32, u8, u16 }: TreeMemory,
  slots: SlotLayout,
  about: number,
  values: number,
  firstRow: number,
  rows: number,
): void {
  const word = (place: number) => i32[about / 4 + place]!;
  const [from, n, slot, implicit, first] = [L.FILL_THRESHOLDS, L.FILL_COUNT, L.FILL_SLOT, L.FILL_IMPLICIT, L.FILL_FIRST].map(word) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const thresholds = f64.subarray((from >>> 0) / 8, (from >>> 0) / 8 + n);
  for (let i = 0; i < rows; i++) {
    const bin = numericBin(f64[values / 8 + i]!, thresholds);
    const row = firstRow + i;
    if (slot >= slots.slots8) u16[(slots.bins16 + row * slots.stride16) / 2 + slot - slots.slots8] = bin;
    else if (implicit < 0) u8[slots.bins8 + row * slots.stride8 + slot] = bin;
    else if (bin !== implicit) u8[slots.bins8 + row * slots.stride8 + slot] = first + bin - (bin > implicit ? 1 : 0);
  }
}

/** Address of each slot's bin in row 0, its first cell and their number. */
function columnsOf(
  memory: TreeMemory,
  slots: SlotLayout,
  list: SlotList | null,
): { at: number; wide: boolean; cell: number; cells: number }[] {
  const { i32 } = memory;
  const cellOf = (slot: number) => i32[slots.cells16 / 4 + slot]!;
  const places = (address: number, count: number) => Array.from({ length: count }, (_, i) => i32[address / 4 + i]!);
  const narrow = list === null ? Array.from({ length: 4 * slots.quads8 }, (_, i) => i) : places(list.list8, list.count8);
  const wide = list === null ? places(slots.all16, slots.slots16) : places(list.list16, list.count16);
  return [
    ...narrow.map((slot) => ({ at: slots.bins8 + slot, wide: false, cell: slot * SLOT_CELLS, cells: SLOT_CELLS })),
    ...wide.map((slot) => ({ at: slots.bins16 + 2 * slot, wide: true, cell: cellOf(slot), cells: cellOf(slot + 1) - cellOf(slot) })),
  ];
}

function binOf(memory: TreeMemory, slots: SlotLayout, slot: number, row: number): number {
  if (slot < slots.slots8) return memory.u8[slots.bins8 + row * slots.stride8 + slot]!;
  return memory.u16[(slots.bins16 + row * slots.stride16) / 2 + slot - slots.slots8]!;
}

function leafOf(memory: TreeMemory, slots: SlotLayout, nodes: number, row: number): number {
  const { i32, u8 } = memory;
  let node = nodes / 4;
  for (let slot = i32[node + L.WALK_SLOT]!; slot >= 0; slot = i32[node + L.WALK_SLOT]!) {
    const bin = binOf(memory, slots, slot, row);
    const table = i32[node + L.WALK_TABLE]! >>> 0;
    let left = bin <= i32[node + L.WALK_BIN]!;
    if (table !== 0) left = u8[table + bin] === 1;
    else if (bin === i32[node + L.WALK_MISSING_BIN]) left = i32[node + L.WALK_MISSING_LEFT] === 1;
    node = nodes / 4 + i32[node + (left ? L.WALK_LEFT : L.WALK_RIGHT)]! * L.WALK_WORDS;
  }
  return i32[node + L.WALK_LEFT]!;
}
