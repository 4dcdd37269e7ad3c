import * as Plot from "@observablehq/plot";
import { type LearningCurve, sizeOf } from "../../core/plan.ts";
import { intervalText, numberText, wholeText } from "../numbers.ts";
import { curveUnits } from "../words/curve.ts";
import { metricWords } from "../words/metric.ts";
import { type Chart, COLOURS, drawChart, paddedDomain, type Sheet, textPx } from "./drawing.ts";

interface Point {
  readonly rows: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Score against training rows, and what is to be expected of more; null without two points. */
export function learningCurveChart(curve: LearningCurve): Chart | null {
  const measured = curve.points.map((point) => pointOf(sizeOf(point), point.score)).filter(({ value }) => Number.isFinite(value));
  const last = measured.at(-1);
  if (last === undefined || measured.length < 2) return null;
  const forecast = (curve.forecast ?? []).map((point) => pointOf(sizeOf(point), point.score)).filter(({ value }) => Number.isFinite(value));
  const { label, better } = metricWords(curve.metric);
  const units = curveUnits(curve);
  const words = {
    name: "learning-curve",
    title: titleOf(curve),
    note: `Line: ${curve.of.isShipped ? "" : `${curve.of.label}, which does not ship, `}measured at growing numbers of training ${units}, with its interval.${forecast.length > 0 ? ` Dashed: forecast for more ${units}, with its interval.` : ""}${correctionText(curve)} Each step to the right multiplies the ${units}.`,
    text: `${label} by training ${units}. ${curve.points.map((point) => `${wholeText(sizeOf(point))} ${units}: ${intervalText(point.score)}`).join(". ")}. ${(curve.forecast ?? []).map(({ factor, score }) => `Forecast at ${factor} times the ${units}: ${intervalText(score)}`).join(". ")}`,
  };
  return drawChart(words, (sheet) =>
    plotOf(sheet, { units, measured, forecast: forecast.length === 0 ? [] : [last, ...forecast], axis: `${label} (${better} is better)` }),
  );
}

/** The curve ends at the score that the model is given elsewhere: that of the chosen one is corrected, that of another is not. */
function correctionText({ of, optimism, metric }: LearningCurve): string {
  if (!of.isShipped) return " Its scores are not corrected for having been picked: the best of several looks better than it is.";
  if (!(optimism > 0)) return "";
  const { better } = metricWords(metric);
  return ` All points are ${numberText(optimism)} ${better === "higher" ? "lower" : "higher"} than measured, as the score of the chosen model is: the best of several looks better than it is.`;
}

function titleOf(curve: LearningCurve): string {
  const { verdict, forecast, points } = curve;
  const units = curveUnits(curve);
  const twice = forecast?.find(({ factor }) => factor === 2) ?? forecast?.[0];
  const today = points.at(-1);
  if (forecast === null && verdict === "more-data-does-not-help") return `Fewer ${units} give a better score`;
  if (twice === undefined || today === undefined || verdict === "unknown") return `Whether more ${units} would help is not known`;
  const change = `${numberText(today.score.value)} → ${numberText(twice.score.value)}`;
  const times = twice.factor === 2 ? `Twice the ${units}` : `${twice.factor} times the ${units}`;
  return verdict === "more-data-helps" ? `${times} would help: ${change}` : `${times} would hardly help: ${change}`;
}

interface Lines {
  readonly units: string;
  readonly measured: readonly Point[];
  readonly forecast: readonly Point[];
  readonly axis: string;
}

function plotOf({ width, isNarrow }: Sheet, { units, measured, forecast, axis }: Lines): Plot.PlotOptions {
  const all = [...measured, ...forecast];
  const today = measured.slice(-1);
  const end = forecast.slice(-1);
  const rows = all.map((point) => point.rows);
  const margins = { marginLeft: 56, marginRight: isNarrow ? 26 : 60 };
  return {
    height: isNarrow ? 270 : 340,
    ...margins,
    marginTop: 34,
    marginBottom: 50,
    x: { type: "log", domain: [Math.min(...rows), Math.max(...rows)], axis: null },
    y: {
      domain: paddedDomain(all.flatMap(({ value, low, high }) => [value, low, high])),
      label: axis,
      labelArrow: "none",
      grid: true,
      ticks: 5,
    },
    marks: [
      Plot.axisX(rowTicks(rows, width - margins.marginLeft - margins.marginRight), {
        label: `training ${units} (log scale)`,
        labelAnchor: "center",
        labelArrow: "none",
        // A format would go through that of the scale, which leaves out all but the first few multiples of a power of ten.
        text: (size: number) => wholeText(size),
      }),
      Plot.areaY(measured, { x: "rows", y1: "low", y2: "high", fill: COLOURS.accent, fillOpacity: 0.18 }),
      Plot.areaY(forecast, { x: "rows", y1: "low", y2: "high", fill: COLOURS.muted, fillOpacity: 0.18 }),
      Plot.line(measured, { x: "rows", y: "value", stroke: COLOURS.accent, strokeWidth: 2 }),
      Plot.line(forecast, { x: "rows", y: "value", stroke: COLOURS.muted, strokeWidth: 2, strokeDasharray: "5,4" }),
      Plot.dot(measured, { x: "rows", y: "value", r: 4, fill: COLOURS.accent }),
      Plot.dot(forecast.slice(1), { x: "rows", y: "value", r: 4, stroke: COLOURS.muted, strokeWidth: 2, fill: "var(--surface)" }),
      Plot.ruleX(today, { x: "rows", stroke: COLOURS.ink, strokeOpacity: 0.35, strokeDasharray: "2,3" }),
      Plot.text(today, { x: "rows", text: () => "today", frameAnchor: "top", dy: -12, fill: COLOURS.ink }),
      Plot.text(end, {
        x: "rows",
        y: "value",
        text: ({ value }: Point) => numberText(value),
        dy: -14,
        fill: COLOURS.ink,
        stroke: "var(--surface)",
        strokeWidth: 4,
      }),
    ],
  };
}

const BETWEEN_LABELS = 10;

/** Sizes that were measured or forecast, thinned from the largest so that their labels do not touch. px: width of the axis. */
function rowTicks(rows: readonly number[], px: number): number[] {
  const sorted = [...new Set(rows)].sort((a, b) => b - a);
  const span = Math.log((sorted[0] ?? 1) / (sorted.at(-1) ?? 1));
  const half = (size: number) => textPx(wholeText(size)) / 2;
  const kept: number[] = [];
  for (const size of sorted) {
    const previous = kept.at(-1);
    if (previous === undefined || (px * Math.log(previous / size)) / span >= half(previous) + half(size) + BETWEEN_LABELS) kept.push(size);
  }
  return kept.reverse();
}

function pointOf(rows: number, { value, low, high }: { value: number; low: number; high: number }): Point {
  return { rows, value, low: Number.isFinite(low) ? low : value, high: Number.isFinite(high) ? high : value };
}
