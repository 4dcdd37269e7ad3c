import { copyColumns, fillBins, sortReals } from "./_binning";
import { COLUMN_LEVELS, COLUMN_WORDS, FOUND_COLUMN, FOUND_COULD_SPLIT, FOUND_GAIN, FOUND_NUMBERS } from "./_layout";
import { addCells, histogram16, histogram8, histogramList, subtractCells } from "./_histogram";
import { packGiven, packLogistic, sumPacked } from "./_gradients";
import { addLeaves, partition16, partition8, walk } from "./_rows";
import { findSplit } from "./_split";
import { number, put, word } from "./_words";

// A team of threads works on one memory. Thread 0 is the caller: it sets a task for all, does its share and waits for the others. Every word has one writer.
//
// The control block, in bytes: u32 words from 0 (below), f64 arguments from ARGUMENTS, then one line of 64 bytes per thread from LINES: up to 6 f64 results, and
// u32 words on its state. Threads look at a word for a while before they sleep in JavaScript (src/engine/trees/kernels/team.ts), so that tasks that follow
// each other closely cost no system call.

/** Number of the task. */
const TASK: usize = 0;
const WHAT: usize = 4;
/** 1 while the caller sleeps. */
const CALLER_SLEEPS: usize = 8;
export const THREADS: usize = 12;
/** What threads need of their own: where the first one's lies, and how many bytes each has. */
const STAGE: usize = 16;
export const STAGE_BYTES: usize = 20;
/** Histograms of all threads but the first. */
const HISTOGRAMS: usize = 24;
/** Two of each thread. */
export const FOUND: usize = 28;
export const LEVELS: usize = 32;
const LEVELS_BYTES: usize = 36;
/** As long as the list of rows. */
const SPARE_ROWS: usize = 40;
/** Rows that are copied to the stage at a time. */
const CHUNK: usize = 44;
/** Looks at a word before a thread sleeps. */
const LOOKS: usize = 48;
/** First row of a shared list that no thread has taken yet. */
const NEXT: usize = 52;

const ARGUMENTS: usize = 64;
const LINES: usize = 512;
/** In a thread's line. */
const SLEEPS: usize = 48;
const DONE: usize = 56;
const STATE: usize = 60;
const FAILED: u32 = 2;

const STOP: u32 = 0;
export const HISTOGRAM_BY_ROWS: u32 = 1;
export const MERGE: u32 = 2;
export const HISTOGRAM_BY_SLOTS: u32 = 3;
export const SUBTRACT: u32 = 4;
export const FIND: u32 = 5;
export const PARTITION: u32 = 6;
export const PLACE: u32 = 7;
const PACK_LOGISTIC: u32 = 8;
const PACK_GIVEN: u32 = 9;
const ADD_LEAVES: u32 = 10;
const WALK: u32 = 11;
const SUM: u32 = 12;
const SORT: u32 = 13;
const FILL: u32 = 14;
const COLUMNS: u32 = 15;

// @ts-ignore: decorator
@external("env", "sleep")
/** Sleeps while the word is `value`, or less long. Fails when a thread has failed. */
declare function sleep(word: usize, value: u32): void;
// @ts-ignore: decorator
@external("env", "wake")
declare function wake(word: usize): void;
// @ts-ignore: decorator
@external("env", "failed")
/** Ends the call with the error of this thread. */
declare function failed(thread: u32): void;

// @ts-ignore: decorator
@inline
export function arg(control: usize, i: usize): f64 {
  return load<f64>(control + ARGUMENTS + (i << 3));
}

// @ts-ignore: decorator
@inline
export function at(control: usize, i: usize): usize {
  return <usize>arg(control, i);
}

// @ts-ignore: decorator
@inline
export function putArg(control: usize, i: usize, value: usize): void {
  store<f64>(control + ARGUMENTS + (i << 3), <f64>value);
}

// @ts-ignore: decorator
@inline
function lineOf(control: usize, thread: u32): usize {
  return control + LINES + (<usize>thread << 6);
}

