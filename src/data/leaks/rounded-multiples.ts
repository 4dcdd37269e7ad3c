import { float64From } from "../../core/typed-from.ts";
import { quantile, sortedCopy } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { numberFeatures } from "../columns/features.ts";
import { decimalsOf, halfDecimal } from "../columns/written-decimals.ts";
import { answerFor } from "../signal/leak-odds.ts";
import { writtenTargets } from "./written-targets.ts";

/** A column that is the target in a larger unit, rounded to whole steps of it: the blocks of a file's bytes, the months of a time in days. target = constant x column, off by less than `step`. */
export interface RoundedMultiple {
  readonly column: string;
  readonly constant: number;
  /** What one step of the column is worth in the target. */
  readonly step: number;
  readonly rounded: Rounded;
  /** Of the rows with more than one step, those in which it holds. */
  readonly share: number;
  readonly rows: number;
}

type Rounded = "up" | "down" | "nearest";

/** Where the target lies about constant x column, in steps. */
const LIES: Readonly<Record<Rounded, readonly [number, number]>> = { up: [-1, 0], down: [0, 1], nearest: [-0.5, 0.5] };

const SHARE = 0.99;
const LEAST_ROWS = 50;
/** Different values of the column, and rows of so many steps or more: a few wide steps hold whatever rises with them. */
const [LEAST_VALUES, MANY_STEPS, LEAST_OF_MANY] = [10, 10, 20];
/** What is lost by rounding lies anywhere in a step: so much of it in each third at least. Amounts that were planned (lessons of 50 minutes) lie near the plan. */
const [THIRDS, LEAST_IN_THIRD] = [3, 0.1];
/** How far apart the constants are, at most, that nearly all rows leave possible. */
const MOST_APART = 0.05;

/** Once per audit. Amounts from 0 on. */
export function roundedMultiples(context: AuditContext): readonly RoundedMultiple[] {
  return context.shared("rounded multiples", () => {
    const { task, target } = context;
    if (task.kind !== "regression" || target.some((value) => value < 0)) return [];
    const itself = new Set(writtenTargets(context).map(({ column }) => column));
    return numberFeatures(context).flatMap((column) => {
      if (column.type !== "number" || itself.has(column.name) || answerFor(context, column.name) === "before") return [];
      return multipleIn(context, column);
    });
  });
}

function multipleIn(context: AuditContext, column: NumberColumn): readonly RoundedMultiple[] {
  const { values } = valueCounts(context, column);
  if (values.length < LEAST_VALUES || !((values[0] ?? -1) >= 0)) return [];
  const unit = unitOf(values);
  const { target } = context;
  const rows = [...target.keys()].filter((row) => (column.values[row] ?? Number.NaN) > 1.5 * unit && !Number.isNaN(target[row]));
  const far = rows.filter((row) => (column.values[row] ?? 0) >= MANY_STEPS * unit);
  if (rows.length < LEAST_ROWS || far.length < LEAST_OF_MANY) return [];
  const own = float64From(rows, (row) => column.values[row] ?? Number.NaN);
  const wanted = float64From(rows, (row) => target[row] ?? Number.NaN);
  const found = (["up", "down", "nearest"] as const).flatMap((rounded) => fitOf(own, wanted, unit, rounded) ?? []);
  const [best] = found.toSorted((a, b) => b.share - a.share);
  return best === undefined ? [] : [{ column: column.name, rows: rows.length, ...best }];
}

/** The largest number of which nearly all different values are whole multiples: their last decimal, or several of it. */
function unitOf(values: Float64Array): number {
  const ten = 10 ** decimalsOf(values);
  const whole = values.map((value) => Math.round(value * ten)).filter((value) => value > 0);
  const common = whole.reduce((divisor, value) => greatestCommon(divisor, value), 0);
  const usual = quantile(sortedCopy(whole.slice(1).map((value, i) => value - (whole[i] ?? 0))), 0.5);
  const isUsual = whole.filter((value) => value % usual === 0).length >= SHARE * whole.length;
  return (isUsual ? Math.max(usual, common) : common) / ten;
}

function greatestCommon(a: number, b: number): number {
  return b === 0 ? a : greatestCommon(b, a % b);
}

/** null when no constant leaves nearly all rows within a step. */
function fitOf(
  own: Float64Array,
  wanted: Float64Array,
  unit: number,
  rounded: Rounded,
): Pick<RoundedMultiple, "constant" | "step" | "rounded" | "share"> | null {
  const [least, most] = LIES[rounded].map((steps) => steps * unit) as [number, number];
  const slack = (1 - SHARE) / 2;
  const low = quantile(sortedCopy(own.map((value, i) => (wanted[i] ?? 0) / (value + most))), 1 - slack);
  const high = quantile(sortedCopy(own.map((value, i) => (wanted[i] ?? 0) / (value + least))), slack);
  if (!(low > 0 && low <= high * (1 + DUST) && high - low <= MOST_APART * high)) return null;
  const constant = roundBetween(low, high);
  const half = halfDecimal(wanted);
  let [held, exact] = [0, 0];
  own.forEach((value, i) => {
    const off = (wanted[i] ?? 0) - constant * value;
    const dust = half + DUST * constant * value;
    held += Number(off >= constant * least - dust && off <= constant * most + dust);
    exact += Number(Math.abs(off) <= dust);
  });
  const share = held / own.length;
  if (!fillsSteps(own.map((value, i) => ((wanted[i] ?? 0) / constant - value - least) / (most - least)))) return null;
  // A plain multiple is told as the target in another unit, without steps.
  return share < SHARE || exact >= SHARE * own.length ? null : { constant, step: constant * unit, rounded, share };
}

/** places: of each row, 0 to 1 within its step. */
function fillsSteps(places: Float64Array): boolean {
  const counts = Array.from({ length: THIRDS }, (_, third) => places.filter((place) => Math.floor(THIRDS * place) === third).length);
  return counts.every((count) => count >= LEAST_IN_THIRD * places.length);
}

/** What arithmetic loses. */
const DUST = 1e-9;
const MOST_DIGITS = 15;

/** The shortest number between two. */
function roundBetween(low: number, high: number): number {
  const middle = (low + high) / 2;
  for (let digits = 1; digits < MOST_DIGITS; digits++) {
    const short = Number(middle.toPrecision(digits));
    if (short >= low && short <= high) return short;
  }
  return middle;
}
