import * as Plot from "@observablehq/plot";
import type { CostOption, CostPlan } from "../../core/plan.ts";
import { wholeText } from "../numbers.ts";
import { usdText } from "../units.ts";
import { MOST_OPTIONS, machinesText, tripledOf, tripledText } from "../words/cost.ts";
import { type Chart, COLOURS, drawChart } from "./drawing.ts";
import { numberAxis, type Row, rowFrame } from "./rows.ts";

interface CostRow extends Row {
  readonly now: number;
  readonly tripled: number;
}

/** USD a month per option, now and with three times the users; null without options. */
export function costChart({ serving, servingTripled, load }: CostPlan): Chart | null {
  const cheapest = serving[0];
  if (cheapest === undefined) return null;
  const rows = serving.slice(0, MOST_OPTIONS).map((option, i) => rowOf(option, i, { serving, servingTripled }));
  const words = {
    name: "cost",
    title: titleOf(cheapest, servingTripled),
    note: `Filled: ${wholeText(load.predictionsPerMonth)} predictions a month. Outline: three times as many. None drawn: no dearer. List prices of serving on demand.`,
    text: `USD a month. ${rows.map(({ label, now, tripled }) => `${label}: ${usdText(now)}, tripled ${usdText(tripled)}`).join(". ")}.`,
  };
  return drawChart(words, (sheet) => {
    const frame = rowFrame(sheet, rows);
    const inset = sheet.isNarrow ? 20 : 8;
    return {
      ...frame.options,
      x: numberAxis(frame, "USD a month", [0, 1.02 * Math.max(...rows.flatMap(({ now, tripled }) => [now, tripled]), 1e-9)]),
      marks: [
        ...frame.labels,
        Plot.barX(rows, { x1: 0, x2: "tripled", y: "key", insetTop: inset, insetBottom: inset, stroke: COLOURS.muted, fill: "none" }),
        Plot.barX(rows, { x1: 0, x2: "now", y: "key", insetTop: inset, insetBottom: inset, fill: COLOURS.accent }),
      ],
    };
  });
}

function titleOf(option: CostOption, tripled: readonly CostOption[]): string {
  const later = tripledText(option, tripled);
  return `Serving costs about ${usdText(option.usdPerMonth)} a month on ${machinesText(option)}${later === null ? "" : `, ${later}`}`;
}

/** The region is named only where an instance is offered in several. */
function rowOf(option: CostOption, i: number, { serving, servingTripled }: Pick<CostPlan, "serving" | "servingTripled">): CostRow {
  const { cloud, instance, region, usdPerMonth } = option;
  const later = tripledOf(option, servingTripled)?.usdPerMonth ?? usdPerMonth;
  const isRepeated = serving.filter((other) => other.cloud === cloud && other.instance === instance).length > 1;
  const value = later === usdPerMonth ? usdText(usdPerMonth) : `${usdText(usdPerMonth)} → ${usdText(later)}`;
  return {
    key: `${i}`,
    label: `${cloud} ${instance}${isRepeated ? `, ${region}` : ""}`,
    value,
    shortValue: value,
    isStrong: i === 0,
    now: usdPerMonth,
    tripled: later,
  };
}
