import { binomialUpperTail } from "../../stats/index.ts";
import type { NumberColumn, ValueCounts } from "../columns/counts.ts";
import { amount } from "../findings/phrase.ts";
import { codeBesideMark, codeConfidence, isolationOf, isPlaceholderDate, isWeakCode } from "./code-of-missing.ts";
import { endBlocks, type IsolatedBlock } from "./isolated-values.ts";
import { spikesOfNines } from "./spikes-of-nines.ts";

/** A number in a column that stands for "no value". */
export interface SentinelCode {
  readonly column: NumberColumn;
  readonly values: readonly number[];
  readonly rows: number;
  readonly present: number;
  readonly confidence: number;
  readonly rest: { readonly low: number; readonly high: number };
  readonly evidence: Readonly<Record<string, number | boolean | string>>;
}

/** Clear codes of a column at either end; the far end first, since it hides how the other one lies. */
export function sentinelCodes(column: NumberColumn, counts: ValueCounts): { clear: SentinelCode[]; weak: SentinelCode[] } {
  let [from, to] = [0, counts.values.length];
  const clear: SentinelCode[] = [];
  const confidence = column.type === "date" ? dateConfidence : codeConfidence;
  for (const side of ["high", "low", "high"] as const) {
    if (clear.some(({ evidence }) => evidence.high === (side === "high"))) continue;
    const blocks = endBlocks(counts, side, from, to).filter((block) => !hasLostSign(block, counts) && !isUsual(block, counts));
    const best = bestBlock(blocks, confidence);
    if (best === null) continue;
    clear.push(codeOf(column, counts, best, confidence(best)));
    if (side === "low") from += best.values.length;
    else to -= best.values.length;
  }
  clear.push(...besideMark(column, counts), ...placeholderDays(column, counts, clear), ...nines(column, counts, clear));
  const weak = column.type === "date" || clear.length > 0 ? [] : weakBlocks(counts).map((block) => codeOf(column, counts, block, 0.72));
  return { clear, weak };
}

/** Less sure blocks are not even asked about. */
const LEAST_SURE = 0.4;

/** The surest block; of equally sure ones the longest, so that 998 goes with 999. */
function bestBlock(blocks: readonly IsolatedBlock[], confidence: (block: IsolatedBlock) => number): IsolatedBlock | null {
  let best: IsolatedBlock | null = null;
  let least = LEAST_SURE;
  for (const block of blocks) {
    const sure = confidence(block);
    if (sure < least) continue;
    best = block;
    least = sure;
  }
  return best;
}

function weakBlocks(counts: ValueCounts): IsolatedBlock[] {
  const ends = (["low", "high"] as const).flatMap((side) => endBlocks(counts, side, 0, counts.values.length).slice(0, 1));
  return ends.filter((block) => isWeakCode(block) && !hasLostSign(block, counts) && !isUsual(block, counts));
}

/** A number with decimals that most rows have is what the column usually is: the 0 of what was scaled, and no code. */
function isUsual({ values, rows }: IsolatedBlock, { present }: ValueCounts): boolean {
  return 2 * rows > present && values.some((value) => !Number.isInteger(value));
}

/** 8 where all others are below 0 and -8 is one of them: a minus sign was lost. Codes such as 99 stay codes. */
function hasLostSign({ side, values, rest }: IsolatedBlock, counts: ValueCounts): boolean {
  if (side === "low" || rest.high >= 0) return false;
  return values.every((value) => value > 0 && !/^9{2,}$/.test(`${value}`) && counts.values.includes(-value));
}

function dateConfidence(block: IsolatedBlock): number {
  const years = block.gap / (365 * 86_400_000);
  if (!block.values.every(isPlaceholderDate) || block.rows < 2) return 0;
  return years >= 20 ? 0.95 : years >= 2 && isolationOf(block).spike >= 3 ? 0.85 : 0;
}

