import { moments } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { decimalsOf } from "../columns/written-decimals.ts";
import { squaredCorrelation, type TargetSeries } from "./future-windows.ts";

/** What a column was made of, of the target in the order of time. */
export type Shape =
  | { readonly kind: "smoothed"; readonly span: number }
  | { readonly kind: "largest" | "smallest"; readonly from: number; readonly to: number };

/** A column beside the smoothed target and the extremes of windows: squared correlations with the best of the future and of the past. */
export interface ShapeFit {
  readonly shape: Shape;
  readonly future: number;
  readonly past: number;
}

/** Spans of exponential smoothing: each row weighs 1 - 2 / (span + 1) times the one before. One between two of them is as like as 0.98. */
const SPANS = [2, 3, 4, 5, 7, 10, 14, 20, 24, 30];
const LENGTHS = [1, 2, 3, 4, 5, 6, 7, 10, 12, 14, 20, 24, 28, 30];
/** An extreme follows its window only where it was computed from it. */
const EXTREME_FIT = 0.98;
const SMOOTH_FIT = 0.9;
/** Spans at an end of the series that are left out: smoothing begins there. */
const RUN_IN = 2;

interface Made {
  readonly shape: Shape;
  readonly isFuture: boolean;
  /** For each row of the series; NaN where the window leaves its group. */
  readonly values: Float64Array;
}

/** null without a shape of the future that fits. The shapes are made once per audit; a column is linear in rows x shapes. */
export function shapeFit(context: AuditContext, series: TargetSeries, cells: Float64Array): ShapeFit | null {
  const made = context.shared("target shapes", () => shapesOf(series));
  let best: ShapeFit | null = null;
  let past = 0;
  for (const { shape, isFuture, values } of made) {
    const fit = squaredCorrelation(series, cells, values);
    if (!isFuture) past = Math.max(past, fit);
    else if (fit >= (shape.kind === "smoothed" ? SMOOTH_FIT : EXTREME_FIT) && fit > (best?.future ?? 0))
      best = { shape, future: fit, past: 0 };
  }
  return best === null ? null : { ...best, past };
}

function shapesOf(series: TargetSeries): readonly Made[] {
  const smoothed = SPANS.flatMap((span): Made[] => {
    const shape = { kind: "smoothed", span } as const;
    return [
      { shape, isFuture: false, values: smooth(series, span, 1) },
      { shape, isFuture: true, values: smooth(series, span, -1) },
    ];
  });
  const extremes = (["largest", "smallest"] as const).flatMap((kind) =>
    LENGTHS.flatMap((n): Made[] =>
      [
        [-n, 0],
        [-n, -1],
        [0, n],
        [1, n],
        [-n, n],
      ].map(([from = 0, to = 0]) => ({ shape: { kind, from, to }, isFuture: to > 0, values: extreme(series, kind, from, to) })),
    ),
  );
  return [...smoothed, ...extremes];
}

/** Exponentially weighted mean of the row and of those before it (direction 1) or after it (-1), within each group. */
function smooth({ values, first, end }: TargetSeries, span: number, direction: 1 | -1): Float64Array {
  const keep = 1 - 2 / (span + 1);
  const out = new Float64Array(values.length);
  let [sum, weight] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    const i = direction === 1 ? k : values.length - 1 - k;
    const steps = direction === 1 ? i - (first[i] ?? 0) : (end[i] ?? 0) - 1 - i;
    if (steps === 0) [sum, weight] = [0, 0];
    sum = keep * sum + (values[i] ?? 0);
    weight = keep * weight + 1;
    out[i] = steps < RUN_IN * span ? Number.NaN : sum / weight;
  }
  return out;
}

function extreme({ values, first, end }: TargetSeries, kind: "largest" | "smallest", from: number, to: number): Float64Array {
  const better = kind === "largest" ? Math.max : Math.min;
  return values.map((_, i) => {
    if (i + from < (first[i] ?? 0) || i + to >= (end[i] ?? 0)) return Number.NaN;
    let best = values[i + from] ?? Number.NaN;
    for (let k = i + from + 1; k <= i + to; k++) best = better(best, values[k] ?? Number.NaN);
    return best;
  });
}

