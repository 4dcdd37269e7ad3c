import { CELL_BYTES, type PackedSums, type RowList, type SlotLayout, type SlotList, type TreeKernels } from "./contract.ts";
import {
  COLUMN_LEVELS,
  COLUMN_VALUE_BINS,
  COLUMN_WORDS,
  FOUND_COLUMN,
  FOUND_COULD_SPLIT,
  FOUND_GAIN,
  FOUND_NUMBERS,
  LEVEL_BYTES,
} from "./layout.ts";
import type { TreeMemory } from "./memory.ts";
import { createTeam, type Team } from "./team.ts";

/** Tasks of src/engine/assembly/_team.ts. */
const TASK = {
  histogramByRows: 1,
  merge: 2,
  histogramBySlots: 3,
  histogramList: 4,
  find: 5,
  partition: 6,
  packLogistic: 7,
  packGiven: 8,
  addLeaves: 9,
  walk: 10,
  sum: 11,
  sort: 12,
  fill: 13,
  columns: 14,
} as const;

/** Waking a team takes some microseconds: below this many cells, bins or rows the caller works alone. */
const CELLS_ALONE = 20_000;
const BINS_ALONE = 3000;
const ROWS_ALONE = 4000;
/** Rows copied to the stage at a time: a chunk stays in the second-level cache. */
const STAGE_BYTES = 65_536;
const MOST_CHUNK = 1024;
const LEAST_CHUNK = 32;
/** Below, merging the threads' histograms costs more than counting by rows saves. */
const ROWS_PER_THREAD = 1024;

/** Kernels in WebAssembly. Close them when no tree is grown any more. */
export interface WasmKernels extends TreeKernels {
  close(): void;
}

interface Seat {
  readonly memory: TreeMemory;
  readonly team: Team;
  /** Stages of all threads, histograms of all but the first, and what each finds. */
  readonly workspace: Workspace;
}

export function wasmKernels(memory: TreeMemory, threads: number): WasmKernels {
  const seat: Seat = { memory, team: createTeam(memory, threads), workspace: createWorkspace(memory, threads) };
  const { team, workspace } = seat;
  return {
    memory,
    threads,
    sortReals: (values, bytes, counts) => sortReals(seat, values, bytes, counts),
    fillBins: ({ bins8, stride8, slots8, bins16, stride16 }, columns, count, values, pitch, firstRow, rows) =>
      team.run(
        TASK.fill,
        [0, rows, columns, count, values, pitch, firstRow, bins8, stride8, slots8, bins16, stride16],
        rows * count < BINS_ALONE,
      ),
    copyColumns: ({ bins8, columns8, pitch8, stride8, slots8 }, firstRow, rows) =>
      team.run(TASK.columns, [0, rows, bins8, stride8, slots8 / 8, columns8, pitch8, firstRow], rows * slots8 < BINS_ALONE),
    packLogistic: (scores, target, weight, rows, gScale, hScale, packed) =>
      sumsOf(seat, TASK.packLogistic, rows, [scores, target, weight, rows.address, gScale, hScale, packed]),
    packGiven: (gradient, hessian, rows, gScale, hScale, packed) =>
      sumsOf(seat, TASK.packGiven, rows, [gradient, hessian, rows.address, gScale, hScale, packed]),
    sumPacked: (packed, rows) => sumsOf(seat, TASK.sum, rows, [packed, rows.address]),
    buildHistogram: (slots, list, rows, begin, end, packed, histogram) =>
      buildHistogram(seat, slots, list, rows, begin, end, packed, histogram),
    buildClassHistogram: (slots, list, offsets, bins, classes, rows, begin, end, packed, histogram) => {
      memory.u8.fill(0, histogram, histogram + 4 * bins * classes);
      const { bins8, stride8, bins16, stride16 } = slots;
      const { list8, count8, list16, count16 } = list;
      const common = [rows, begin, end, packed, histogram] as const;
      team.histogramClasses(bins8, stride8, 0, list8, count8, offsets, classes, ...common);
      team.histogramClasses(bins16, stride16, 1, list16, count16, offsets + 4 * count8, classes, ...common);
    },
    subtract: ({ cells }, parent, child) => team.subtractCells(parent, child, cells * CELL_BYTES),
    findSplit: (histogram, columns, list, count, node, found) => findSplit(seat, histogram, columns, list, count, node, found),
    writeFoundLevels: (histogram, columns, node, found, table) => {
      const cells = memory.i32[columns / 4 + memory.f64[found / 8 + FOUND_COLUMN]! * COLUMN_WORDS + COLUMN_VALUE_BINS]! + 1;
      team.writeFoundLevels(histogram, columns, node, found, workspace.levels(cells).levels, table);
    },
    growBelow: team.growBelow,
    growWhole: team.growWhole,
    partition: (slots, slot, table, rows, begin, end, scratch) => partition(seat, slots, slot, table, rows, begin, end, scratch),
    addLeaves: (scores, rows, ends, values, leaves) =>
      overRows(seat, TASK.addLeaves, 0, rows.count, [scores, rows.address, ends, values, leaves]),
    walk: ({ bins8, stride8, slots8, bins16, stride16 }, nodes, values, rows, scores) =>
      overRows(seat, TASK.walk, 0, rows.count, [bins8, stride8, slots8, bins16, stride16, nodes, values, rows.address, scores]),
    close: () => {
      workspace.close();
      team.close();
    },
  };
}