function codeOf(column: NumberColumn, counts: ValueCounts, block: IsolatedBlock, confidence: number): SentinelCode {
  const { gapToRange, gapToSpread, spike, onlyNegative, longTail } = isolationOf(block);
  return {
    column,
    values: block.values,
    rows: block.rows,
    present: counts.present,
    confidence,
    rest: { low: block.rest.low, high: block.rest.high },
    evidence: { high: block.side === "high", gapToRange, gapToSpread, spike, onlyNegative, longTail },
  };
}

/** 1 and 99 alone: with the code in 99 there is nothing to measure a distance by. */
function besideMark(column: NumberColumn, { values, counts, present }: ValueCounts): SentinelCode[] {
  const code = column.type === "date" ? null : codeBesideMark(values);
  if (code === null) return [];
  const mark = values[0] ?? 0;
  const evidence = {
    high: true,
    gapToRange: 0,
    gapToSpread: 0,
    spike: (counts[1] ?? 0) / (counts[0] || 1),
    onlyNegative: false,
    longTail: false,
  };
  return [{ column, values: [code], rows: counts[1] ?? 0, present, confidence: 0.6, rest: { low: mark, high: mark }, evidence }];
}

/** It lies among other values: asked. */
const AMONG_OTHERS = 0.45;

function nines(column: NumberColumn, counts: ValueCounts, told: readonly SentinelCode[]): SentinelCode[] {
  if (column.type === "date") return [];
  const known = new Set(told.flatMap((code) => code.values));
  return spikesOfNines(counts).flatMap(({ value, rows, spike }): SentinelCode[] => {
    if (known.has(value)) return [];
    const others = counts.values.filter((other) => other !== value && !known.has(other));
    const rest = { low: others[0] ?? 0, high: others.at(-1) ?? 0 };
    const evidence = { high: true, amongOthers: true, gapToRange: 0, gapToSpread: 0, spike, onlyNegative: false, longTail: true };
    return [{ column, values: [value], rows, present: counts.present, confidence: AMONG_OTHERS, rest, evidence }];
  });
}

/** Days among others that programs write for "no date", on which far more rows fall than on the days beside them. */
const [LEAST_ON_DAY, DAY_TIMES, BESIDE] = [5, 4, 10];
/** Chance that one of so many days that are equally frequent has so many of all their rows. */
const DAY_BY_CHANCE = 0.001;

function placeholderDays(column: NumberColumn, { values, counts, present }: ValueCounts, told: readonly SentinelCode[]): SentinelCode[] {
  if (column.type !== "date" || values.length < 2 * BESIDE) return [];
  const known = new Set(told.flatMap((code) => code.values));
  const found: SentinelCode[] = [];
  for (let place = 0; place < values.length; place++) {
    const [value, rows] = [values[place] ?? 0, counts[place] ?? 0];
    if (rows < LEAST_ON_DAY || known.has(value) || !isPlaceholderDate(value)) continue;
    const beside = Array.from(counts.slice(Math.max(0, place - BESIDE / 2), place + BESIDE / 2 + 1)).filter(
      (_, i) => !isPlaceholderDate(values[Math.max(0, place - BESIDE / 2) + i] ?? 0),
    );
    const others = beside.reduce((sum, count) => sum + count, 0);
    const usual = others / Math.max(1, beside.length);
    const chance = binomialUpperTail(rows, rows + others, 1 / (beside.length + 1));
    if (beside.length === 0 || rows < DAY_TIMES * usual || chance > DAY_BY_CHANCE) continue;
    const evidence = { high: false, gapToRange: 0, gapToSpread: 0, spike: rows / usual, onlyNegative: false, longTail: false };
    found.push({
      column,
      values: [value],
      rows,
      present,
      confidence: 0.75,
      rest: { low: values[0] ?? 0, high: values.at(-1) ?? 0 },
      evidence,
    });
  }
  return found;
}

/** How it stands out of the other values, as a part of a sentence. */
export function standsOut({ evidence, rest }: SentinelCode, shown: (value: number) => string): string {
  return evidence.amongOthers === true
    ? `, ${amount(Math.round(Number(evidence.spike)))} times as often as the values beside it`
    : ` while all other values lie between ${shown(rest.low)} and ${shown(rest.high)}`;
}
