import { columnOf } from "../../core/column.ts";
import { float64From, placesUpTo } from "../../core/typed-from.ts";
import { concordanceOfSpearman, mean as meanOf, pearson, ranks, tCdf } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { binColumn, mergeBins } from "./column-bins.ts";
import { factsOf } from "./column-facts.ts";
import { rowOrderOf } from "./row-order.ts";

/** The target rises or falls along the file, with noise, and no column says why. */
export interface PlaceTrend {
  /** Class whose share it is; -1 for numbers. */
  readonly classIndex: number;
  /** Share of pairs of rows that the place in the file puts in the right order, at least 0.5. */
  readonly score: number;
  /** Rank correlation of the means of the blocks with their place. */
  readonly ofBlocks: number;
  /** Mean of the target (share of the class) in the first and in the last tenth of the rows. */
  readonly first: number;
  readonly last: number;
}

const LEAST_ROWS = 200;
/** Rows near each other may be alike without a trend: whole blocks of them are compared, and within one they may be as alike as they like. */
const BLOCKS = 20;
/** Chance of such a rank correlation of the blocks in no order, on either side and over all classes. */
const BY_CHANCE = 1e-4;
/** Parts of a column's values within which the trend is looked for again. */
const PARTS = 10;
/** So much of the trend has to be left within rows of one value, and so much of the spread of the places. */
const [LEFT, SPREAD_LEFT] = [0.5, 0.2];

/** Along the file, whatever time orders the rows; null where they stand in the order of that time, and where rows that are alike in one feature show half of the trend or less: then the file stands by that. Once per audit. */
export function placeTrend(context: AuditContext, least: number): PlaceTrend | null {
  return context.shared(`place trend:${least}`, () => {
    const order = rowOrderOf(context);
    if (isInTime(context, order.by) || order.sortedByTarget || order.rows.length < LEAST_ROWS) return null;
    const rows = order.by === null ? order.rows : order.rows.toSorted();
    const place = Float64Array.from(rows, (_, i) => i / (rows.length - 1));
    const raw = float64From(rows, (row) => context.target[row] ?? Number.NaN);
    const sides = sidesOf(context, raw);
    const found = sides
      .map((side) => trendOf(side, place))
      .filter((trend) => trend.score >= least && chanceOf(trend.ofBlocks) * sides.length < BY_CHANCE)
      .sort((a, b) => b.score - a.score || a.classIndex - b.classIndex);
    return found.find((trend) => !isOfFeature(context, rows, place, trend.labels)) ?? null;
  });
}

/** Two-sided, by Student's t. */
function chanceOf(ofBlocks: number): number {
  const freedom = BLOCKS - 2;
  return 2 * (1 - tCdf(Math.abs(ofBlocks) * Math.sqrt(freedom / Math.max(Number.EPSILON, 1 - ofBlocks ** 2)), freedom));
}

function isInTime({ frame }: AuditContext, by: string | null): boolean {
  return by !== null && factsOf(columnOf(frame, by), frame.rows).monotone !== null;
}

interface Side {
  readonly classIndex: number;
  readonly labels: Float64Array;
  readonly raw: Float64Array;
}

/** Numbers as ranks; of two classes the second, of more each against the others. */
function sidesOf({ task }: AuditContext, raw: Float64Array): readonly Side[] {
  if (task.kind === "regression") return [{ classIndex: -1, labels: ranks(raw), raw }];
  const classes = Array.from(task.classes.keys()).slice(task.classes.length === 2 ? 1 : 0);
  return classes.map((classIndex) => {
    const is = raw.map((label) => Number(label === classIndex));
    return { classIndex, labels: is, raw: is };
  });
}

function trendOf({ classIndex, labels, raw }: Side, place: Float64Array): PlaceTrend & { readonly labels: Float64Array } {
  const rho = pearson(labels, place);
  const mean = meanOf(raw);
  const tenth = Math.ceil(raw.length / 10);
  const blocks = Float64Array.from({ length: BLOCKS }, (_, block) =>
    meanOf(labels.subarray(Math.floor((block * labels.length) / BLOCKS), Math.floor(((block + 1) * labels.length) / BLOCKS))),
  );
  // Of places that are evenly spread: AUC - 1/2 = r / sqrt(12 p (1 - p)).
  const score = classIndex < 0 ? concordanceOfSpearman(Math.abs(rho)) : 0.5 + Math.abs(rho) * Math.sqrt(12 * mean * (1 - mean)) ** -1;
  return {
    classIndex,
    score: Number.isFinite(score) ? score : 0.5,
    ofBlocks: pearson(ranks(blocks), Float64Array.from(placesUpTo(BLOCKS))),
    first: meanOf(raw.subarray(0, tenth)),
    last: meanOf(raw.subarray(-tenth)),
    labels,
  };
}

function isOfFeature(context: AuditContext, rows: Int32Array, place: Float64Array, labels: Float64Array): boolean {
  const whole = slopeOf(place, labels, new Int32Array(rows.length), 1);
  const asked = new Set([...context.roles.features, context.roles.group, rowOrderOf(context).by]);
  return context.frame.columns.some((column) => {
    if (!asked.has(column.name)) return false;
    const fine = binColumn(column, rows);
    const { codes, bins } = fine.ordered ? mergeBins(fine, PARTS) : fine;
    const within = slopeOf(place, labels, codes, bins);
    return within.slope / whole.slope < LEFT || within.spread < SPREAD_LEFT * whole.spread;
  });
}

/** Slope of the labels over the places with a mean of its own for each part, and the variance of the places within parts. */
function slopeOf(
  place: Float64Array,
  labels: Float64Array,
  codes: Int32Array,
  parts: number,
): { readonly slope: number; readonly spread: number } {
  const sums = Array.from({ length: 3 }, () => new Float64Array(parts));
  const [rows, x, y] = sums as [Float64Array, Float64Array, Float64Array];
  codes.forEach((code, i) => {
    rows[code] = (rows[code] ?? 0) + 1;
    x[code] = (x[code] ?? 0) + (place[i] ?? 0);
    y[code] = (y[code] ?? 0) + (labels[i] ?? 0);
  });
  let [xx, xy] = [0, 0];
  codes.forEach((code, i) => {
    const dx = (place[i] ?? 0) - (x[code] ?? 0) / (rows[code] ?? 1);
    xx += dx * dx;
    xy += dx * ((labels[i] ?? 0) - (y[code] ?? 0) / (rows[code] ?? 1));
  });
  return { slope: xy / xx, spread: xx };
}
