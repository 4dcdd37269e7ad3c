import { type CostPlan, type Plan, sizeOf } from "../../core/plan.ts";
import { costChart } from "../charts/cost.ts";
import { latencyChart } from "../charts/latency.ts";
import { learningCurveChart } from "../charts/learning-curve.ts";
import { estimateMarkup } from "../links.ts";
import { html, type Markup } from "../markup.ts";
import { countText, isBounded, numberText, percentText, wholeText } from "../numbers.ts";
import { bytesText, millisecondsText, rateText, usdText } from "../units.ts";
import type { View } from "../view.ts";
import { MOST_OPTIONS, tripledOf } from "../words/cost.ts";
import { curveAnswer, curveUnits } from "../words/curve.ts";
import { memoryText } from "../words/memory.ts";
import { metricWords } from "../words/metric.ts";
import { singleRowWords } from "../words/speed.ts";
import { chartMarkup, listMarkup, missingMarkup, number, type Section, tableMarkup, text } from "./section.ts";

/** Stage 3: would more data help, how fast is it, what does it cost. */
export function scaleSections(view: View): Section[] {
  const { plan } = view.result;
  if (plan === null)
    return [
      {
        id: "more-data",
        title: "Scale",
        body: missingMarkup("Speed, cost and the need for more rows were not measured in this run."),
      },
    ];
  return [
    { id: "more-data", title: `Would more ${curveUnits(plan.curve)} help?`, body: curveMarkup(view, plan) },
    { id: "speed", title: "How fast it is", body: speedMarkup(plan) },
    { id: "cost", title: "What it costs a month", body: costMarkup(plan.cost) },
  ];
}

function curveMarkup({ links, prose }: View, { curve }: Plan): Markup {
  const { label } = metricWords(curve.metric);
  const units = curveUnits(curve);
  const measured = curve.points.map((point) => ({
    cells: [wholeText(sizeOf(point)), estimateMarkup(links, point.score), "measured"],
  }));
  const forecast = (curve.forecast ?? []).map((point) => ({
    cells: [wholeText(sizeOf(point)), estimateMarkup(links, point.score), `forecast, ${point.factor} times today's ${units}`],
    isStrong: true,
  }));
  const table = tableMarkup(
    `Score by training ${units}, with 95 % intervals; those of the forecast hold the noise of today's score too`,
    [text(`Training ${units}`), number(label), text("")],
    [...measured, ...forecast],
  );
  const answer = curve.of.isShipped ? null : html`<p>${curveAnswer(curve)}.</p>`;
  return html`${answer}<p>${prose(curve.why, [...curve.points.map(({ score }) => score).slice(-1), ...(curve.forecast ?? []).map(({ score }) => score)])}</p>${chartMarkup(learningCurveChart(curve))}<details><summary>All as a table</summary>${table}</details>`;
}

function speedMarkup({ throughput, machine, notYet, cost }: Plan): Markup {
  const rows = throughput.map(({ runtime, threads, rowsPerSecond, singleRow, memoryBytes, modelBytes }) => ({
    cells: [
      `${runtime}, ${threads} ${threads === 1 ? "thread" : "threads"}`,
      html`${rateText(rowsPerSecond.value)}${isBounded(rowsPerSecond) ? html` <span class="ci">[${rateText(rowsPerSecond.low)}, ${rateText(rowsPerSecond.high)}]</span>` : null}`,
      millisecondsText(singleRow.p50Ms),
      millisecondsText(singleRow.p99Ms),
      millisecondsText(singleRow.maxMs),
      bytesText(modelBytes),
      bytesText(memoryBytes),
    ],
  }));
  const memory = memoryText({ throughput, cost });
  const heads = [
    text("Runtime"),
    number("Rows per second, in batches"),
    number("One row: median"),
    number("p99"),
    number("Slowest"),
    number("Model file"),
    number("Added memory"),
  ];
  return html`${chartMarkup(latencyChart(throughput))}${tableMarkup("Measured with the model that ships", heads, rows)}<p class="note">One row: ${throughput.map(({ runtime }) => `${runtime} ${singleRowWords(runtime)}`).join(", ")}; without HTTP. ${memory === null ? null : html`${memory} `}Measured on this machine: ${machine.cpu}, ${machine.cores} cores, ${bytesText(machine.memoryBytes)} memory, Node ${machine.node}.</p>${notYet.length === 0 ? null : html`<p>Not measured yet:</p>${listMarkup(notYet)}`}`;
}

function costMarkup(cost: CostPlan): Markup {
  const { serving, servingTripled, assumptions, warnings, trainingUsd, storageUsdPerMonth, uncertainty } = cost;
  const rows = serving.slice(0, MOST_OPTIONS).map((option) => {
    const tripled = tripledOf(option, servingTripled);
    const { cloud, instance, region, vcpu, memoryGib, replicas, utilisation, usdPerMonth, usdPerMillionPredictions } = option;
    return {
      cells: [
        html`${cloud} ${instance}<br><small>${region}</small>`,
        `${vcpu} / ${numberShort(memoryGib)} GiB`,
        `${replicas}${tripled === null ? "" : ` → ${tripled.replicas}`}`,
        percentText(utilisation),
        usdText(usdPerMonth),
        tripled === null ? "" : usdText(tripled.usdPerMonth),
        usdText(usdPerMillionPredictions),
      ],
    };
  });
  const heads = [
    text("Option"),

    number("vCPU / memory"),
    number("Machines, now → tripled"),
    number("Busy at the peak"),
    number("USD a month"),
    number("Tripled"),
    number("per million"),
  ];
  const dates = [...new Set(serving.map(({ priceDate }) => priceDate))].sort();
  return html`${warnings.length === 0 ? null : html`<div class="warning">${listMarkup(warnings)}</div>`}${chartMarkup(costChart(cost))}${tableMarkup("Options, cheapest first", heads, rows.slice(0, FIRST_OPTIONS))}${moreOptions(heads, rows.slice(FIRST_OPTIONS))}
<p class="note">On-demand list prices of ${dates.length === 0 ? "unknown date" : dates.join(", ")}; ±${percentText(uncertainty)} until confirmed on a real instance. Training once: ${usdText(trainingUsd)}. Storage: ${usdText(storageUsdPerMonth)} a month.</p>
<p>Assumed:</p>${listMarkup(assumptions)}`;
}

/** Shown at once: whoever looks for a machine takes one of the cheapest. */
const FIRST_OPTIONS = 3;

function moreOptions(heads: Parameters<typeof tableMarkup>[1], rows: Parameters<typeof tableMarkup>[2]): Markup | null {
  return rows.length === 0
    ? null
    : html`<details><summary>${countText(rows.length, "dearer option", "dearer options")}</summary>${tableMarkup("Dearer options", heads, rows)}</details>`;
}

function numberShort(value: number): string {
  return Number.isInteger(value) ? String(value) : numberText(value, 1);
}
