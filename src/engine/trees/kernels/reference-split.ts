import { type Cells, cellsOf } from "./cells.ts";
import {
  COLUMN_CELL,
  COLUMN_HAS_MISSING,
  COLUMN_IMPLICIT,
  COLUMN_LEVELS,
  COLUMN_VALUE_BINS,
  COLUMN_WORDS,
  FOUND_BIN,
  FOUND_COLUMN,
  FOUND_COULD_SPLIT,
  FOUND_GAIN,
  FOUND_LEFT_G,
  FOUND_LEFT_H,
  FOUND_MISSING_LEFT,
  FOUND_PREFIX,
  NODE_CAT_L2,
  NODE_CAT_SMOOTH,
  NODE_DRAWS,
  NODE_G,
  NODE_H,
  NODE_MAX_CAT_THRESHOLD,
  NODE_MAX_CAT_TO_ONEHOT,
  NODE_MIN_DATA_PER_GROUP,
  NODE_MIN_H,
  NODE_MIN_ROWS,
  NODE_MIN_SUM,
  NODE_MONOTONE,
} from "./layout.ts";
import type { TreeMemory } from "./memory.ts";
import { bestLevels, type LevelCells, levelsOfPrefix } from "./reference-levels.ts";
import { type NodeRules, nodeRulesAt, rowsOf, splitGain } from "./split-gain.ts";

/** A node as the search of its splits sees it. */
export interface SearchNode extends NodeRules {
  readonly totalG: number;
  readonly totalH: number;
  /** Least hessian of a set of levels and of the rest, a whole number of at least 1: rows are told from it too. */
  readonly minH: number;
  /** Least rows, 0 = 1, and hessian of a side of a threshold; the latter a whole number of at least 1. */
  readonly minRows: number;
  readonly minSum: number;
  readonly maxCatToOnehot: number;
  readonly catSmooth: number;
  readonly catL2: number;
  readonly maxCatThreshold: number;
  readonly minDataPerGroup: number;
}

/** The best split so far. */
export interface Best {
  gain: number;
  column: number;
  bin: number;
  missingLeft: boolean;
  leftG: number;
  leftH: number;
  /** 0 = numeric; else so many of the sorted levels go left, negative = from the end. */
  prefix: number;
  couldSplit: boolean;
}

type Search = SearchNode & Best;

export function findSplitReference(
  memory: TreeMemory,
  histogram: number,
  columns: number,
  list: number,
  count: number,
  node: number,
  found: number,
): void {
  const { i32, f64 } = memory;
  const search: Search = {
    ...nodeAt(memory, node),
    gain: Number.NEGATIVE_INFINITY,
    column: -1,
    bin: 0,
    missingLeft: false,
    leftG: 0,
    leftH: 0,
    prefix: 0,
    couldSplit: false,
  };
  const [draws, monotone] = [f64[node / 8 + NODE_DRAWS]!, f64[node / 8 + NODE_MONOTONE]!];
  for (let i = 0; i < count; i++) {
    const column = i32[list / 4 + i]!;
    const sign = monotone === 0 ? 0 : i32[monotone / 4 + column]!;
    searchColumn(search, memory, histogram, columns, column, sign, draws === 0 ? -1 : f64[draws / 8 + i]!);
  }
  writeFound(memory, search, found);
}

function nodeAt(memory: TreeMemory, node: number): SearchNode {
  const about = (place: number) => memory.f64[node / 8 + place]!;
  return {
    ...nodeRulesAt(memory, node),
    totalG: about(NODE_G),
    totalH: about(NODE_H),
    minH: about(NODE_MIN_H),
    minRows: about(NODE_MIN_ROWS),
    minSum: about(NODE_MIN_SUM),
    maxCatToOnehot: about(NODE_MAX_CAT_TO_ONEHOT),
    catSmooth: about(NODE_CAT_SMOOTH),
    catL2: about(NODE_CAT_L2),
    maxCatThreshold: about(NODE_MAX_CAT_THRESHOLD),
    minDataPerGroup: about(NODE_MIN_DATA_PER_GROUP),
  };
}

