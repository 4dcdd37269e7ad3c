import { float64Where } from "../../core/typed-from.ts";
import { binomialCdf, moments, normalCdf } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { countValues, type NumberColumn, valueCounts } from "../columns/counts.ts";
import { decimalsOf } from "../columns/written-decimals.ts";

/** A column whose values are means of the target over the rows that share them. */
export interface WholeEncoding {
  readonly column: string;
  /** Class whose share it is; -1 for the mean of numbers, -2 of their logarithms, -3 of those of 1 + the number. */
  readonly classIndex: number;
  readonly values: number;
  /** Share of the rows whose value is the mean of their own group. */
  readonly exact: number;
}

const LEAST_VALUES = 4;
/** Groups of fewer rows on average hold no mean worth the name. */
const LEAST_PER_VALUE = 3;
const EXACT = 0.95;
/** Chance, over all columns and classes, that labels drawn for the groups anew hit all of the means; and how many groups must not hit as often as not. */
const BY_CHANCE = 1e-3;
const LEAST_TOLD = 3;
/** Relative error of numbers that were written as 32-bit floats. */
const SINGLE_PRECISION = 1.2e-7;

/** The mean of the target over the rows of a value is that value: the encoding was learned on all rows, each row's own label among them. looks: columns that are looked at. */
export function wholeEncoding(context: AuditContext, column: NumberColumn, looks: number): WholeEncoding | null {
  if (context.frame.rowNumbers !== null || column.type !== "number") return null;
  const { values, counts, present } = valueCounts(context, column);
  const distinct = values.length;
  if (distinct < LEAST_VALUES || distinct * LEAST_PER_VALUE > present) return null;
  const classes = context.task.kind === "regression" ? formsOf(context) : Array.from(context.task.classes.keys());
  if (classes[0] !== -1 && ((values[0] ?? 0) < 0 || (values.at(-1) ?? 0) > 1)) return null;
  const frequent = values[counts.reduce((top, rows, i) => (rows > (counts[top] ?? 0) ? i : top), 0)] ?? 0;
  const rounding = 0.5 * 10 ** -decimalsOf(values);
  for (const classIndex of classes) {
    const labels = ownLabels(context, classIndex);
    // The most frequent value alone refutes most columns, at a fraction of the time.
    if (!isMeanOf(labels, column.values, frequent, rounding)) continue;
    const exact = exactShare(labels, column.values, rounding, BY_CHANCE / (looks * classes.length));
    if (exact >= EXACT) return { column: column.name, classIndex, values: distinct, exact };
  }
  return null;
}

/** Amounts are often averaged as logarithms. */
export const [PLAIN, LOG, LOG_OF_MORE] = [-1, -2, -3];

function formsOf(context: AuditContext): readonly number[] {
  return context.shared("forms-of-target", () => {
    const least = context.target.reduce((low, value) => (value < low ? value : low), Number.POSITIVE_INFINITY);
    return least > 0 ? [PLAIN, LOG, LOG_OF_MORE] : least === 0 ? [PLAIN, LOG_OF_MORE] : [PLAIN];
  });
}

function inForm(value: number, form: number): number {
  return form === LOG ? Math.log(value) : form === LOG_OF_MORE ? Math.log1p(value) : value;
}

/** The target, or whether it is a class; how far the mean of n of them strays is known from mean, deviation and the most frequent value. */
interface OwnLabels {
  readonly values: Float64Array;
  readonly mean: number;
  readonly deviation: number;
  readonly isShare: boolean;
  readonly mode: number;
  readonly modeShare: number;
}

