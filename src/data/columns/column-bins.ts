import type { Column } from "../../core/column.ts";
import { int32From } from "../../core/typed-from.ts";

/** A column as small whole numbers. */
export interface ColumnBins {
  /** Bin of each of the given rows; `missingBin` when missing. */
  readonly codes: Int32Array;
  /** Number of bins, the one for missing included (it is the last). */
  readonly bins: number;
  readonly missingBin: number;
  /** Bins of a number or date go upwards. */
  readonly ordered: boolean;
}

const MOST_BINS = 256;
const MOST_LEVELS = 4096;
const SAMPLE = 4096;

/** Bins of a column on the given rows: exact values when there are at most 256, else quantiles; the frequent levels of a category. */
export function binColumn(column: Column, rows: Int32Array): ColumnBins {
  return "values" in column ? binNumbers(column.values, rows) : binLevels(column.codes, column.levels.length, rows);
}

function binNumbers(values: Float64Array, rows: Int32Array): ColumnBins {
  const edges = edgesOf(sampled(values, rows).sort());
  const codes = new Int32Array(rows.length);
  placeAmong(edges, values, rows, codes);
  return { codes, bins: edges.length + 1, missingBin: edges.length, ordered: true };
}

/** As `binColumn` on all rows of a number column whose order is known: a pass along it. order: rows with a value, ascending. */
export function binInOrder(values: Float64Array, order: Int32Array): ColumnBins {
  const edges = edgesOf(sampledInOrder(values, order));
  const codes = new Int32Array(values.length).fill(edges.length);
  placeInOrder(edges, values, order, codes);
  return { codes, bins: edges.length + 1, missingBin: edges.length, ordered: true };
}

/** The present ones of the values that `sampled` takes of all rows, ascending. */
function sampledInOrder(values: Float64Array, order: Int32Array): Float64Array {
  const step = Math.max(1, values.length / SAMPLE);
  const isTaken = new Uint8Array(values.length);
  const most = Math.floor(values.length / step);
  for (let i = 0; i < most; i++) isTaken[Math.floor(i * step)] = 1;
  const sample = new Float64Array(most);
  let count = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number;
    if (isTaken[row] === 1) sample[count++] = values[row] as number;
  }
  return sample.subarray(0, count);
}

function placeInOrder(edges: Float64Array, values: Float64Array, order: Int32Array, codes: Int32Array): void {
  let bin = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number;
    while (bin + 1 < edges.length && (edges[bin + 1] as number) <= (values[row] as number)) bin++;
    codes[row] = bin;
  }
}

/** Smallest value of each bin. */
function edgesOf(sorted: Float64Array): Float64Array {
  const count = sorted.length;
  const unique = new Float64Array(MOST_BINS);
  const found = differentOf(sorted, unique);
  if (found <= MOST_BINS) return unique.slice(0, found);
  const edges: number[] = [];
  for (let bin = 0; bin < MOST_BINS; bin++) {
    const edge = sorted[Math.floor((bin * count) / MOST_BINS)] ?? 0;
    if (edges.length === 0 || edge > (edges[edges.length - 1] ?? 0)) edges.push(edge);
  }
  return Float64Array.from(edges);
}

/** Even parts of the range of the edges, each with the edges in it: most have one or two, so that little is left to search. */
const PARTS = 1024;

/** Present values of every so many-th row. */
function sampled(values: Float64Array, rows: Int32Array): Float64Array {
  const step = Math.max(1, rows.length / SAMPLE);
  const sample = new Float64Array(Math.floor(rows.length / step));
  return sample.subarray(0, keepPresent(values, rows, step, sample));
}

function keepPresent(values: Float64Array, rows: Int32Array, step: number, sample: Float64Array): number {
  let count = 0;
  for (let i = 0; i < sample.length; i++) {
    const value = values[rows[Math.floor(i * step)] as number] as number;
    if (!Number.isNaN(value)) sample[count++] = value;
  }
  return count;
}

/** How many, or one more than there is room for. */
function differentOf(sorted: Float64Array, unique: Float64Array): number {
  let found = 0;
  let before = Number.NaN;
  for (let i = 0; i < sorted.length && found <= unique.length; i++) {
    const value = sorted[i] as number;
    if (value !== before) unique[found++] = before = value;
  }
  return found;
}

/** Of each row the last bin whose lower edge is not above its value; values below the first belong to the first, and missing ones behind the last. */
function placeAmong(edges: Float64Array, values: Float64Array, rows: Int32Array, codes: Int32Array): void {
  const [first, last] = [edges[0] ?? 0, edges[edges.length - 1] ?? 0];
  const steps = PARTS / (last - first);
  const scale = last > first && Number.isFinite(steps) ? steps : 0;
  // Of each part the number of edges in those before it.
  const before = new Int32Array(PARTS + 2);
  for (const edge of edges) {
    const next = partOf(edge, first, scale) + 1;
    before[next] = (before[next] ?? 0) + 1;
  }
  for (let part = 1; part < before.length; part++) before[part] = (before[part] ?? 0) + (before[part - 1] ?? 0);
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i] as number] as number;
    codes[i] = Number.isNaN(value) ? edges.length : placeOf(value, edges, partOf(value, first, scale), before);
  }
}

function partOf(value: number, first: number, scale: number): number {
  return scale === 0 ? 0 : Math.max(0, Math.min(PARTS, Math.floor((value - first) * scale)));
}

function placeOf(value: number, edges: Float64Array, part: number, before: Int32Array): number {
  let [low, high] = [before[part] as number, before[part + 1] as number];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : low - 1;
}

/** Levels seen once tell nothing out of fold: they share a bin, as do those beyond the 4096 most frequent. */
function binLevels(levelCodes: Int32Array, levels: number, rows: Int32Array): ColumnBins {
  const counts = new Int32Array(levels);
  for (const row of rows) {
    const code = levelCodes[row] ?? -1;
    if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  }
  const repeated = Array.from(counts.keys()).filter((code) => (counts[code] ?? 0) > 1);
  if (repeated.length > MOST_LEVELS) repeated.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b).length = MOST_LEVELS;
  const rest = repeated.length;
  const place = new Int32Array(levels).fill(rest);
  repeated.forEach((code, bin) => {
    place[code] = bin;
  });
  const codes = int32From(rows, (row) => {
    const code = levelCodes[row] ?? -1;
    return code < 0 ? rest + 1 : (place[code] ?? rest);
  });
  return { codes, bins: rest + 2, missingBin: rest + 1, ordered: false };
}

function countInto(counts: Int32Array, codes: Int32Array): void {
  for (let i = 0; i < codes.length; i++) counts[codes[i] as number] = (counts[codes[i] as number] as number) + 1;
}

/** Neighbouring bins put together so that each holds about rows / parts of the present rows. */
export function mergeBins(fine: ColumnBins, parts: number): ColumnBins {
  const counts = new Int32Array(fine.bins);
  countInto(counts, fine.codes);
  const present = fine.codes.length - (counts[fine.missingBin] ?? 0);
  const place = new Int32Array(fine.bins);
  let part = 0;
  let held = 0;
  for (let bin = 0; bin < fine.missingBin; bin++) {
    const count = counts[bin] ?? 0;
    // A heavy value keeps a bin of its own.
    if (held > 0 && held + count > present / parts) {
      part++;
      held = 0;
    }
    place[bin] = part;
    held += count;
  }
  place[fine.missingBin] = part + 1;
  return { codes: int32From(fine.codes, (code) => place[code] ?? 0), bins: part + 2, missingBin: part + 1, ordered: true };
}