function searchColumn(
  search: Search,
  memory: TreeMemory,
  histogram: number,
  columns: number,
  column: number,
  sign: number,
  draw: number,
): void {
  const at = columns / 4 + column * COLUMN_WORDS;
  const word = (place: number) => memory.i32[at + place]!;
  if (word(COLUMN_LEVELS) !== 0) {
    bestLevels(search, levelsAt(memory, histogram, columns, column), draw, search);
    return;
  }
  const implicit = word(COLUMN_IMPLICIT);
  const hasMissing = word(COLUMN_HAS_MISSING) !== 0;
  const cells = cellsOf(memory, histogram + word(COLUMN_CELL) * 8, word(COLUMN_VALUE_BINS), implicit, hasMissing, search);
  const only = draw < 0 ? -1 : drawnBin(cells, draw);
  const scan = (missingLeft: boolean) => {
    const open = openBins(search, cells, missingLeft);
    if (open === null) return;
    search.couldSplit = true;
    if (search.plain && only < 0 && sign === 0 && implicit < 0) scanPlain(search, cells, open, column, missingLeft);
    else scanGeneral(search, cells, open, column, only, sign, missingLeft);
  };
  scan(false);
  if (cells.missingG !== 0 || cells.missingH !== 0) scan(true);
}

function levelsAt({ i32 }: TreeMemory, histogram: number, columns: number, column: number): LevelCells {
  const at = columns / 4 + column * COLUMN_WORDS;
  const cell = histogram / 4 + 2 * i32[at + COLUMN_CELL]!;
  return {
    column,
    valueBins: i32[at + COLUMN_VALUE_BINS]!,
    hasMissing: i32[at + COLUMN_HAS_MISSING]! !== 0,
    gradient: (bin) => i32[cell + 2 * bin + 1]!,
    hessian: (bin) => i32[cell + 2 * bin]! >>> 0,
  };
}

function writeFound({ f64 }: TreeMemory, search: Search, found: number): void {
  const write = (place: number, value: number) => {
    f64[found / 8 + place] = value;
  };
  write(FOUND_GAIN, search.gain);
  write(FOUND_COLUMN, search.column);
  write(FOUND_COULD_SPLIT, search.couldSplit ? 1 : 0);
  if (search.column < 0) return;
  write(FOUND_BIN, search.bin);
  write(FOUND_MISSING_LEFT, search.missingLeft ? 1 : 0);
  write(FOUND_LEFT_G, search.leftG);
  write(FOUND_LEFT_H, search.leftH);
  write(FOUND_PREFIX, search.prefix);
}

export function writeFoundLevelsReference(
  memory: TreeMemory,
  histogram: number,
  columns: number,
  node: number,
  found: number,
  table: number,
): void {
  const about = (place: number) => memory.f64[found / 8 + place]!;
  const cells = levelsAt(memory, histogram, columns, about(FOUND_COLUMN));
  memory.u8.set(levelsOfPrefix(nodeAt(memory, node), cells, about(FOUND_PREFIX), about(FOUND_LEFT_H)), table);
}

interface OpenBins {
  readonly first: number;
  readonly last: number;
}

/** First and last threshold that leave enough rows and hessian on both sides; null: none does. */
function openBins(search: Search, cells: Cells, missingLeft: boolean): OpenBins | null {
  const { minRows, minSum } = search;
  let sum = missingLeft ? cells.missingH : 0;
  let rows = rowsOf(search, sum);
  let first = 0;
  for (; first < cells.valueBins; first++) {
    sum += cells.hessian(first);
    rows += rowsOf(search, cells.hessian(first));
    if (rows >= minRows && sum >= minSum) break;
  }
  sum = missingLeft ? 0 : cells.missingH;
  rows = rowsOf(search, sum);
  let last = cells.valueBins - 1;
  for (; last >= first && (rows < minRows || sum < minSum); last--) {
    sum += cells.hessian(last);
    rows += rowsOf(search, cells.hessian(last));
  }
  return last < first ? null : { first, last };
}

