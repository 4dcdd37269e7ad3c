import type { Comparison } from "../../core/comparison.ts";
import { countText, holdsZero, intervalText, numberText } from "../numbers.ts";
import type { Chart } from "./drawing.ts";
import { intervalChart } from "./intervals.ts";

const MOST_ROWS = 15;

/** How much the score worsens without each column; null when it was not measured. */
export function importanceChart({ importance, metricLabel }: Comparison): Chart | null {
  const known = importance.filter(({ drop }) => Number.isFinite(drop.value)).sort((a, b) => b.drop.value - a.drop.value);
  const first = known[0];
  if (first === undefined) return null;
  const shown = known.slice(0, MOST_ROWS);
  const more = known.length - shown.length;
  const words = {
    name: "importance",
    title: holdsZero(first.drop)
      ? "No single column is shown to matter on its own"
      : `${first.column} matters most: without it ${metricLabel} worsens by ${numberText(first.drop.value)}`,
    note: `How much the score worsens when the column's values are shuffled on held-out rows. An interval that reaches 0: no effect shown.${more > 0 ? ` Not drawn: ${countText(more, "weaker column")}.` : ""}`,
    text: `Worsening of ${metricLabel} per column. ${shown.map(({ column, drop }) => `${column}: ${intervalText(drop)}`).join(". ")}.`,
  };
  const rows = shown.map(({ column, drop }, i) => ({ key: `${i}`, label: column, estimate: drop, isStrong: !holdsZero(drop) }));
  return intervalChart(rows, { axis: `worsening of ${metricLabel} when shuffled`, line: 0, words });
}
