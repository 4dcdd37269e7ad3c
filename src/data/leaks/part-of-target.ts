import { float64From } from "../../core/typed-from.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";

/** A column that counts or measures a part of what the target counts: arrests for grave offences beside all arrests. */
export interface PartOfTarget {
  /** Share of the rows in which it is no larger than the target, and of those where it is not 0 in which it is the whole target. */
  readonly within: number;
  readonly whole: number;
  /** The same two if the target were in another order: as often as chance does it. */
  readonly withinByChance: number;
  readonly wholeByChance: number;
}

const LEAST_ROWS = 50;
/** Rows in which the part is not 0. */
const LEAST_PRESENT = 20;
const WITHIN = 0.999;
const WHOLE = 0.2;
/** What chance does at most: a small number lies below a large one anyway. */
const WITHIN_BY_CHANCE = 0.9;
/** The wholes: so many times what chance does, or of what chance leaves so much (Cohen's kappa, "substantial" of Landis and Koch 1977), since small counts are often equal anyway. */
const [TIMES_CHANCE, KAPPA] = [3, 0.6];
/** Chance of so many wholes, times the columns looked at (Bonferroni). */
const FALSE_ALARM = 1e-4;

/**
 * Null unless both are never negative, the column is nowhere larger than the target (0.1 % of the rows may differ), and where it is not 0 it often is the whole target;
 * both far beyond chance, which is counted from the two distributions (wholes as binomial). Only for numbers. Linear in the rows but for the sort.
 */
export function partOfTarget(context: AuditContext, column: NumberColumn): PartOfTarget | null {
  return context.task.kind === "regression" && column.type === "number"
    ? partOf(column.values, context.target, context.roles.features.length)
    : null;
}

/** The same the other way round: the target is nowhere larger than the column, and often the whole of it, as a price is beside the one before a discount. */
export function wholeOfTarget(context: AuditContext, column: NumberColumn): PartOfTarget | null {
  return context.task.kind === "regression" && column.type === "number"
    ? partOf(context.target, column.values, context.roles.features.length)
    : null;
}

function partOf(part: Float64Array, ofWhole: Float64Array, looks: number): PartOfTarget | null {
  const rows = Array.from(part.keys()).filter((row) => !Number.isNaN(part[row]) && !Number.isNaN(ofWhole[row]));
  const parts = float64From(rows, (row) => part[row] ?? 0);
  const wholes = float64From(rows, (row) => ofWhole[row] ?? 0);
  const present = parts.reduce((count, part) => count + Number(part > 0), 0);
  if (rows.length < LEAST_ROWS || present < LEAST_PRESENT || parts.some((part) => part < 0) || wholes.some((whole) => whole < 0))
    return null;
  let [within, whole] = [0, 0];
  parts.forEach((own, i) => {
    within += Number(own <= (wholes[i] ?? 0));
    whole += Number(own > 0 && own === wholes[i]);
  });
  if (within < WITHIN * rows.length || whole < WHOLE * present) return null;
  const chance = byChance(parts, wholes);
  const found = {
    within: within / rows.length,
    whole: whole / present,
    withinByChance: chance.within,
    wholeByChance: chance.whole / present,
  };
  const isOften = found.whole >= Math.min(TIMES_CHANCE * found.wholeByChance, found.wholeByChance + KAPPA * (1 - found.wholeByChance));
  if (found.withinByChance > WITHIN_BY_CHANCE || !isOften) return null;
  return binomialUpperTail(whole, present, found.wholeByChance) * looks > FALSE_ALARM ? null : found;
}

/** Expected share of rows within, and expected rows that are whole, of a part and a target drawn apart from each other. */
function byChance(parts: Float64Array, wholes: Float64Array): { within: number; whole: number } {
  const sorted = wholes.toSorted();
  let [within, whole] = [0, 0];
  for (const part of parts) {
    const [from, to] = [firstWhere(sorted, (whole) => whole >= part), firstWhere(sorted, (whole) => whole > part)];
    within += (sorted.length - from) / sorted.length;
    if (part > 0) whole += (to - from) / sorted.length;
  }
  return { within: within / parts.length, whole };
}

/** First place at which the condition holds; it holds from there on. */
function firstWhere(sorted: Float64Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}