/** The gain in steps of gradients: without gUnit^2. */
function scanPlain(search: Search, cells: Cells, { first, last }: OpenBins, column: number, missingLeft: boolean): void {
  const { totalG, totalH, gUnit, hUnit, l2 } = search;
  let leftG = missingLeft ? cells.missingG : 0;
  let leftH = missingLeft ? cells.missingH : 0;
  let best = search.gain / (gUnit * gUnit);
  for (let bin = 0; bin <= last; bin++) {
    leftG += cells.gradient(bin);
    leftH += cells.hessian(bin);
    // An empty bin repeats the gain before it; the first ones part nothing from the missing rows but what the scan with these on the right has at its end.
    if (bin < first || (cells.gradient(bin) === 0 && cells.hessian(bin) === 0)) continue;
    const [rightG, rightH] = [totalG - leftG, totalH - leftH];
    const gain = (leftG * leftG) / (leftH * hUnit + l2) + (rightG * rightG) / (rightH * hUnit + l2);
    if (gain <= best) continue;
    best = gain;
    keep(search, cells, { gain: gain * (gUnit * gUnit), column, bin: middleOfGap(cells, bin), missingLeft, leftG, leftH });
  }
}

/** Of the thresholds up to the next filled bin, which part the node's rows alike, the middle one. Without a next one, all values go left. */
function middleOfGap({ valueBins, gradient, hessian }: Cells, bin: number): number {
  let next = bin + 1;
  while (next < valueBins && gradient(next) === 0 && hessian(next) === 0) next++;
  return next === valueBins ? next - 1 : (bin + next) >> 1;
}

/** Without missing rows in the node, missing follows the side with the larger hessian. */
function keep(search: Search, cells: Cells, found: Pick<Search, "gain" | "column" | "bin" | "missingLeft" | "leftG" | "leftH">): void {
  const isFull = cells.missingG === 0 && cells.missingH === 0;
  const missingLeft = found.missingLeft || (isFull && 2 * found.leftH >= search.totalH);
  Object.assign(search, found, { missingLeft, prefix: 0 });
}

/** Bins from the left, with missing on the right or on the left. only: the drawn threshold; -1 = all. */
function scanGeneral(
  search: Search,
  cells: Cells,
  { first, last }: OpenBins,
  column: number,
  only: number,
  sign: number,
  missingLeft: boolean,
): void {
  const { totalG, totalH } = search;
  let leftG = missingLeft ? cells.missingG : 0;
  let leftH = missingLeft ? cells.missingH : 0;
  for (let bin = 0; bin <= last; bin++) {
    leftG += cells.gradient(bin);
    leftH += cells.hessian(bin);
    if (bin < first || (only >= 0 && bin !== only)) continue;
    const gain = splitGain(search, leftG, leftH, totalG - leftG, totalH - leftH, sign);
    if (!(gain > search.gain)) continue;
    keep(search, cells, { gain, column, bin: only >= 0 ? bin : middleOfGap(cells, bin), missingLeft, leftG, leftH });
  }
}

/** A bin from the smallest filled one to the one before the largest filled one; with missing rows the largest may be drawn too. */
function drawnBin(cells: Cells, draw: number): number {
  const isEmpty = (bin: number) => cells.gradient(bin) === 0 && cells.hessian(bin) === 0;
  let low = 0;
  while (low < cells.valueBins && isEmpty(low)) low++;
  let high = cells.valueBins - 1;
  while (high > low && isEmpty(high)) high--;
  const hasMissing = cells.missingG !== 0 || cells.missingH !== 0;
  return Math.min(low, cells.valueBins - 1) + Math.floor(draw * Math.max(1, high - low + (hasMissing ? 1 : 0)));
}
