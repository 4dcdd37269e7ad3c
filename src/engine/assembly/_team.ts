import { copyColumns, fillBins, sortReals } from "./_binning";
import { FOUND_NUMBERS } from "./_layout";
import { addCells, histogram16, histogram8, histogramList } from "./_histogram";
import { packGiven, packLogistic, sumPacked } from "./_gradients";
import { addLeaves, partition16, partition8, walk } from "./_rows";
import { findSplit } from "./_split";

// A team of threads works on one memory. Its control block: u32 words 0 task number, 1 what to do; from byte 64 f64 arguments; from byte RESULTS one line of 64
// bytes per thread: up to 7 f64 results, then the number of the last task that it has done. Every word has one writer. Thread 0 is the caller. Threads
// sleep in JavaScript (src/engine/trees/kernels/team.ts): after memory.atomic.wait32 V8 11 loses locals of the function.

const ARGUMENTS: usize = 64;
const RESULTS: usize = 512;
const SPINS: i32 = 20000;

const HISTOGRAM_BY_ROWS: u32 = 1;
const MERGE: u32 = 2;
const HISTOGRAM_BY_SLOTS: u32 = 3;
const HISTOGRAM_LIST: u32 = 4;
const FIND: u32 = 5;
const PARTITION: u32 = 6;
const PACK_LOGISTIC: u32 = 7;
const PACK_GIVEN: u32 = 8;
const ADD_LEAVES: u32 = 9;
const WALK: u32 = 10;
const SUM: u32 = 11;
const SORT: u32 = 12;
const FILL: u32 = 13;
const COLUMNS: u32 = 14;

// @ts-ignore: decorator
@inline
function arg(control: usize, i: usize): f64 {
  return load<f64>(control + ARGUMENTS + (i << 3));
}

// @ts-ignore: decorator
@inline
function at(control: usize, i: usize): usize {
  return <usize>arg(control, i);
}

/** Looks at a word for some ten microseconds, as long as it is `value`. */
export function spin(word: usize, value: u32): void {
  for (let i = 0; i < SPINS; i++) if (atomic.load<u32>(word) != value) return;
}

// @ts-ignore: decorator
@inline
function share(begin: usize, end: usize, thread: u32, threads: u32): usize {
  return begin + <usize>((<u64>(end - begin) * thread) / threads);
}

export function work(control: usize, what: u32, thread: u32, threads: u32): void {
  const result = control + RESULTS + (<usize>thread << 6);
  if (what == HISTOGRAM_BY_ROWS || what == HISTOGRAM_BY_SLOTS || what == HISTOGRAM_LIST) histogram(control, what, thread, threads);
  else if (what == MERGE) {
    const bytes = at(control, 2);
    const pairs = bytes >> 4;
    const first = share(0, pairs, thread, threads) << 4;
    const last = share(0, pairs, thread + 1, threads) << 4;
    for (let other: usize = 0, count = at(control, 3); other < count; other++) {
      addCells(at(control, 0) + first, at(control, 1) + other * bytes + first, last - first);
    }
  } else if (what == FIND) {
    const count = at(control, 3);
    const found = at(control, 5) + <usize>thread * <usize>(FOUND_NUMBERS << 3);
    findSplit(
      at(control, 0),
      at(control, 1),
      at(control, 2),
      <i32>share(0, count, thread, threads),
      <i32>share(0, count, thread + 1, threads),
      at(control, 4),
      found,
      at(control, 6) + <usize>thread * at(control, 7),
    );
  } else if (what == SORT) {
    const counts = at(control, 3);
    for (let list: usize = thread, lists = at(control, 4); list < lists; list += threads) {
      const values = at(control, 0) + list * at(control, 2);
      sortReals(values, <usize>load<u32>(counts + (list << 2)), at(control, 1) + <usize>thread * at(control, 5));
    }
  } else {
    const begin = share(at(control, 0), at(control, 1), thread, threads);
    const end = share(at(control, 0), at(control, 1), thread + 1, threads);
    overRows(control, what, begin, end, result);
  }
}