/** Result `place` of a thread. */
// @ts-ignore: decorator
@inline
export function result(control: usize, thread: u32, place: usize): usize {
  return <usize>load<f64>(lineOf(control, thread) + (place << 3));
}

/** Returns when the word is no longer `value`. `sleeps` tells who changes it that it must wake us. */
function waitWhile(control: usize, word: usize, value: u32, sleeps: usize): void {
  for (let i = load<u32>(control, LOOKS); i > 0; i--) if (atomic.load<u32>(word) != value) return;
  atomic.store<u32>(sleeps, 1);
  while (atomic.load<u32>(word) == value) sleep(word, value);
  atomic.store<u32>(sleeps, 0);
}

/** Sets the task for all threads, or for the caller alone, and returns when it is done: how many took part. */
export function run(control: usize, what: u32, alone: bool): u32 {
  const threads = load<u32>(control, THREADS);
  if (alone || threads == 1) {
    work(control, what, 0, 1);
    return 1;
  }
  const before = load<u32>(control, TASK);
  for (let thread: u32 = 1; thread < threads; thread++) if (atomic.load<u32>(lineOf(control, thread), STATE) == FAILED) failed(thread);
  store<u32>(control, what, WHAT);
  atomic.store<u32>(control + NEXT, 0);
  atomic.store<u32>(control + TASK, before + 1);
  for (let thread: u32 = 1; thread < threads; thread++) {
    if (atomic.load<u32>(lineOf(control, thread), SLEEPS) == 0) continue;
    wake(control + TASK);
    break;
  }
  if (what != STOP) work(control, what, 0, threads);
  for (let thread: u32 = 1; thread < threads; thread++) {
    waitWhile(control, lineOf(control, thread) + DONE, before, control + CALLER_SLEEPS);
    if (atomic.load<u32>(lineOf(control, thread), STATE) == FAILED) failed(thread);
  }
  return threads;
}

/** The life of a thread that is not the caller: task after task until it is told to stop. */
export function serve(control: usize, thread: u32): void {
  const line = lineOf(control, thread);
  const threads = load<u32>(control, THREADS);
  let seen: u32 = 0;
  let what: u32;
  do {
    waitWhile(control, control + TASK, seen, line + SLEEPS);
    seen = atomic.load<u32>(control + TASK);
    what = load<u32>(control, WHAT);
    if (what != STOP) work(control, what, thread, threads);
    atomic.store<u32>(line + DONE, seen);
    if (atomic.load<u32>(control + CALLER_SLEEPS) != 0) wake(line + DONE);
  } while (what != STOP);
}

// @ts-ignore: decorator
@inline
function share(begin: usize, end: usize, thread: u32, threads: u32): usize {
  return begin + <usize>((<u64>(end - begin) * thread) / threads);
}

/** A thread's share of a task. The loops are exported by training.ts so that the compiler keeps them apart: together they have too few registers. */
function work(control: usize, what: u32, thread: u32, threads: u32): void {
  if (what == HISTOGRAM_BY_ROWS || what == HISTOGRAM_BY_SLOTS) histogram(control, what == HISTOGRAM_BY_ROWS, thread, threads);
  else if (what == MERGE || what == SUBTRACT) mergeOrSubtract(control, what == MERGE, thread, threads);
  else if (what == FIND) {
    if (threads == 1) findSplit(at(control, 0), at(control, 1), at(control, 2), 0, <i32>at(control, 3), at(control, 4), at(control, 5), load<u32>(control, LEVELS));
    else findAmong(control, thread);
  } else if (what == PLACE) place(control, thread, threads);
  else if (what == SORT) {
    const counts = at(control, 3);
    for (let list: usize = thread, lists = at(control, 4); list < lists; list += threads) {
      const values = at(control, 0) + list * at(control, 2);
      sortReals(values, <usize>load<u32>(counts + (list << 2)), at(control, 1) + <usize>thread * at(control, 5));
    }
  } else {
    const begin = share(at(control, 0), at(control, 1), thread, threads);
    const end = share(at(control, 0), at(control, 1), thread + 1, threads);
    overRows(control, what, begin, end, thread);
  }
}

