import { intervalText, numberText } from "../numbers.ts";
import type { Slice } from "../slices.ts";
import type { Chart } from "./drawing.ts";
import { intervalChart } from "./intervals.ts";

const MOST_ROWS = 12;

/** Score on the parts of the rows, the worst first, against the score on all of them. */
export function slicesChart(slices: readonly Slice[], whole: number | null, metricLabel: string, better: "higher" | "lower"): Chart | null {
  const sign = better === "higher" ? 1 : -1;
  const shown = [...slices].sort((a, b) => sign * (a.score.value - b.score.value)).slice(0, MOST_ROWS);
  const worst = shown[0];
  if (worst === undefined) return null;
  const words = {
    name: "slices",
    title: `Weakest part of the rows: ${worst.name}, ${numberText(worst.score.value)}${whole === null ? "" : ` against ${numberText(whole)} on all`}`,
    note: `Dot: ${metricLabel} on the part, with its interval.${whole === null ? "" : " Dashed: on all rows."}`,
    text: `${metricLabel} by part. ${shown.map(({ name, rows, score }) => `${name}, ${rows} rows: ${intervalText(score)}`).join(". ")}.`,
  };
  const rows = shown.map(({ name, score }, i) => ({ key: `${i}`, label: name, estimate: score, isStrong: i === 0 }));
  return intervalChart(rows, {
    axis: `${metricLabel} (${better} is better)`,
    line: whole === null ? null : { at: whole, label: "all rows" },
    words,
  });
}
