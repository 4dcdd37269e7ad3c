import type { Counterfactual } from "../../core/finding.ts";
import { float64From } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, rowQuantile, type ValueCounts, valueCounts } from "../columns/counts.ts";
import { numberFeatures } from "../columns/features.ts";
import { featureCodes } from "../missing/feature-codes.ts";
import { associationsOf } from "../signal/associations.ts";

/** How the values of a number column lie. */
export interface NumberShape {
  readonly column: NumberColumn;
  readonly median: number;
  readonly mean: number;
  readonly deviation: number;
  /** Share of the squared deviations from the median that the hundredth of the rows farthest from it carries; a normal column: 8 %. */
  readonly tail: Tail;
  /** The same of log(1 + value / unit), where a hundredth of the values above 0 are below the unit; null where some value is below 0. */
  readonly logTail: Tail | null;
}

export interface Tail {
  readonly share: number;
  /** Of these rows those at least so far from the median stand apart: beyond the widest gap, by the ratio of distances. */
  readonly from: number;
}

/** One row in a hundred carries more than all others together: a straight line goes by it. */
export const DECIDED_BY_FEW = 0.5;
/** What a hundredth of the rows of a normal column carries, and twice that. */
export const NORMAL_TAIL = 0.08;
export const HEAVY_TAIL = 0.16;

/** Numbers that a linear model is measured with: more of them tell it little of one trap, and its time grows with their square. */
const MOST_COLUMNS = 30;
/** Fewer different values are marks rather than measurements. */
export const LEAST_DISTINCT = 10;
const FAR = 0.01;

/** The number features without values that stand for "no value" and without an infinite one; of many those that tell most of the target. Once per audit. */
export function linearColumns(context: AuditContext): readonly NumberColumn[] {
  return context.shared("linear-columns", () => {
    const coded = new Set(featureCodes(context).map(({ column }) => column.name));
    const told = associationsOf(context);
    const score = ({ name }: NumberColumn) => told.get(name)?.score ?? 0.5;
    const fit = numberFeatures(context).filter((column) => {
      const { values } = valueCounts(context, column);
      return !coded.has(column.name) && values.length > 1 && Number.isFinite(values[0]) && Number.isFinite(values.at(-1));
    });
    const strongest = [...fit].sort((a, b) => score(b) - score(a) || (a.name < b.name ? -1 : 1)).slice(0, MOST_COLUMNS);
    return strongest.sort((a, b) => (a.name < b.name ? -1 : 1));
  });
}

/** Rows that settle a linear model of so few numbers; more of them cost time in proportion. */
const ENOUGH_ROWS = 4000;
/** Share of the rows that trains in five folds. */
export const TRAINS = 0.8;

/** What both sides of two linear models share. */
export function linearGround(
  context: AuditContext,
): Pick<Extract<Counterfactual, { change: "linear" }>, "change" | "features" | "trainShare"> {
  const features = linearColumns(context).map(({ name }) => name);
  const share = ENOUGH_ROWS / (TRAINS * context.frame.rows);
  return { change: "linear", features, ...(share < 1 ? { trainShare: share } : {}) };
}

/** Of the linear columns with enough different values. Once per audit. */
export function numberShapes(context: AuditContext): readonly NumberShape[] {
  return context.shared("number-shapes", () =>
    linearColumns(context)
      .filter((column) => valueCounts(context, column).values.length >= LEAST_DISTINCT)
      .map((column) => shapeOf(column, valueCounts(context, column))),
  );
}

export function shapeOf(column: NumberColumn, counts: ValueCounts): NumberShape {
  const { values } = counts;
  const isNegative = (values[0] ?? 0) < 0;
  const positive = values.findIndex((value) => value > 0);
  const unit = rowQuantile(counts, Math.max(0, positive), values.length, FAR);
  const logs = isNegative || !(unit > 0) ? null : { ...counts, values: float64From(values, (value) => Math.log1p(value / unit)) };
  const { mean, deviation } = momentsOf(counts);
  return {
    column,
    median: rowQuantile(counts, 0, values.length, 0.5),
    mean,
    deviation,
    tail: tailOf(counts),
    logTail: logs === null ? null : tailOf(logs),
  };
}

function momentsOf({ values, counts, present }: ValueCounts): { mean: number; deviation: number } {
  let [mean, variance] = [0, 0];
  for (let i = 0; i < values.length; i++) mean += (values[i] as number) * ((counts[i] as number) / present);
  for (let i = 0; i < values.length; i++) variance += ((values[i] as number) - mean) ** 2 * ((counts[i] as number) / present);
  return { mean, deviation: Math.sqrt(variance) };
}

function squaresFrom(middle: number, values: Float64Array, counts: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs((values[i] as number) - middle) ** 2 * (counts[i] as number);
  return sum;
}

/** From both ends of the sorted values inwards, the farther one first, while a hundredth of the rows is not used up. */
function tailOf(of: ValueCounts): Tail {
  const { values, counts, present } = of;
  const median = rowQuantile(of, 0, values.length, 0.5);
  const distance = (place: number) => Math.abs((values[place] ?? median) - median);
  const total = squaresFrom(median, values, counts);
  let [low, high, rows, held] = [0, values.length - 1, 0, 0];
  let [before, from, widest] = [Number.NaN, Number.POSITIVE_INFINITY, 0];
  while (low < high) {
    const place = distance(low) > distance(high) ? low++ : high--;
    if (before / distance(place) > widest) [from, widest] = [before, before / distance(place)];
    before = distance(place);
    rows += counts[place] ?? 0;
    if (rows > FAR * present) break;
    held += distance(place) ** 2 * (counts[place] ?? 0);
  }
  return { share: total > 0 ? held / total : 0, from };
}