function overRows(control: usize, what: u32, begin: usize, end: usize, thread: u32): void {
  const line = lineOf(control, thread);
  if (what == PARTITION) {
    // The caller's lefts are in their place; what the others find is placed when all know how much they have.
    const lefts = thread == 0 ? at(control, 5) : <usize>load<u32>(control, SPARE_ROWS);
    const left = at(control, 7)
      ? partition16(at(control, 2), at(control, 3), at(control, 4), at(control, 5), begin, end, lefts, at(control, 6))
      : partition8(at(control, 2), at(control, 3), at(control, 4), at(control, 5), begin, end, lefts, at(control, 6));
    store<f64>(line, <f64>begin);
    store<f64>(line, <f64>left, 8);
    store<f64>(line, <f64>end, 16);
  } else if (what == PACK_LOGISTIC) {
    packLogistic(at(control, 2), at(control, 3), at(control, 4), at(control, 5), begin, end, arg(control, 6), arg(control, 7), at(control, 8), line);
  } else if (what == PACK_GIVEN) {
    packGiven(at(control, 2), at(control, 3), at(control, 4), begin, end, arg(control, 5), arg(control, 6), <u32>at(control, 7), at(control, 8), line);
  } else if (what == SUM) sumPacked(at(control, 2), at(control, 3), begin, end, line);
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

/** The best split of the columns that this thread takes, those of levels before the others: they last longer. */
function findAmong(control: usize, thread: u32): void {
  const columns = at(control, 1);
  const list = at(control, 2);
  const count = <u32>at(control, 3);
  const best = <usize>load<u32>(control, FOUND) + <usize>thread * <usize>(FOUND_NUMBERS << 4);
  const one = best + <usize>(FOUND_NUMBERS << 3);
  const levels = <usize>load<u32>(control, LEVELS) + <usize>thread * <usize>load<u32>(control, LEVELS_BYTES);
  put(best, FOUND_COLUMN, -1);
  put(best, FOUND_COULD_SPLIT, 0);
  for (;;) {
    const next = atomic.add<u32>(control + NEXT, 1);
    if (next >= 2 * count) return;
    const i = <i32>(next < count ? next : next - count);
    const hasLevels = word(columns + (<usize>(word(list, i) * COLUMN_WORDS) << 2), COLUMN_LEVELS) != 0;
    if (hasLevels != next < count) continue;
    findSplit(at(control, 0), columns, list, i, i + 1, at(control, 4), one, levels);
    keepBetter(best, one);
  }
}

/** Of equal gains the first column stays. */
export function keepBetter(best: usize, one: usize): void {
  const couldSplit = max(number(best, FOUND_COULD_SPLIT), number(one, FOUND_COULD_SPLIT));
  const column = number(one, FOUND_COLUMN);
  const before = number(best, FOUND_COLUMN);
  const gain = number(one, FOUND_GAIN);
  const isBetter = before < 0 || gain > number(best, FOUND_GAIN) || (gain == number(best, FOUND_GAIN) && column < before);
  if (column >= 0 && isBetter) memory.copy(best, one, FOUND_NUMBERS << 3);
  put(best, FOUND_COULD_SPLIT, couldSplit);
}

/** Lefts before rights, those of a thread before those of the next. */
function place(control: usize, thread: u32, threads: u32): void {
  let lefts: usize = 0;
  let before: usize = 0;
  let rightsBefore: usize = 0;
  for (let other: u32 = 0; other < threads; other++) {
    const left = result(control, other, 1);
    if (other < thread) {
      before += left;
      rightsBefore += result(control, other, 2) - result(control, other, 0) - left;
    }
    lefts += left;
  }
  const rows = at(control, 5);
  const first = result(control, 0, 0);
  const from = result(control, thread, 0);
  const left = result(control, thread, 1);
  if (thread > 0) memory.copy(rows + ((first + before) << 2), <usize>load<u32>(control, SPARE_ROWS) + (from << 2), left << 2);
  const rights = result(control, thread, 2) - from - left;
  memory.copy(rows + ((first + lefts + rightsBefore) << 2), at(control, 6) + (from << 2), rights << 2);
}

/** Arguments: histogram, bytes, histogram to take it from or 0. */
function mergeOrSubtract(control: usize, isMerge: bool, thread: u32, threads: u32): void {
  const bytes = at(control, 1);
  const pairs = bytes >> 4;
  const first = share(0, pairs, thread, threads) << 4;
  const part = (share(0, pairs, thread + 1, threads) << 4) - first;
  const own = at(control, 0) + first;
  if (isMerge) {
    const others = <usize>load<u32>(control, HISTOGRAMS) + first;
    for (let other: usize = 0, count = <usize>load<u32>(control, THREADS) - 1; other < count; other++) addCells(own, others + other * bytes, part);
  }
  const above = at(control, 2);
  if (above != 0) subtractCells(above + first, own, part);
}

/** Arguments: bins8, stride8, quads8 (groups of four byte slots), bins16, stride16, cells16, bytes, isList, list8, count8, list16, count16, rows, begin, end, packed, histogram. */
function histogram(control: usize, byRows: bool, thread: u32, threads: u32): void {
  const bytes = at(control, 6);
  const isList = at(control, 7) != 0;
  const list8 = at(control, 8);
  const list16 = at(control, 10);
  const cells16 = at(control, 5);
  const rows = at(control, 12);
  const gh = at(control, 15);
  const begin = at(control, 13);
  const end = at(control, 14);
  const stage = <usize>load<u32>(control, STAGE) + <usize>thread * <usize>load<u32>(control, STAGE_BYTES);
  const chunk = <usize>load<u32>(control, CHUNK);
  if (byRows) {
    const out = thread == 0 ? at(control, 16) : <usize>load<u32>(control, HISTOGRAMS) + <usize>(thread - 1) * bytes;
    memory.fill(out, 0, bytes);
    // Threads take rows as they have time: their order plays no part.
    const some = max(chunk, (end - begin) / (<usize>threads << 3));
    for (;;) {
      const from = begin + <usize>atomic.add<u32>(control + NEXT, <u32>some);
      if (from >= end) return;
      const to = min(end, from + some);
      histogram8(at(control, 0), at(control, 1), 0, at(control, 2), rows, from, to, gh, out, stage, chunk);
      histogram16(at(control, 3), at(control, 4), list16, at(control, 11), cells16, rows, from, to, gh, out);
    }
  }
  const out = at(control, 16);
  // The last threads have fewer byte slots where they do not share out evenly, and more of the others.
  const count8 = isList ? at(control, 9) : at(control, 2);
  const count16 = at(control, 11);
  const first8 = share(0, count8, thread, threads);
  const last8 = share(0, count8, thread + 1, threads);
  const first16 = share(0, count16, threads - 1 - thread, threads);
  const last16 = share(0, count16, threads - thread, threads);
  if (isList) {
    for (let i = first8; i < last8; i++) memory.fill(out + (<usize>load<u32>(list8 + (i << 2)) << 11), 0, 2048);
    histogramList(at(control, 0), at(control, 1), list8 + (first8 << 2), last8 - first8, rows, begin, end, gh, out);
  } else {
    memory.fill(out + (first8 << 13), 0, (last8 - first8) << 13);
    histogram8(at(control, 0), at(control, 1), first8, last8, rows, begin, end, gh, out, stage, chunk);
  }
  for (let i = first16; i < last16; i++) clearWide(out, cells16, <usize>load<u32>(list16 + (i << 2)));
  histogram16(at(control, 3), at(control, 4), list16 + (first16 << 2), last16 - first16, cells16, rows, begin, end, gh, out);
}

/** A slot ends where the next begins; the last one at the end of the histogram. */
function clearWide(out: usize, cells16: usize, slot: usize): void {
  const from = out + (<usize>load<u32>(cells16 + (slot << 2)) << 3);
  memory.fill(from, 0, out + (<usize>load<u32>(cells16 + (slot << 2), 4) << 3) - from);
}