/** A column that stays for some rows at what the target is over these rows: its largest or smallest value, mean, sum, or the last of them. */
export interface BlockStatistic {
  readonly kind: "largest" | "smallest" | "mean" | "sum" | "last";
  readonly blocks: number;
  /** Share of the rows, of those in blocks of two rows or more, whose block is so. */
  readonly share: number;
}

const LEAST_BLOCKS = 10;
/** Share of the rows in blocks of two or more. */
const MOSTLY = 0.8;
const EXACT = 0.95;
/**
 * Blocks in which several rows have the largest value may end at a limit that the column tells honestly ("seats" beside "sold"), those whose first row is the last may be held; a column that
 * is written so coarsely that other rows round to it as well (a flag beside shares) says nothing of one of them.
 */
const MOST_OTHERWISE = 0.3;

interface Block {
  readonly value: number;
  readonly labels: Float64Array;
}

/** Blocks are rows of one value that follow each other in time. null where none of the statistics gives them exactly, as far as the column is written. */
export function blockStatistic({ rows, values, first }: TargetSeries, cells: Float64Array): BlockStatistic | null {
  const blocks: Block[] = [];
  for (let i = 0; i < rows.length; ) {
    const start = i;
    const value = cells[rows[i] ?? 0] ?? Number.NaN;
    while (i < rows.length && cells[rows[i] ?? 0] === value && first[i] === first[start]) i++;
    i = Math.max(i, start + 1);
    if (i - start > 1) blocks.push({ value, labels: values.subarray(start, i) });
  }
  const held = blocks.reduce((sum, { labels }) => sum + labels.length, 0);
  if (blocks.length < LEAST_BLOCKS || held < MOSTLY * rows.length) return null;
  const tolerance = 0.5000001 * 10 ** -decimalsOf(Float64Array.from(blocks, ({ value }) => value));
  for (const kind of ["largest", "smallest", "mean", "sum", "last"] as const) {
    let [exact, otherwise] = [0, 0];
    for (const { value, labels } of blocks) {
      const slack = Math.max(tolerance, 1e-9 * Math.abs(value));
      if (Math.abs(statisticOf(kind, labels) - value) > slack) continue;
      exact += labels.length;
      if (mayBeOtherwise(kind, value, labels, slack)) otherwise += labels.length;
    }
    if (exact >= EXACT * held && otherwise <= MOST_OTHERWISE * held) return { kind, blocks: blocks.length, share: exact / held };
  }
  return null;
}

/** Quartile of the normal distribution: a mean lies so many standard errors from what it estimates as often as not. */
const QUARTILE = 0.6745;

function mayBeOtherwise(kind: BlockStatistic["kind"], value: number, labels: Float64Array, slack: number): boolean {
  if (labels.every((label) => label === labels[0])) return true;
  if (kind === "mean" || kind === "sum") {
    const made = statisticOf(kind, labels);
    const spread = Math.sqrt(moments(labels).variance * labels.length);
    const again = labels.reduce((count, label) => count + Number(label === made), 0) > 1;
    return again || slack >= QUARTILE * (kind === "sum" ? spread : spread / labels.length);
  }
  const isNear = (label: number) => Math.abs(label - value) <= slack;
  return kind === "last" ? isNear(labels[0] ?? Number.NaN) : labels.filter(isNear).length > 1;
}

function statisticOf(kind: BlockStatistic["kind"], labels: Float64Array): number {
  if (kind === "largest") return Math.max(...labels);
  if (kind === "smallest") return Math.min(...labels);
  const sum = labels.reduce((total, label) => total + label, 0);
  return kind === "sum" ? sum : kind === "mean" ? sum / labels.length : (labels.at(-1) ?? Number.NaN);
}