function overRows(control: usize, what: u32, begin: usize, end: usize, result: usize): void {
  if (what == PARTITION) {
    const left = at(control, 7)
      ? partition16(at(control, 2), at(control, 3), at(control, 4), at(control, 5), begin, end, at(control, 6))
      : partition8(at(control, 2), at(control, 3), at(control, 4), at(control, 5), begin, end, at(control, 6));
    store<f64>(result, <f64>begin);
    store<f64>(result, <f64>left, 8);
    store<f64>(result, <f64>end, 16);
  } else if (what == PACK_LOGISTIC) {
    packLogistic(at(control, 2), at(control, 3), at(control, 4), at(control, 5), begin, end, arg(control, 6), arg(control, 7), at(control, 8), result);
  } else if (what == PACK_GIVEN) {
    packGiven(at(control, 2), at(control, 3), at(control, 4), begin, end, arg(control, 5), arg(control, 6), at(control, 7), result);
  } else if (what == SUM) sumPacked(at(control, 2), at(control, 3), begin, end, result);
  else if (what == ADD_LEAVES) {
    addLeaves(at(control, 2), at(control, 3), at(control, 4), at(control, 5), at(control, 6), <u32>begin, <u32>end);
  } else if (what == FILL) {
    fillBins(
      at(control, 2),
      at(control, 3),
      at(control, 4),
      at(control, 5),
      begin,
      end,
      at(control, 6),
      at(control, 7),
      at(control, 8),
      at(control, 9),
      at(control, 10),
      at(control, 11),
    );
  } else if (what == COLUMNS) {
    copyColumns(at(control, 2), at(control, 3), at(control, 4), at(control, 5), at(control, 6), at(control, 7) + begin, at(control, 7) + end);
  } else if (what == WALK) {
    walk(
      at(control, 2),
      at(control, 3),
      at(control, 4),
      at(control, 5),
      at(control, 6),
      at(control, 7),
      at(control, 8),
      at(control, 9),
      begin,
      end,
      at(control, 10),
    );
  }
}

/** Arguments: bins8, stride8, blocks8, bins16, stride16, list16, count16, cells16, rows, begin, end, packed, out, bytes, others, stage, stageBytes, chunk, list8, count8. */
function histogram(control: usize, what: u32, thread: u32, threads: u32): void {
  const blocks = at(control, 2);
  const count16 = at(control, 6);
  let begin = at(control, 9);
  let end = at(control, 10);
  let out = at(control, 12);
  const bytes = at(control, 13);
  const stage = at(control, 15) + <usize>thread * at(control, 16);
  let firstBlock: usize = 0;
  let lastBlock = blocks;
  let first16: usize = 0;
  let last16 = count16;
  if (what == HISTOGRAM_BY_ROWS) {
    const all = end;
    const from = begin;
    begin = share(from, all, thread, threads);
    end = share(from, all, thread + 1, threads);
    if (thread > 0) out = at(control, 14) + <usize>(thread - 1) * bytes;
    memory.fill(out, 0, bytes);
  } else if (what == HISTOGRAM_LIST) {
    const count8 = at(control, 19);
    const first8 = share(0, count8, thread, threads);
    const last8 = share(0, count8, thread + 1, threads);
    for (let i = first8; i < last8; i++) memory.fill(out + (<usize>load<u32>(at(control, 18) + (i << 2)) << 11), 0, 2048);
    histogramList(at(control, 0), at(control, 1), at(control, 18) + (first8 << 2), last8 - first8, at(control, 8), begin, end, at(control, 11), out);
    lastBlock = 0;
  } else {
    firstBlock = share(0, blocks, thread, threads);
    lastBlock = share(0, blocks, thread + 1, threads);
    memory.fill(out + (firstBlock << 14), 0, (lastBlock - firstBlock) << 14);
  }
  if (what != HISTOGRAM_BY_ROWS) {
    first16 = share(0, count16, threads - 1 - thread, threads);
    last16 = share(0, count16, threads - thread, threads);
  }
  if (lastBlock > firstBlock) {
    histogram8(at(control, 0), at(control, 1), firstBlock, lastBlock, at(control, 8), begin, end, at(control, 11), out, stage, at(control, 17));
  }
  if (last16 > first16) {
    histogram16(at(control, 3), at(control, 4), at(control, 5) + (first16 << 2), last16 - first16, at(control, 7), at(control, 8), begin, end, at(control, 11), out);
  }
}
