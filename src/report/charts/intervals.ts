import * as Plot from "@observablehq/plot";
import type { Estimate } from "../../core/estimate.ts";
import { intervalText, intervalTexts } from "../numbers.ts";
import { type Chart, COLOURS, drawChart, paddedDomain, type Sheet } from "./drawing.ts";
import { belowNames, meetsNames, numberAxis, type Row, rowFrame } from "./rows.ts";

/** A named estimate of a drawing. Strong rows carry the accent. */
export interface NamedEstimate {
  readonly key: string;
  readonly label: string;
  readonly estimate: Estimate;
  readonly isStrong: boolean;
}

export interface IntervalOptions {
  readonly axis: string;
  /** A line across all rows, e.g. the baseline. */
  readonly line: number | null;
  readonly words: Omit<Chart, "wide" | "narrow">;
}

interface IntervalRow extends Row {
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

/** One row per estimate: a dot, its interval, and a line to compare with. */
export function intervalChart(estimates: readonly NamedEstimate[], { axis, line, words }: IntervalOptions): Chart {
  const rows = estimates.map(rowOf);
  const domain = paddedDomain([...rows.flatMap(({ at, low, high }) => [at, low, high]), ...(line === null ? [] : [line])]);
  return drawChart(words, (sheet) => {
    const frame = rowFrame(sheet, rows);
    const ruled = line === null ? [] : rulesAt(line, rows, sheet, domain);
    return {
      ...frame.options,
      x: numberAxis(frame, axis, domain),
      marks: [...ruled, ...frame.labels, ...dots(rows, true), ...dots(rows, false)],
    };
  });
}

/** Across all rows; on a phone, where the names stand among the marks, only beside the marks of rows whose names it would cross. */
function rulesAt(line: number, rows: readonly IntervalRow[], sheet: Sheet, [from, to]: readonly [number, number]): Plot.Markish[] {
  const look = { stroke: COLOURS.ink, strokeDasharray: "4,3", strokeOpacity: 0.7 };
  if (!sheet.isNarrow) return [Plot.ruleX([line], look)];
  const meets = (row: IntervalRow) => meetsNames(sheet, row, (line - from) / (to - from));
  const tick = (some: readonly IntervalRow[], inset: object) => Plot.tickX(some, { x: () => line, y: "key", ...inset, ...look });
  return [
    tick(rows.filter(meets), belowNames),
    tick(
      rows.filter((row) => !meets(row)),
      {},
    ),
  ];
}

function dots(rows: readonly IntervalRow[], isStrong: boolean): Plot.Markish[] {
  const colour = isStrong ? COLOURS.accent : COLOURS.muted;
  const own = rows.filter((row) => row.isStrong === isStrong);
  return [
    Plot.ruleY(own, { x1: "low", x2: "high", y: "key", stroke: colour, strokeWidth: 3, strokeOpacity: 0.5 }),
    Plot.dot(own, { x: "at", y: "key", r: isStrong ? 5 : 4, fill: colour }),
  ];
}

function rowOf({ key, label, estimate, isStrong }: NamedEstimate): IntervalRow {
  const { value, low, high } = estimate;
  const bound = (limit: number) => (Number.isFinite(limit) ? limit : value);
  return {
    key,
    label,
    value: intervalText(estimate),
    shortValue: intervalTexts(estimate).value,
    isStrong,
    at: value,
    low: bound(low),
    high: bound(high),
  };
}