/** Once per class and audit. */
function ownLabels(context: AuditContext, classIndex: number): OwnLabels {
  return context.shared(`own-labels:${classIndex}`, () => {
    const values = context.target.map((label) =>
      classIndex < 0 ? inForm(label, classIndex) : Number.isNaN(label) ? label : Number(label === classIndex),
    );
    const { mean, variance } = moments(float64Where(values, (value) => !Number.isNaN(value)));
    const counted = countValues(values);
    const top = counted.counts.reduce((best, rows, i) => (rows > (counted.counts[best] ?? 0) ? i : best), 0);
    return {
      values,
      mean,
      deviation: Math.sqrt(variance),
      isShare: classIndex >= 0,
      mode: counted.values[top] ?? Number.NaN,
      modeShare: (counted.counts[top] ?? 0) / Math.max(1, counted.present),
    };
  });
}

/** Values may be written with few decimals, or in single precision; a millionth of the target's deviation is rounding of sums. */
function toleranceAt(value: number, { deviation }: OwnLabels, rounding: number): number {
  return Math.max(rounding * (1 + 1e-6), 1e-6 * deviation, SINGLE_PRECISION * Math.abs(value));
}

function isMeanOf(labels: OwnLabels, values: Float64Array, value: number, rounding: number): boolean {
  let [rows, sum] = [0, 0];
  for (let row = 0; row < labels.values.length; row++) {
    const label = labels.values[row] ?? Number.NaN;
    if (values[row] !== value || Number.isNaN(label)) continue;
    rows++;
    sum += label;
  }
  return rows > 0 && Math.abs(sum / rows - value) <= toleranceAt(value, labels, rounding);
}

/**
 * Share of the rows whose value is the mean of their group; 0 when chance explains it: groups drawn from all labels would have such means as well, or the
 * column is on the target's own scale and written so coarsely that means which only lie near the value round to it ("offences" beside "arrests").
 */
function exactShare(labels: OwnLabels, values: Float64Array, rounding: number, most: number): number {
  const groups = new Map<number, { rows: number; sum: number; squares: number }>();
  let all = 0;
  for (let row = 0; row < labels.values.length; row++) {
    const [label, value] = [labels.values[row] ?? Number.NaN, values[row] ?? Number.NaN];
    if (Number.isNaN(label) || Number.isNaN(value)) continue;
    all++;
    const held = groups.get(value);
    if (held === undefined) groups.set(value, { rows: 1, sum: label, squares: label ** 2 });
    else {
      held.rows++;
      held.sum += label;
      held.squares += label ** 2;
    }
  }
  let [exact, told, byChance] = [0, 0, 1];
  for (const [value, { rows, sum, squares }] of groups) {
    const tolerance = toleranceAt(value, labels, rounding);
    // Two rows or more, since the label itself is another trap.
    if (rows < 2 || Math.abs(sum / rows - value) > tolerance) continue;
    exact += rows;
    const ownVariance = Math.max(0, squares / rows - (sum / rows) ** 2);
    const chance = Math.max(chanceOf(value, rows, labels, tolerance), roundsTo(tolerance, Math.sqrt(ownVariance / rows)));
    if (chance < 0.5) told++;
    byChance *= chance;
  }
  return all === 0 || told < LEAST_TOLD || byChance > most ? 0 : exact / all;
}

/** Chance that a mean which strays from the value by its own standard error (normal) still lies within the tolerance. */
function roundsTo(tolerance: number, standardError: number): number {
  return standardError === 0 ? 1 : 2 * normalCdf(tolerance / standardError) - 1;
}

/** Chance that the mean of so many labels drawn from all lies within the tolerance: binomial for a class; else normal, or all the most frequent value. */
function chanceOf(value: number, rows: number, { mean, deviation, isShare, mode, modeShare }: OwnLabels, tolerance: number): number {
  const [low, high] = [value - tolerance, value + tolerance];
  if (isShare) {
    const below = Math.ceil(rows * low) - 1;
    return Math.max(0, binomialCdf(Math.min(rows, Math.floor(rows * high)), rows, mean) - (below < 0 ? 0 : binomialCdf(below, rows, mean)));
  }
  const spread = deviation / Math.sqrt(rows);
  const normal = normalCdf((high - mean) / spread) - normalCdf((low - mean) / spread);
  return Math.max(normal, mode >= low && mode <= high ? modeShare ** rows : 0);
}