/** Bytes of the counts by digit of a radix sort. */
const SORT_TABLES = 6 * 2048 * 4;

function sortReals({ team, memory }: Seat, values: number, bytes: number, counts: readonly number[]): void {
  const scratchBytes = 8 * Math.max(...counts) + SORT_TABLES;
  const scratch = memory.allocate(scratchBytes * team.threads);
  const list = memory.allocate(4 * counts.length);
  memory.i32.set(counts, list / 4);
  team.run(TASK.sort, [values, scratch, bytes, list, counts.length, scratchBytes], counts.length === 1);
  memory.free(scratch);
  memory.free(list);
}

/** Task over places [begin, end) of a row list. Returns the number of threads that took part. */
function overRows({ team }: Seat, what: number, begin: number, end: number, args: readonly number[]): number {
  const alone = end - begin < ROWS_ALONE;
  team.run(what, [begin, end, ...args], alone);
  return alone ? 1 : team.threads;
}

function sumsOf(seat: Seat, what: number, rows: RowList, args: readonly number[]): PackedSums {
  const threads = overRows(seat, what, 0, rows.count, args);
  const sums = { gradient: 0, gradientSize: 0, hessian: 0 };
  for (let thread = 0; thread < threads; thread++) {
    sums.gradient += seat.team.result(thread, 0);
    sums.gradientSize += seat.team.result(thread, 1);
    sums.hessian += seat.team.result(thread, 2);
  }
  return sums;
}

function buildHistogram(
  { team, workspace }: Seat,
  slots: SlotLayout,
  list: SlotList | null,
  rows: number,
  begin: number,
  end: number,
  packed: number,
  histogram: number,
): void {
  const bytes = slots.cells * CELL_BYTES;
  const blocks = slots.slots8 / 8;
  const wide = list === null ? { list16: slots.all16, count16: slots.slots16 } : list;
  const work = (end - begin) * (list === null ? slots.slots8 + slots.slots16 : list.count8 + list.count16);
  const alone = team.threads === 1 || work < CELLS_ALONE;
  const byRows = list === null && !alone && end - begin >= ROWS_PER_THREAD * team.threads && blocks < 8 * team.threads;
  const chunk = Math.max(LEAST_CHUNK, Math.min(MOST_CHUNK, Math.floor(STAGE_BYTES / (8 + slots.stride8))));
  const { stage, stageBytes } = workspace.stages(chunk * (8 + slots.stride8));
  const others = byRows ? workspace.histograms(bytes) : 0;
  if (!byRows) clearWide(workspace, slots, list, histogram);
  const what = list !== null ? TASK.histogramList : byRows ? TASK.histogramByRows : TASK.histogramBySlots;
  const { bins8, stride8, bins16, stride16, cells16 } = slots;
  const places = [bins8, stride8, blocks, bins16, stride16, wide.list16, wide.count16, cells16, rows, begin, end, packed, histogram, bytes];
  team.run(what, [...places, others, stage, stageBytes, chunk, list?.list8 ?? 0, list?.count8 ?? 0], alone);
  if (byRows) team.run(TASK.merge, [histogram, others, bytes, team.threads - 1], bytes < CELLS_ALONE);
}

/** What the threads do not clear themselves: cells of slots of 16 bits. */
function clearWide({ memory }: Workspace, slots: SlotLayout, list: SlotList | null, histogram: number): void {
  if (slots.slots16 === 0) return;
  const { i32, u8 } = memory;
  const cellOf = (slot: number) => i32[slots.cells16 / 4 + slot]!;
  const clear = (from: number, to: number) => u8.fill(0, histogram + from * CELL_BYTES, histogram + to * CELL_BYTES);
  if (list === null) clear(cellOf(0), slots.cells);
  else {
    for (let i = 0; i < list.count16; i++) {
      const slot = i32[list.list16 / 4 + i]!;
      clear(cellOf(slot), cellOf(slot + 1));
    }
  }
}

