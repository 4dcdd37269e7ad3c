import * as Plot from "@observablehq/plot";
import type { Throughput } from "../../core/plan.ts";
import { countText, percentText } from "../numbers.ts";
import { millisecondsText } from "../units.ts";
import { type Chart, COLOURS, drawChart, type Sheet } from "./drawing.ts";

interface Bar {
  readonly runtime: string;
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

interface Mark {
  readonly runtime: string;
  readonly at: number;
  readonly label: string;
}

/** How long one answer takes, one panel per runtime; null when nothing was measured. */
export function latencyChart(throughput: readonly Throughput[]): Chart | null {
  const timed = throughput.filter(({ singleRow }) => singleRow.histogram.some(({ count }) => count > 0) && singleRow.p50Ms > 0);
  const first = timed[0];
  if (first === undefined) return null;
  const words = {
    name: "latency",
    title: `99 of 100 answers take less than ${millisecondsText(first.singleRow.p99Ms)} (${first.runtime})`,
    note: "Time of one row inside the process, without the network. Marks: median (p50) and the slowest of 100 (p99).",
    text: timed
      .map(
        ({ runtime, singleRow }) =>
          `${runtime}: ${countText(singleRow.count, "answer")}, median ${millisecondsText(singleRow.p50Ms)}, p90 ${millisecondsText(singleRow.p90Ms)}, p99 ${millisecondsText(singleRow.p99Ms)}, slowest ${millisecondsText(singleRow.maxMs)}`,
      )
      .join(". "),
  };
  return drawChart(words, (sheet) => plotOf(sheet, timed));
}

function plotOf({ isNarrow }: Sheet, timed: readonly Throughput[]): Plot.PlotOptions {
  const bars = timed.flatMap(barsOf);
  const marks = timed.flatMap(marksOf);
  const edges = [...bars.flatMap(({ from, to }) => [from, to]), ...marks.map(({ at }) => at)];
  const label = (name: "p50" | "p99", textAnchor: "start" | "end") =>
    Plot.text(
      marks.filter(({ label: text }) => text.startsWith(name)),
      {
        x: "at",
        fy: "runtime",
        text: "label",
        frameAnchor: "top",
        textAnchor,
        dx: textAnchor === "start" ? 5 : -5,
        dy: -2,
        fill: COLOURS.ink,
      },
    );
  return {
    height: 54 + timed.length * 120,
    marginLeft: 56,
    marginRight: isNarrow ? 14 : 60,
    marginTop: 26,
    marginBottom: 46,
    x: {
      type: "log",
      domain: [Math.min(...edges), Math.max(...edges)],
      label: "milliseconds per answer (log scale)",
      labelAnchor: "center",
      labelArrow: "none",
      ticks: isNarrow ? 3 : 6,
      tickFormat: (value: number) => String(value),
    },
    y: { label: null, tickFormat: percentText, ticks: 3, grid: true },
    fy: { domain: timed.map(({ runtime }) => runtime), axis: null, padding: 0.3 },
    marks: [
      Plot.rect(bars, { x1: "from", x2: "to", y1: 0, y2: "share", fy: "runtime", fill: COLOURS.accent, fillOpacity: 0.55, insetRight: 1 }),
      Plot.ruleX(marks, { x: "at", fy: "runtime", stroke: COLOURS.ink, strokeWidth: 1.5 }),
      label("p50", "end"),
      label("p99", "start"),
      Plot.text(timed, { fy: "runtime", text: "runtime", frameAnchor: "top-right", dy: 10, fontWeight: 650, fill: COLOURS.ink }),
      Plot.ruleY([0], { stroke: COLOURS.muted }),
    ],
  };
}

/** A bin reaches from the edge before it; the first one has none and gets the width of the second. */
function barsOf({ runtime, singleRow: { histogram } }: Throughput): Bar[] {
  const total = histogram.reduce((sum, { count }) => sum + count, 0);
  const ratio = histogram.length > 1 ? (histogram[1]?.upToMs ?? 2) / (histogram[0]?.upToMs ?? 1) : 2;
  return histogram.flatMap(({ upToMs, count }, i) => {
    const from = histogram[i - 1]?.upToMs ?? upToMs / ratio;
    return count > 0 && from > 0 && Number.isFinite(upToMs) ? [{ runtime, from, to: upToMs, share: count / total }] : [];
  });
}

function marksOf({ runtime, singleRow: { p50Ms, p99Ms } }: Throughput): Mark[] {
  return [
    { runtime, at: p50Ms, label: `p50 ${millisecondsText(p50Ms)}` },
    { runtime, at: p99Ms, label: `p99 ${millisecondsText(p99Ms)}` },
  ];
}
