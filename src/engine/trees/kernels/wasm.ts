import { CELL_BYTES, histogramBytes, type PackedSums, type RowList, type SlotLayout, type SlotList, type TreeKernels } from "./contract.ts";
import { COLUMN_VALUE_BINS, COLUMN_WORDS, FOUND_COLUMN, FOUND_NUMBERS, LEVEL_BYTES } from "./layout.ts";
import type { TreeMemory } from "./memory.ts";
import { createTeam, type Team, type TeamPlace } from "./team.ts";

/** Tasks of src/engine/assembly/_team.ts. */
const TASK = { packLogistic: 8, packGiven: 9, addLeaves: 10, walk: 11, sum: 12, sort: 13, fill: 14, columns: 15 } as const;

/** Below this many bins or rows the caller works alone: waking a team may take some microseconds. */
const BINS_ALONE = 3000;
const ROWS_ALONE = 4000;
/** Rows are copied to the stage so many at a time, which then stay in the second-level cache with their cells. */
const STAGE_BYTES = 262_144;
const MOST_CHUNK = 512;
const LEAST_CHUNK = 64;

/** Kernels in WebAssembly. Close them when no tree is grown any more. */
export interface WasmKernels extends TreeKernels {
  close(): void;
}

interface Seat {
  readonly memory: TreeMemory;
  readonly team: Team;
  readonly workspace: Workspace;
}

export function wasmKernels(memory: TreeMemory, threads: number): WasmKernels {
  const team = createTeam(memory, threads);
  const workspace = createWorkspace(memory, team);
  const seat: Seat = { memory, team, workspace };
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
    packGiven: (gradient, hessian, rows, gScale, hScale, draw, packed) =>
      sumsOf(seat, TASK.packGiven, rows, [gradient, hessian, rows.address, gScale, hScale, draw, packed]),
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
    findSplit: (histogram, columns, list, count, node, found) => {
      workspace.levels(mostCells(memory, columns, list, count));
      team.findBestSplit(histogram, columns, list, count, node, found);
    },
    writeFoundLevels: (histogram, columns, node, found, table) => {
      const cells = memory.i32[columns / 4 + memory.f64[found / 8 + FOUND_COLUMN]! * COLUMN_WORDS + COLUMN_VALUE_BINS]! + 1;
      team.writeFoundLevels(histogram, columns, node, found, workspace.levels(cells), table);
    },
    growBelow: team.growBelow,
    growWhole: (slots, levels, rows, block) => {
      workspace.prepare(slots, levels, rows);
      return team.growWhole(block);
    },
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
  workspace.stages(slots);
  const { bins8, stride8, quads8, bins16, stride16, cells16, cells } = slots;
  const wide = list === null ? [slots.all16, slots.slots16] : [list.list16, list.count16];
  const of = [list === null ? 0 : 1, list?.list8 ?? 0, list?.count8 ?? 0, ...wide, rows, begin, end, packed, histogram, 0];
  team.buildHistogram(bins8, stride8, quads8, bins16, stride16, cells16, cells, ...of);
}

function partition(
  { team, workspace }: Seat,
  { bins16, stride16, columns8, pitch8, slots8 }: SlotLayout,
  slot: number,
  table: number,
  rows: number,
  begin: number,
  end: number,
  scratch: number,
): number {
  workspace.spare(end);
  const isWide = slot >= slots8;
  const bins = isWide ? bins16 + 2 * (slot - slots8) : columns8 + slot * pitch8;
  return team.partitionRows(bins, isWide ? stride16 : 1, isWide ? 1 : 0, table, rows, begin, end, scratch);
}

/** Cells of the widest column of the list. */
function mostCells({ i32 }: TreeMemory, columns: number, list: number, count: number): number {
  let most = 0;
  for (let i = 0; i < count; i++) most = Math.max(most, i32[columns / 4 + i32[list / 4 + i]! * COLUMN_WORDS + COLUMN_VALUE_BINS]! + 1);
  return most;
}

/** What the threads need of their own, kept from call to call. */
interface Workspace {
  /** Stages, and histograms of all threads but the first. */
  stages(slots: SlotLayout): void;
  /** Scratch for the search of a column with so many cells. Returns the caller's. */
  levels(cells: number): number;
  /** A list for as many rows. */
  spare(rows: number): void;
  /** All of them. */
  prepare(slots: SlotLayout, levels: number, rows: number): void;
  close(): void;
}

function createWorkspace(memory: TreeMemory, team: Team): Workspace {
  const { threads } = team;
  const kept = new Map<TeamPlace, { address: number; bytes: number }>();
  const atLeast = (place: TeamPlace, bytes: number): number => {
    const known = kept.get(place);
    if (known !== undefined && known.bytes >= bytes) return known.address;
    if (known !== undefined) memory.free(known.address);
    const address = memory.allocate(bytes);
    kept.set(place, { address, bytes });
    team.setPlace(place, address);
    return address;
  };
  const lines = (bytes: number) => 64 * Math.ceil(bytes / 64);
  const workspace = {
    stages: (slots: SlotLayout): void => {
      const bytesOfRow = 8 + slots.slots8;
      const chunk = Math.max(LEAST_CHUNK, Math.min(MOST_CHUNK, Math.floor(STAGE_BYTES / bytesOfRow)));
      const stageBytes = lines(chunk * bytesOfRow);
      team.setPlace("chunk", chunk);
      team.setPlace("stageBytes", stageBytes);
      atLeast("stage", stageBytes * threads);
      if (threads > 1) atLeast("histograms", histogramBytes(slots) * (threads - 1));
    },
    levels: (cells: number): number => {
      const levelsBytes = lines(LEVEL_BYTES * cells + 8);
      team.setPlace("levelsBytes", levelsBytes);
      return atLeast("levels", levelsBytes * threads);
    },
    spare: (rows: number): void => {
      if (threads > 1) atLeast("spareRows", 4 * rows);
    },
  };
  atLeast("found", 2 * threads * FOUND_NUMBERS * 8);
  return {
    ...workspace,
    prepare: (slots, levels, rows) => {
      workspace.stages(slots);
      workspace.levels(levels);
      workspace.spare(rows);
    },
    close: () => {
      for (const { address } of kept.values()) memory.free(address);
    },
  };
}
