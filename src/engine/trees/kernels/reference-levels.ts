import type { Best, SearchNode } from "./reference-split.ts";
import { rowsOf, splitGain } from "./split-gain.ts";

/** A categorical column of a node: its cells of levels, then the one of missing. */
export interface LevelCells {
  readonly column: number;
  readonly valueBins: number;
  readonly hasMissing: boolean;
  gradient(bin: number): number;
  hessian(bin: number): number;
}

interface Scan {
  readonly node: SearchNode;
  readonly cells: LevelCells;
  /** Levels that may move left, sorted. */
  readonly order: Int32Array;
  readonly l2: number;
  readonly best: Best;
}

/**
 * Best set of levels of one categorical column, LightGBM's way (Fisher 1958: for a convex loss the best set is a prefix of the levels sorted by their
 * mean): few levels one against the rest, else prefixes of at most maxCatThreshold levels sorted by g / (h + catSmooth), from both ends. Missing is
 * one more level if the node has missing rows; else it follows the larger side. draw: uniform number for a random prefix; -1 = the best one.
 */
export function bestLevels(node: SearchNode, cells: LevelCells, draw: number, best: Best): void {
  const oneHot = isOneHot(node, cells);
  const l2 = oneHot ? node.l2 : node.l2 + node.catL2;
  const scan: Scan = { node, cells, order: sortedLevels(node, cells), l2, best };
  if (oneHot) scanSingles(scan, draw);
  else if (draw >= 0) scanPrefixes(scan, drawnPrefix(scan, draw), true);
  else {
    scanPrefixes(scan, mostLevels(scan), false);
    scanPrefixes(scan, -mostLevels(scan), false);
  }
}

/** Levels of the longest prefix. */
function mostLevels({ node, order }: Scan): number {
  return Math.min(node.maxCatThreshold, (order.length + 1) >> 1);
}

/** A prefix from either end, the longest at most half of the levels: so each cut of the order is drawn equally often where none is too long. Negative = from the end. */
function drawnPrefix(scan: Scan, draw: number): number {
  const most = mostLevels(scan);
  const cuts = Math.max(1, scan.order.length - 1);
  const fromStart = Math.min(most, cuts);
  const place = Math.floor(draw * (fromStart + Math.min(most, cuts - fromStart)));
  return place < fromStart ? place + 1 : fromStart - place - 1;
}

function isOneHot({ maxCatToOnehot }: SearchNode, { valueBins }: LevelCells): boolean {
  return valueBins <= maxCatToOnehot;
}

/** Levels present in the node; with smoothing only those with at least catSmooth rows, the rest stay on the right. */
function sortedLevels(node: SearchNode, cells: LevelCells): Int32Array {
  const oneHot = isOneHot(node, cells);
  const smooth = oneHot ? 0 : node.catSmooth;
  const last = cells.valueBins + (cells.hasMissing ? 1 : 0);
  const key = new Float64Array(last);
  const order: number[] = [];
  for (let bin = 0; bin < last; bin++) {
    const h = cells.hessian(bin);
    if (h === 0 || rowsOf(node, h) < smooth) continue;
    order.push(bin);
    key[bin] = (cells.gradient(bin) * node.gUnit) / (h * node.hUnit + smooth);
  }
  if (!oneHot) order.sort((a, b) => key[a]! - key[b]! || a - b);
  return Int32Array.from(order);
}

function scanSingles(scan: Scan, draw: number): void {
  const { cells, order } = scan;
  const only = draw < 0 ? -1 : Math.floor(draw * order.length);
  for (const [place, bin] of order.entries()) {
    if (only >= 0 && place !== only) continue;
    tryLeft(scan, cells.gradient(bin), cells.hessian(bin), place + 1);
  }
}

/** Prefixes of so many levels and less, where a group of levels ends; onlyLast: that one alone. Negative = from the end. */
function scanPrefixes(scan: Scan, longest: number, onlyLast: boolean): void {
  const { node, cells, order } = scan;
  const used = order.length;
  const { minDataPerGroup } = node;
  const end = Math.min(Math.abs(longest), used);
  let leftG = 0;
  let leftH = 0;
  let inGroup = 0;
  for (let i = 0; i < end; i++) {
    const bin = order[longest < 0 ? used - 1 - i : i]!;
    const h = cells.hessian(bin);
    leftG += cells.gradient(bin);
    leftH += h;
    inGroup += rowsOf(node, h);
    if (leftH < node.minH) continue;
    const rightH = node.totalH - leftH;
    if (rightH < node.minH || rowsOf(node, rightH) < minDataPerGroup) break;
    if (inGroup < minDataPerGroup) continue;
    inGroup = 0;
    if (!onlyLast || i + 1 === end) tryLeft(scan, leftG, leftH, longest < 0 ? -1 - i : i + 1);
  }
}

function tryLeft({ node, l2, best, cells }: Scan, leftG: number, leftH: number, prefix: number): void {
  const rightH = node.totalH - leftH;
  if (leftH < node.minH || rightH < node.minH) return;
  best.couldSplit = true;
  const gain = splitGain({ ...node, l2 }, leftG, leftH, node.totalG - leftG, rightH, 0);
  if (!(gain > best.gain)) return;
  Object.assign(best, { gain, column: cells.column, bin: -1, missingLeft: false, leftG, leftH, prefix });
}

/** Which levels the prefix sends left: one byte for each bin and for missing. */
export function levelsOfPrefix(node: SearchNode, cells: LevelCells, prefix: number, leftH: number): Uint8Array {
  const goesLeft = new Uint8Array(cells.valueBins + 1);
  const order = sortedLevels(node, cells);
  const size = Math.abs(prefix);
  for (let i = isOneHot(node, cells) ? size - 1 : 0; i < size; i++) goesLeft[order[prefix < 0 ? order.length - 1 - i : i]!] = 1;
  const hasMissingRows = cells.hasMissing && cells.hessian(cells.valueBins) !== 0;
  if (!hasMissingRows) goesLeft[cells.valueBins] = leftH >= node.totalH - leftH ? 1 : 0;
  return goesLeft;
}
