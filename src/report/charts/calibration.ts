import * as Plot from "@observablehq/plot";
import type { CalibrationSummary, ReliabilityBin } from "../../core/comparison.ts";
import { percentText, wholeText } from "../numbers.ts";
import { type Chart, COLOURS, drawChart, type Sheet } from "./drawing.ts";

/** Share that happened against the probability that was said, and below it how many rows stand behind each point. */
export function calibrationChart({ bins, after, p }: CalibrationSummary, isConstant = false): Chart | null {
  const known = bins.filter(({ predicted, observed, count }) => Number.isFinite(predicted) && Number.isFinite(observed) && count > 0);
  if (known.length === 0) return null;
  const apart = known.filter(({ predicted, low, high }) => predicted < low || predicted > high).length;
  const words = {
    name: "calibration",
    title: isConstant
      ? `The same is said of every row, so no probability tells rows apart: said and happened differ by ${percentText(after.ece)} on average`
      : titleOf(after.ece, p, apart / known.length),
    note: `Dot: share that happened, with its 95 % Wilson interval. Diagonal: said equals happened. ${apart === 0 ? "Every interval holds the diagonal." : `${apart} of ${known.length} intervals miss the diagonal.`} Bars: rows behind each dot, ${wholeText(Math.max(...known.map(({ count }) => count)))} at most.`,
    text: `Said and happened. ${known.map(({ predicted, observed, low, high, count }) => `Said ${percentText(predicted)}: happened ${percentText(observed)}, interval ${percentText(low)} to ${percentText(high)}, ${count} rows`).join(". ")}.`,
  };
  return drawChart(words, (sheet) => reliability(sheet, known));
}

/** Of ten intervals that hold with 95 %, more than a quarter miss in one case of a hundred. */
const MOST_APART = 0.25;

/** The test knows more than the intervals (rows that resemble each other), the intervals see what a test of the mean does not: both must agree. */
function titleOf(error: number, p: number, apart: number): string {
  const gap = `said and happened differ by ${percentText(error)} on average`;
  if (p < 0.05) return `Probabilities are not exact: ${gap}`;
  return apart > MOST_APART ? `Probabilities are not shown to be wrong, but ${gap}` : `Probabilities can be taken at their word: ${gap}`;
}

/** The counts stand under the diagram, on the lowest fifth of the same sheet. */
function reliability({ width, isNarrow }: Sheet, bins: readonly ReliabilityBin[]): Plot.PlotOptions {
  const bounds = bins.flatMap(({ predicted, observed, high }) => [predicted, observed, Number.isFinite(high) ? high : 0]);
  const top = Math.min(1, 1.08 * Math.max(...bounds));
  const floor = -0.26 * top;
  const axis = { ticks: isNarrow ? 4 : 6, tickFormat: percentText } as const;
  return {
    height: isNarrow ? 348 : 448,
    marginLeft: 56,
    marginRight: isNarrow ? 26 : width - 560,
    marginTop: 34,
    marginBottom: 50,
    x: { domain: [0, top], label: "probability said", labelAnchor: "center", labelArrow: "none", ...axis },
    y: { domain: [floor, top], axis: null },
    marks: [
      Plot.gridY(tickValues(top), { strokeOpacity: 0.12 }),
      Plot.axisY(tickValues(top), { label: "share that happened", labelArrow: "none", tickFormat: percentText }),
      Plot.line([{ at: 0 }, { at: top }], { x: "at", y: "at", stroke: COLOURS.muted, strokeDasharray: "4,3" }),
      Plot.ruleX(bins, { x: "predicted", y1: "low", y2: "high", stroke: COLOURS.accent, strokeWidth: 3, strokeOpacity: 0.45 }),
      Plot.dot(bins, { x: "predicted", y: "observed", r: 5, fill: COLOURS.accent }),
      ...countBars(bins, floor, top),
    ],
  };
}

function countBars(bins: readonly ReliabilityBin[], floor: number, top: number): Plot.Markish[] {
  const most = Math.max(...bins.map(({ count }) => count));
  const bars = bins.map(({ predicted, count }) => ({ predicted, count, base: floor, tip: floor + (0.15 * top * count) / most }));
  return [
    Plot.ruleY([floor], { stroke: COLOURS.line }),
    Plot.ruleX(bars, { x: "predicted", y1: "base", y2: "tip", stroke: COLOURS.muted, strokeWidth: 5, strokeOpacity: 0.55 }),
  ];
}

/** Round steps from 0 to `top`. */
function tickValues(top: number): number[] {
  const step = [0.01, 0.02, 0.05, 0.1, 0.2].find((size) => top / size <= 6) ?? 0.25;
  return Array.from({ length: Math.floor(top / step + 1e-9) + 1 }, (_, i) => i * step);
}
