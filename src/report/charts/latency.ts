import * as Plot from "@observablehq/plot";
import type { Throughput } from "../../core/plan.ts";
import { countText, percentText } from "../numbers.ts";
import { millisecondsText } from "../units.ts";
import { type Chart, COLOURS, drawChart, type Sheet, textPx } from "./drawing.ts";

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
    title: `One answer alone: 99 of 100 take less than ${millisecondsText(first.singleRow.p99Ms)} (${first.runtime})`,
    note: "Time of one row inside the process, one at a time: without the network and without waiting, which stand under what it costs. Whether it is within the budget is judged by the gate, which times more answers where these do not settle it. Marks: median (p50), and the time that 99 of 100 answers keep (p99).",
    text: timed.map(describe).join(". "),
  };
  return drawChart(words, (sheet) => plotOf(sheet, timed));
}

function describe({ runtime, singleRow: { count, p50Ms, p90Ms, p99Ms, maxMs } }: Throughput): string {
  return `${runtime}: ${countText(count, "answer")}, median ${millisecondsText(p50Ms)}, p90 ${millisecondsText(p90Ms)}, p99 ${millisecondsText(p99Ms)}, slowest ${millisecondsText(maxMs)}`;
}

/** The names of the marks stand above the panel: p99 over p50, so that they never meet; p50 left of its line, where it has room, so that the line of p99 does not cross it;
 * where it has none, that line ends below it. */
function plotOf({ isNarrow, width }: Sheet, timed: readonly Throughput[]): Plot.PlotOptions {
  const bars = timed.flatMap(barsOf);
  const median = timed.map(({ runtime, singleRow: { p50Ms } }) => markOf(runtime, "p50", p50Ms));
  const slow = timed.map(({ runtime, singleRow: { p99Ms } }) => markOf(runtime, "p99", p99Ms));
  const edges = [...bars.flatMap(({ from, to }) => [from, to]), ...[...median, ...slow].map(({ at }) => at)];
  const domain: [number, number] = [Math.min(...edges), Math.max(...edges)];
  const [marginLeft, marginRight] = [56, isNarrow ? 26 : 60];
  const pxAt = ({ at }: Mark) => ((width - marginLeft - marginRight) * Math.log(at / domain[0])) / Math.log(domain[1] / domain[0]);
  const hasRoom = (mark: Mark) => pxAt(mark) >= textPx(mark.label);
  const crosses = (p99: Mark) =>
    median.some((p50) => p50.runtime === p99.runtime && !hasRoom(p50) && pxAt(p99) < pxAt(p50) + textPx(p50.label));
  return {
    height: 54 + timed.length * 132,
    marginLeft,
    marginRight,
    marginTop: 50,
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
      Plot.ruleX(median, { x: "at", fy: "runtime", stroke: COLOURS.ink, strokeWidth: 1.5, insetTop: -4 }),
      Plot.ruleX(
        slow.filter((mark) => !crosses(mark)),
        { x: "at", fy: "runtime", stroke: COLOURS.ink, strokeWidth: 1.5, insetTop: -20 },
      ),
      Plot.ruleX(slow.filter(crosses), { x: "at", fy: "runtime", stroke: COLOURS.ink, strokeWidth: 1.5, insetTop: -4 }),
      ...names(median, hasRoom, -12),
      ...names(slow, hasRoom, -28),
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

function names(marks: readonly Mark[], isLeft: (mark: Mark) => boolean, dy: number): Plot.Markish[] {
  const shared = {
    x: "at",
    fy: "runtime",
    text: "label",
    frameAnchor: "top",
    lineAnchor: "middle",
    dy,
    fill: COLOURS.ink,
    ...HALO,
  } as const;
  return [
    Plot.text(marks.filter(isLeft), { ...shared, textAnchor: "end", dx: 4 }),
    Plot.text(
      marks.filter((mark) => !isLeft(mark)),
      { ...shared, textAnchor: "start", dx: -4 },
    ),
  ];
}

const HALO = { stroke: "var(--surface)", strokeWidth: 4 } as const;

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
