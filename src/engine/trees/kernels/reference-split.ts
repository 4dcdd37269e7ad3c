import { type Cells, cellsOf } from "./cells.ts";
import {
  COLUMN_CELL,
  COLUMN_HAS_MISSING,
  COLUMN_IMPLICIT,
  COLUMN_VALUE_BINS,
  COLUMN_WORDS,
  FOUND_BIN,
  FOUND_COLUMN,
  FOUND_COULD_SPLIT,
  FOUND_GAIN,
  FOUND_LEFT_G,
  FOUND_LEFT_H,
  FOUND_MISSING_LEFT,
  NODE_DRAWS,
  NODE_G,
  NODE_H,
  NODE_MIN_H,
  NODE_MONOTONE,
} from "./layout.ts";
import type { TreeMemory } from "./memory.ts";
import { type NodeRules, nodeRulesAt, splitGain } from "./split-gain.ts";

interface Search extends NodeRules {
  readonly totalG: number;
  readonly totalH: number;
  readonly minH: number;
  gain: number;
  column: number;
  bin: number;
  missingLeft: boolean;
  leftG: number;
  leftH: number;
  couldSplit: boolean;
}

export function findNumericReference(
  memory: TreeMemory,
  histogram: number,
  columns: number,
  list: number,
  count: number,
  node: number,
  found: number,
): void {
  const { i32, f64 } = memory;
  const about = (place: number) => f64[node / 8 + place]!;
  const search: Search = {
    ...nodeRulesAt(memory, node),
    totalG: about(NODE_G),
    totalH: about(NODE_H),
    minH: about(NODE_MIN_H),
    gain: Number.NEGATIVE_INFINITY,
    column: -1,
    bin: 0,
    missingLeft: false,
    leftG: 0,
    leftH: 0,
    couldSplit: false,
  };
  const draws = about(NODE_DRAWS);
  const monotone = about(NODE_MONOTONE);
  for (let i = 0; i < count; i++) {
    const column = i32[list / 4 + i]!;
    const at = columns / 4 + column * COLUMN_WORDS;
    const cells = cellsOf(
      memory,
      histogram + i32[at + COLUMN_CELL]! * 8,
      i32[at + COLUMN_VALUE_BINS]!,
      i32[at + COLUMN_IMPLICIT]!,
      i32[at + COLUMN_HAS_MISSING]! !== 0,
      search,
    );
    const sign = monotone === 0 ? 0 : i32[monotone / 4 + column]!;
    const only = draws === 0 ? -1 : drawnBin(cells, f64[draws / 8 + i]!);
    const scan = (missingLeft: boolean) => {
      if (search.plain && only < 0 && sign === 0 && i32[at + COLUMN_IMPLICIT]! < 0) scanPlain(search, cells, column, missingLeft);
      else scanGeneral(search, cells, column, only, sign, missingLeft);
    };
    scan(false);
    if (cells.missingG !== 0 || cells.missingH !== 0) scan(true);
  }
  f64[found / 8 + FOUND_GAIN] = search.gain;
  f64[found / 8 + FOUND_COLUMN] = search.column;
  f64[found / 8 + FOUND_COULD_SPLIT] = search.couldSplit ? 1 : 0;
  if (search.column < 0) return;
  f64[found / 8 + FOUND_BIN] = search.bin;
  f64[found / 8 + FOUND_MISSING_LEFT] = search.missingLeft ? 1 : 0;
  f64[found / 8 + FOUND_LEFT_G] = search.leftG;
  f64[found / 8 + FOUND_LEFT_H] = search.leftH;
}

/** The gain in steps of gradients: without gUnit^2. */
function scanPlain(search: Search, cells: Cells, column: number, missingLeft: boolean): void {
  const { totalG, totalH, minH, gUnit, hUnit, l2 } = search;
  let leftG = missingLeft ? cells.missingG : 0;
  let leftH = missingLeft ? cells.missingH : 0;
  let best = search.gain / (gUnit * gUnit);
  for (let bin = 0; bin < cells.valueBins; bin++) {
    leftG += cells.gradient(bin);
    leftH += cells.hessian(bin);
    if (leftH < minH) continue;
    const [rightG, rightH] = [totalG - leftG, totalH - leftH];
    if (rightH < minH) break;
    search.couldSplit = true;
    const gain = (leftG * leftG) / (leftH * hUnit + l2) + (rightG * rightG) / (rightH * hUnit + l2);
    if (gain <= best) continue;
    best = gain;
    keep(search, { gain: gain * (gUnit * gUnit), column, bin, missingLeft, leftG, leftH });
  }
}

function keep(search: Search, found: Pick<Search, "gain" | "column" | "bin" | "missingLeft" | "leftG" | "leftH">): void {
  Object.assign(search, found);
}

/** Bins from the left, with missing on the right or on the left. */
function scanGeneral(search: Search, cells: Cells, column: number, only: number, sign: number, missingLeft: boolean): void {
  const { totalG, totalH, minH } = search;
  let leftG = missingLeft ? cells.missingG : 0;
  let leftH = missingLeft ? cells.missingH : 0;
  for (let bin = 0; bin < cells.valueBins; bin++) {
    const g = cells.gradient(bin);
    const h = cells.hessian(bin);
    leftG += g;
    leftH += h;
    if (g === 0 && h === 0 && bin !== only) continue;
    if (leftH < minH) continue;
    if (totalH - leftH < minH) break;
    search.couldSplit = true;
    if (only >= 0 && bin !== only) continue;
    const gain = splitGain(search, leftG, leftH, totalG - leftG, totalH - leftH, sign);
    if (gain > search.gain) keep(search, { gain, column, bin, missingLeft, leftG, leftH });
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
