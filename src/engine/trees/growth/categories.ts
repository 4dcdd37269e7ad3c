import { type NodeRules, splitGain } from "../kernels/split-gain.ts";
import type { GrowthRules } from "./part.ts";

/** A categorical column of a node. Cells: valueBins levels, then missing. */
export interface CategoryNode {
  /** View of the whole memory. */
  readonly words: Int32Array;
  /** Address of the first cell. */
  readonly cells: number;
  readonly valueBins: number;
  readonly totalG: number;
  readonly totalH: number;
  /** Least hessian of a side, a whole number of at least 1. */
  readonly minH: number;
  /** In the node. */
  readonly rows: number;
  readonly rules: NodeRules;
  readonly limits: GrowthRules;
  /** Uniform number for a random subset; -1 = the best one. */
  readonly draw: number;
}

export interface CategorySplit {
  readonly gain: number;
  /** By bin, 1 = left. */
  readonly goesLeft: Uint8Array;
  readonly leftG: number;
  readonly leftH: number;
  readonly l2: number;
}

interface Scan {
  readonly node: CategoryNode;
  readonly rules: NodeRules;
  /** Levels that may move left, sorted. */
  readonly order: Int32Array;
  readonly used: number;
  gain: number;
  prefix: number;
  fromEnd: boolean;
  leftG: number;
  leftH: number;
}

/**
 * Best set of levels of one categorical column, LightGBM's way (Fisher 1958: for a convex loss the best set is a prefix of the levels sorted by their
 * mean): few levels one against the rest, else prefixes of at most maxCatThreshold levels sorted by g / (h + catSmooth), from both ends. Missing is
 * one more level if the node has missing rows; else it follows the larger side. null: none beats `atLeast`.
 */
export function bestCategories(node: CategoryNode, atLeast: number): CategorySplit | null {
  const { valueBins, limits } = node;
  const oneHot = valueBins <= limits.maxCatToOnehot;
  const l2 = oneHot ? node.rules.l2 : node.rules.l2 + limits.catL2;
  const order = sortedLevels(node, oneHot ? 0 : limits.catSmooth, !oneHot);
  const scan: Scan = {
    node,
    rules: { ...node.rules, l2 },
    order,
    used: order.length,
    gain: atLeast,
    prefix: 0,
    fromEnd: false,
    leftG: 0,
    leftH: 0,
  };
  if (oneHot) scanSingles(scan);
  else {
    scanPrefixes(scan, false);
    if (node.draw < 0) scanPrefixes(scan, true);
  }
  if (scan.prefix === 0) return null;
  return { gain: scan.gain, goesLeft: leftLevels(scan, oneHot), leftG: scan.leftG, leftH: scan.leftH, l2 };
}

const gradientOf = ({ words, cells }: CategoryNode, bin: number) => words[cells / 4 + 2 * bin + 1]!;
const hessianOf = ({ words, cells }: CategoryNode, bin: number) => words[cells / 4 + 2 * bin]! >>> 0;

/** Rows are told from the hessian, as LightGBM does: exact where all hessians are equal. */
const rowsOf = ({ rules }: CategoryNode, hessian: number) => Math.floor(hessian * rules.rowsPerH + 0.5);

/** Levels present in the node; with smoothing only those with at least catSmooth rows, the rest stay on the right. */
function sortedLevels(node: CategoryNode, smooth: number, sorted: boolean): Int32Array {
  const { valueBins, rules } = node;
  const order = new Int32Array(valueBins + 1);
  const key = new Float64Array(valueBins + 1);
  let used = 0;
  for (let bin = 0; bin <= valueBins; bin++) {
    const h = hessianOf(node, bin);
    if (h === 0 || rowsOf(node, h) < smooth) continue;
    order[used++] = bin;
    key[bin] = (gradientOf(node, bin) * rules.gUnit) / (h * rules.hUnit + smooth);
  }
  const list = order.subarray(0, used);
  return sorted ? list.sort((a, b) => key[a]! - key[b]! || a - b) : list;
}

function scanSingles(scan: Scan): void {
  const { node, order, used } = scan;
  const only = node.draw < 0 ? -1 : Math.floor(node.draw * used);
  for (let place = 0; place < used; place++) {
    if (only >= 0 && place !== only) continue;
    const bin = order[place]!;
    tryLeft(scan, gradientOf(node, bin), hessianOf(node, bin), place + 1, false);
  }
}

function scanPrefixes(scan: Scan, fromEnd: boolean): void {
  const { node, order, used } = scan;
  const { minDataPerGroup, maxCatThreshold } = node.limits;
  const most = Math.min(maxCatThreshold, (used + 1) >> 1);
  const only = node.draw < 0 ? -1 : Math.floor(node.draw * Math.max(1, used - 1));
  const end = Math.min(only < 0 ? most : only + 1, used);
  let leftG = 0;
  let leftH = 0;
  let inGroup = 0;
  for (let i = 0; i < end; i++) {
    const bin = order[fromEnd ? used - 1 - i : i]!;
    const h = hessianOf(node, bin);
    leftG += gradientOf(node, bin);
    leftH += h;
    inGroup += rowsOf(node, h);
    if (only >= 0 && i !== only) continue;
    if (leftH < node.minH) continue;
    const rightH = node.totalH - leftH;
    if (rightH < node.minH || rowsOf(node, rightH) < minDataPerGroup) break;
    if (inGroup < minDataPerGroup) continue;
    inGroup = 0;
    tryLeft(scan, leftG, leftH, i + 1, fromEnd);
  }
}

function tryLeft(scan: Scan, leftG: number, leftH: number, prefix: number, fromEnd: boolean): void {
  const { node, rules } = scan;
  const rightH = node.totalH - leftH;
  if (leftH < node.minH || rightH < node.minH) return;
  const gain = splitGain(rules, leftG, leftH, node.totalG - leftG, rightH, 0);
  if (!(gain > scan.gain)) return;
  scan.gain = gain;
  scan.prefix = prefix;
  scan.fromEnd = fromEnd;
  scan.leftG = leftG;
  scan.leftH = leftH;
}

function leftLevels({ node, order, used, prefix, fromEnd, leftH }: Scan, oneHot: boolean): Uint8Array {
  const goesLeft = new Uint8Array(node.valueBins + 1);
  const first = oneHot ? prefix - 1 : 0;
  for (let i = first; i < prefix; i++) goesLeft[order[fromEnd ? used - 1 - i : i]!] = 1;
  if (hessianOf(node, node.valueBins) === 0) goesLeft[node.valueBins] = leftH >= node.totalH - leftH ? 1 : 0;
  return goesLeft;
}
