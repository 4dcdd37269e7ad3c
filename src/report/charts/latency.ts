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
    note: "Time of one row inside the process, without the network. Marks: median (p50), and the time that 99 of 100 answers keep (p99).",
    text: timed.map(describe).join(". "),
  };
  return drawChart(words, (sheet) => plotOf(sheet, timed));
}

function describe({ runtime, singleRow: { count, p50Ms, p90Ms, p99Ms, maxMs } }: Throughput): string {
  return `${runtime}: ${countText(count, "answer")}, median ${millisecondsText(p50Ms)}, p90 ${millisecondsText(p90Ms)}, p99 ${millisecondsText(p99Ms)}, slowest ${millisecondsText(maxMs)}`;
}

/** The names of the marks stand above the panel: p99 over p50, so that they never meet. */
function plotOf({ isNarrow }: Sheet, timed: readonly Throughput[]): Plot.PlotOptions {
  const bars = timed.flatMap(barsOf);
  const median = timed.map(({ runtime, singleRow: { p50Ms } }) => markOf(runtime, "p50", p50Ms));
  const slow = timed.map(({ runtime, singleRow: { p99Ms } }) => markOf(runtime, "p99", p99Ms));
  const edges = [...bars.flatMap(({ from, to }) => [from, to]), ...[...median, ...slow].map(({ at }) => at)];
  const domain: [number, number] = [Math.min(...edges), Math.max(...edges)];
  return {
    height: 50 + timed.length * 132,
    marginLeft: 56,
    marginRight: isNarrow ? 26 : 60,
    marginTop: 46,
    marginBottom: 50,
    x: {
      type: "log",
      domain,
      label: "milliseconds per answer (log scale)",
      labelAnchor: "center",
      labelArrow: "none",
      ticks: isNarrow ? 3 : 6,
      tickFormat: String,
    },
    y: { label: null, tickFormat: percentText, ticks: 3, grid: true },
    fy: { domain: timed.map(({ runtime }) => runtime), axis: null, padding: 0.42 },
    marks: [
      Plot.rect(bars, { x1: "from", x2: "to", y1: 0, y2: "share", fy: "runtime", fill: COLOURS.accent, fillOpacity: 0.55, insetRight: 1 }),
      Plot.ruleX(median, { x: "at", fy: "runtime", stroke: COLOURS.ink, strokeWidth: 1.5, insetTop: -3 }),
      Plot.ruleX(slow, { x: "at", fy: "runtime", stroke: COLOURS.ink, strokeWidth: 1.5, insetTop: -19 }),
      ...names(median, domain, -9),
      ...names(slow, domain, -25),
      Plot.text(timed, {
        fy: "runtime",
        text: "runtime",
        frameAnchor: "top-left",
        dx: -50,
        dy: -17,
        textAnchor: "start",
        lineAnchor: "middle",
        fontWeight: 650,
        fill: COLOURS.ink,
      }),
      Plot.ruleY([0], { stroke: COLOURS.muted }),
    ],
  };
}

function names(marks: readonly Mark[], [from, to]: readonly [number, number], dy: number): Plot.Markish[] {
  const isRight = ({ at }: Mark) => Math.log(at / from) > 0.6 * Math.log(to / from);
  const shared = { x: "at", fy: "runtime", text: "label", frameAnchor: "top", lineAnchor: "middle", dy, fill: COLOURS.ink } as const;
  return [
    Plot.text(marks.filter(isRight), { ...shared, textAnchor: "end", dx: 4 }),
    Plot.text(
      marks.filter((mark) => !isRight(mark)),
      { ...shared, textAnchor: "start", dx: -4 },
    ),
  ];
}

function markOf(runtime: string, name: string, milliseconds: number): Mark {
  return { runtime, at: milliseconds, label: `${name} ${millisecondsText(milliseconds)}` };
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
