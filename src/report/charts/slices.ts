import type { Slice } from "../../core/judged-slices.ts";
import { countText, intervalText, numberText } from "../numbers.ts";
import type { MetricWords } from "../words/metric.ts";
import type { Chart } from "./drawing.ts";
import { intervalChart } from "./intervals.ts";

const MOST_ROWS = 12;

/** Score on the weakest parts of the rows, as the gate ranked them, against the score on all; null without parts. */
export function slicesChart(slices: readonly Slice[], whole: number | null, { label, better }: MetricWords): Chart | null {
  const shown = slices.slice(0, MOST_ROWS);
  const worst = shown[0];
  if (worst === undefined) return null;
  const words = {
    name: "slices",
    title: `Weakest part of the rows: ${worst.name}, ${numberText(worst.score.value)}${whole === null ? "" : ` against ${numberText(whole)} on all`}`,
    note: `Dot: ${label} on the part, with its interval.${whole === null ? "" : " Dashed: on all rows."} Weak beyond doubt stands before weak by chance.`,
    text: `${label} by part. ${shown.map(({ name, rows, score }) => `${name}, ${countText(rows, "row")}: ${intervalText(score)}`).join(". ")}.`,
  };
  const rows = shown.map(({ name, score }, i) => ({ key: `${i}`, label: name, estimate: score, isStrong: i === 0 }));
  return intervalChart(rows, {
    axis: `${label} (${better} is better)`,
    line: whole,
    words,
  });
}
