import type { Dimension } from "../../core/units.ts";
import { type Heap, kolmogorovSmirnovOfCounts, type TwoModes, twoModes } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { type Conversion, conversionsFor } from "../meaning/units.ts";
import { likeFactors } from "./like-factors.ts";

/** Two heaps of one column that become one when the upper is converted. */
export interface UnitHeaps {
  readonly column: NumberColumn;
  readonly dimension: Dimension | null;
  readonly conversion: Conversion;
  /** A factor near to it that the heaps bear as well; null where they say which. */
  readonly other: Conversion | null;
  readonly modes: TwoModes;
  /** Where the heaps part, in the column's own values. */
  readonly cut: number;
  readonly apart: number;
  /** Kolmogorov-Smirnov distance of the heaps after conversion, and how much is let pass. */
  readonly distance: number;
  readonly allowed: number;
  /** The heaps are unlike beyond chance: two sources that differ a little, or two kinds of things. */
  readonly unlike: boolean;
  /** Probability that two natural heaps stand in the ratio of one of the units that were tried. */
  readonly coincidence: number;
}

/** No normal, uniform or exponential column falls into halves so far apart, see `twoModes`. */
const APART = 4;
/** The rarer unit has so many rows. */
const LEAST_ROWS = 10;
const LEAST_SHARE = 0.005;
/** Two sources measure different things a little: beyond what chance allows (Kolmogorov-Smirnov, 1 %). */
const UNLIKE = 0.1;
/** Natural heaps lie anywhere in these decades from one another. */
const DECADES = 2;

/** Of the rows in the rarer heap of either column so many are in that of both. */
const SAME_ROWS = 0.8;

type Scale = "log" | "plain";

/** Codes for "no value" lie apart too: `leftOut`. null: the column does not fall into two heaps. */
export function unitHeaps(context: AuditContext, column: NumberColumn, leftOut: ReadonlySet<number>): UnitHeaps | "other ratio" | null {
  const meaning = context.roles.meanings[column.name];
  const { dimension, conversions } = conversionsFor(column.name, meaning?.type ?? null, meaning?.unit ?? null);
  const looks = (["log", "plain"] as const).flatMap((scale) => {
    const fitting = conversions.filter(({ offset }) => (offset === 0) === (scale === "log"));
    const found = fitting.length === 0 ? null : lookAt(context, column, leftOut, scale, fitting);
    return found === null ? [] : [found];
  });
  const fits = looks.flatMap((one) =>
    one === "other ratio" ? [] : [{ ...one, ...likeFactors(one.conversion, one.modes, dimension, conversions), column, dimension }],
  );
  const [best] = fits.sort((a, b) => a.distance - b.distance);
  return best ?? (looks.length === 0 ? null : "other ratio");
}

/** The same on a scale of ratios, with conversions that are given. null: no two heaps, or in another ratio. */
export function heapsAt(
  context: AuditContext,
  column: NumberColumn,
  leftOut: ReadonlySet<number>,
  conversions: readonly Conversion[],
): UnitHeaps | null {
  const found = lookAt(context, column, leftOut, "log", conversions);
  return found === null || found === "other ratio" ? null : { ...found, column, dimension: null, other: null };
}

function lookAt(
  context: AuditContext,
  column: NumberColumn,
  leftOut: ReadonlySet<number>,
  scale: Scale,
  conversions: readonly Conversion[],
): Omit<UnitHeaps, "column" | "dimension" | "other"> | "other ratio" | null {
  const scaled = scaledCounts(context, column, leftOut, scale);
  if (scaled === null) return null;
  const modes = twoModes(scaled.values, scaled.counts, Math.max(LEAST_ROWS, LEAST_SHARE * scaled.rows));
  if (modes === null || modes.apart < APART) return null;
  const { lower, upper } = modes;
  const byChance = 1.63 * Math.sqrt((lower.rows + upper.rows) / (lower.rows * upper.rows));
  const allowed = UNLIKE + byChance;
  const fits = conversions
    .map((conversion) => ({ conversion, distance: kolmogorovSmirnovOfCounts(lower, upper, mapOf(conversion, scale)) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance);
  const [best] = fits;
  if (best === undefined) return "other ratio";
  const cut = scale === "log" ? 10 ** modes.cut : modes.cut;
  const unlike = best.distance > byChance;
  return {
    ...best,
    modes,
    cut,
    apart: modes.apart,
    allowed,
    unlike,
    coincidence: coincidenceOf(lower, upper, allowed, conversions.length, scale),
  };
}

/** Positive values as logarithms, or all as they are; null when too few values or too many that have no logarithm. */
function scaledCounts(context: AuditContext, column: NumberColumn, leftOut: ReadonlySet<number>, scale: Scale) {
  const { values, counts, present } = valueCounts(context, column);
  if (scale === "log" && positiveRows(values, counts) < 0.9 * present) return null;
  const [scaled, kept] = [new Float64Array(values.length), new Int32Array(values.length)];
  let [different, rows] = [0, 0];
  for (let place = 0; place < values.length; place++) {
    const [value, count] = [values[place] ?? Number.NaN, counts[place] ?? 0];
    if (!Number.isFinite(value) || (scale === "log" && value <= 0) || (leftOut.size > 0 && leftOut.has(value))) continue;
    scaled[different] = scale === "log" ? Math.log10(value) : value;
    kept[different++] = count;
    rows += count;
  }
  if (different < 20 || (scale === "log" && rows < 0.9 * present)) return null;
  return { values: scaled.subarray(0, different), counts: kept.subarray(0, different), rows };
}

function positiveRows(values: Float64Array, counts: Int32Array): number {
  let rows = 0;
  for (let place = values.length - 1; place >= 0 && (values[place] ?? 0) > 0; place--) rows += counts[place] ?? 0;
  return rows;
}

function mapOf({ factor, offset }: Conversion, scale: Scale): (value: number) => number {
  const shift = Math.log10(factor);
  return scale === "log" ? (value) => value + shift : (value) => value * factor + offset;
}

/**
 * A shift of d spreads makes a distance of about 0.4 d (the height of the normal density), so each conversion lets pass a window of 2 allowed / 0.4
 * spreads out of all the places where a second heap may lie. An affine conversion must meet the spread too: its window is squared.
 */
function coincidenceOf(lower: Heap, upper: Heap, allowed: number, tried: number, scale: Scale): number {
  const spread = Math.max(lower.spread, upper.spread);
  const window = (2 * allowed * spread) / 0.4;
  const places = scale === "log" ? DECADES : 10 * spread + Math.abs(upper.median - lower.median);
  return Math.min(1, tried * (window / places) ** (scale === "log" ? 1 : 2));
}

/** Columns that one factor parts in the same rows (a reading and those of the days before) meet it by one chance. */
export function areOneChance(first: UnitHeaps, second: UnitHeaps): boolean {
  if (first.conversion.factor !== second.conversion.factor) return false;
  const isRarer = ({ column, cut, modes }: UnitHeaps, row: number): boolean =>
    (column.values[row] ?? Number.NaN) > cut === modes.upper.rows < modes.lower.rows;
  let [both, either] = [0, 0];
  for (let row = 0; row < first.column.values.length; row++) {
    if (Number.isNaN(first.column.values[row]) || Number.isNaN(second.column.values[row])) continue;
    const [own, other] = [isRarer(first, row), isRarer(second, row)];
    if (own && other) both++;
    if (own || other) either++;
  }
  return both >= SAME_ROWS * either;
}