function findSplit(
  { team, workspace, memory }: Seat,
  histogram: number,
  columns: number,
  list: number,
  count: number,
  node: number,
  found: number,
): void {
  const alone = team.threads === 1 || count * 256 < BINS_ALONE * team.threads;
  const { levels, levelBytes } = workspace.levels(mostLevels(memory, columns, list, count));
  const each = alone ? found : workspace.found;
  team.run(TASK.find, [histogram, columns, list, count, node, each, levels, levelBytes], alone);
  if (alone) return;
  const { f64 } = memory;
  let best = each / 8;
  let couldSplit = 0;
  for (let thread = 0; thread < team.threads; thread++) {
    const at = each / 8 + thread * FOUND_NUMBERS;
    couldSplit = Math.max(couldSplit, f64[at + FOUND_COULD_SPLIT]!);
    // Threads have the columns in order, so of equal gains the first stays.
    if (f64[at + FOUND_COLUMN]! >= 0 && (f64[best + FOUND_COLUMN]! < 0 || f64[at + FOUND_GAIN]! > f64[best + FOUND_GAIN]!)) best = at;
  }
  f64.copyWithin(found / 8, best, best + FOUND_NUMBERS);
  f64[found / 8 + FOUND_COULD_SPLIT] = couldSplit;
}

/** Cells of the widest categorical column of the list. */
function mostLevels({ i32 }: TreeMemory, columns: number, list: number, count: number): number {
  let most = 0;
  for (let i = 0; i < count; i++) {
    const at = columns / 4 + i32[list / 4 + i]! * COLUMN_WORDS;
    if (i32[at + COLUMN_LEVELS] !== 0) most = Math.max(most, i32[at + COLUMN_VALUE_BINS]! + 1);
  }
  return most;
}

function partition(
  seat: Seat,
  slots: SlotLayout,
  slot: number,
  table: number,
  rows: number,
  begin: number,
  end: number,
  scratch: number,
): number {
  const isWide = slot >= slots.slots8;
  const bins = isWide ? slots.bins16 + 2 * (slot - slots.slots8) : slots.columns8 + slot * slots.pitch8;
  const stride = isWide ? slots.stride16 : 1;
  const threads = overRows(seat, TASK.partition, begin, end, [bins, stride, table, rows, scratch, isWide ? 1 : 0]);
  const { team, memory } = seat;
  let to = begin;
  for (let t = 0; t < threads; t++) {
    const [from, left] = [team.result(t, 0), team.result(t, 1)];
    if (to !== from) memory.u8.copyWithin(rows + 4 * to, rows + 4 * from, rows + 4 * (from + left));
    to += left;
  }
  const lefts = to - begin;
  for (let t = 0; t < threads; t++) {
    const from = team.result(t, 0);
    const right = team.result(t, 2) - from - team.result(t, 1);
    memory.u8.copyWithin(rows + 4 * to, scratch + 4 * from, scratch + 4 * (from + right));
    to += right;
  }
  return lefts;
}

interface Workspace {
  readonly memory: TreeMemory;
  /** One stage of at least this many bytes per thread. */
  stages(bytes: number): { stage: number; stageBytes: number };
  /** Scratch of each thread for the search of a categorical column with so many cells. */
  levels(cells: number): { levels: number; levelBytes: number };
  /** One histogram for each thread but the first. */
  histograms(bytes: number): number;
  readonly found: number;
  close(): void;
}

function createWorkspace(memory: TreeMemory, threads: number): Workspace {
  const kept = new Map<string, { address: number; bytes: number }>();
  const atLeast = (name: string, bytes: number): number => {
    const known = kept.get(name);
    if (known !== undefined && known.bytes >= bytes) return known.address;
    if (known !== undefined) memory.free(known.address);
    const address = memory.allocate(bytes);
    kept.set(name, { address, bytes });
    return address;
  };
  const found = memory.allocate(threads * FOUND_NUMBERS * 8);
  return {
    memory,
    stages: (bytes) => {
      const stageBytes = Math.ceil(bytes / 64) * 64;
      return { stage: atLeast("stage", stageBytes * threads), stageBytes };
    },
    levels: (cells) => {
      const levelBytes = 64 * Math.ceil((LEVEL_BYTES * cells + 8) / 64);
      return { levels: atLeast("levels", levelBytes * threads), levelBytes };
    },
    histograms: (bytes) => atLeast("histograms", bytes * Math.max(1, threads - 1)),
    found,
    close: () => {
      for (const { address } of kept.values()) memory.free(address);
      memory.free(found);
    },
  };
}
