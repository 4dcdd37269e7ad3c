import { type CostPlan, type LearningCurve, type Plan, sizeOf, type Throughput } from "../../core/plan.ts";
import { intervalText, percentText, wholeText } from "../numbers.ts";
import { bytesText, millisecondsText, rateText, usdText } from "../units.ts";
import { MOST_OPTIONS, machinesText, tripledOf, tripledText } from "../words/cost.ts";
import { curveAnswer, curveUnits } from "../words/curve.ts";
import { memoryText } from "../words/memory.ts";
import { metricWords } from "../words/metric.ts";
import { singleRowWords } from "../words/speed.ts";
import { type Paint, plainLine, tableText, wrapText } from "./layout.ts";

const LABEL = 16;

/** A label in bold and a sentence beside it. */
export function labelled(label: string, text: string, paint: Paint, width: number): string[] {
  const [first = "", ...rest] = wrapText(text, width, label.padEnd(LABEL));
  return [`${paint.bold(label.padEnd(LABEL))}${first.slice(LABEL)}`, ...rest];
}

/** More rows, speed and cost, a line or two each. */
export function planSummary({ curve, throughput, cost }: Plan, paint: Paint, width: number): string[] {
  return [
    ...labelled(`More ${curveUnits(curve)}?`, `${curveAnswer(curve)}. ${curve.why}`, paint, width),
    ...labelled(
      "Speed",
      `${throughput.map(speedText).join("; ")}; a server of it takes about ${bytesText(cost.processBytes)} of memory`,
      paint,
      width,
    ),
    ...labelled("Cost", costText(cost), paint, width),
  ];
}

function speedText({ runtime, rowsPerSecond, singleRow }: Throughput): string {
  return `${runtime} ${rateText(rowsPerSecond.value)} rows/s, a single row ${singleRowWords(runtime)} p50 ${millisecondsText(singleRow.p50Ms)}, p99 ${millisecondsText(singleRow.p99Ms)}`;
}

function costText({ serving, servingTripled, load, trainingUsd, uncertainty }: CostPlan): string {
  const cheapest = serving[0];
  if (cheapest === undefined) return "no option was found";
  const tripled = tripledText(cheapest, servingTripled);
  const later = tripled === null ? "" : `, ${tripled}`;
  return `about ${usdText(cheapest.usdPerMonth)} a month for ${wholeText(load.predictionsPerMonth)} predictions on ${machinesText(cheapest)}${later}; training ${usdText(trainingUsd)}; prices of ${cheapest.priceDate}, ±${percentText(uncertainty)}`;
}

/** Stage 3 in full. */
export function planLines(plan: Plan, paint: Paint, width: number): string[] {
  const { curve, cost, machine, notYet } = plan;
  return [
    ...curveLines(curve, paint, width),
    "",
    ...speedLines(plan, paint, width),
    ...wrapText(
      `Measured on ${machine.cpu}, ${machine.cores} cores, ${bytesText(machine.memoryBytes)}, Node ${machine.node}.`,
      width,
      "  ",
    ).map(paint.dim),
    "",
    ...costLines(cost, paint, width),
    ...(notYet.length === 0 ? [] : ["", paint.bold("Not measured yet"), ...notYet.flatMap((text) => wrapText(text, width, "  - "))]),
  ];
}

function curveLines(curve: LearningCurve, paint: Paint, width: number): string[] {
  const { label, better } = metricWords(curve.metric);
  const units = curveUnits(curve);
  const measured = curve.points.map((point) => ({
    cells: [wholeText(sizeOf(point)), intervalText(point.score), ""],
    paint: plainLine,
  }));
  const forecast = (curve.forecast ?? []).map((point) => ({
    cells: [wholeText(sizeOf(point)), intervalText(point.score), `forecast, ${point.factor} times the ${units}`],
    paint: paint.cyan,
  }));
  const columns = [
    { head: `training ${units}`, align: "right", most: 16 },
    { head: `${label} (${better} is better)`, align: "left", most: 40 },
    { head: "", align: "left", most: 40 },
  ] as const;
  return [
    ...wrapText(`Would more ${units} help? ${curveAnswer(curve)}.`, width).map(paint.bold),
    ...wrapText(curve.why, width, "  "),
    ...tableText(columns, [...measured, ...forecast], paint),
  ];
}

function speedLines({ throughput, cost }: Plan, paint: Paint, width: number): string[] {
  const rows = throughput.map(({ runtime, rowsPerSecond, singleRow, memoryBytes, modelBytes }) => ({
    cells: [
      runtime,
      rateText(rowsPerSecond.value),
      millisecondsText(singleRow.p50Ms),
      millisecondsText(singleRow.p99Ms),
      millisecondsText(singleRow.maxMs),
      bytesText(modelBytes),
      bytesText(memoryBytes),
    ],
    paint: plainLine,
  }));
  const memory = memoryText({ throughput, cost });
  const columns = ["runtime", "rows/s", "p50", "p99", "slowest", "model file", "added memory"].map((head, i) => ({
    head,
    align: i === 0 ? ("left" as const) : ("right" as const),
    most: 20,
  }));
  return [
    paint.bold("How fast it is"),
    ...tableText(columns, rows, paint),
    paint.dim(`  one row: ${throughput.map(({ runtime }) => `${runtime} ${singleRowWords(runtime)}`).join(", ")}; without HTTP`),
    ...(memory === null ? [] : wrapText(memory, width, "  ").map(paint.dim)),
  ];
}

function costLines(
  { serving, servingTripled, assumptions, warnings, trainingUsd, storageUsdPerMonth }: CostPlan,
  paint: Paint,
  width: number,
): string[] {
  const rows = serving.slice(0, MOST_OPTIONS).map((option, i) => {
    const tripled = tripledOf(option, servingTripled);
    const { cloud, instance, region, replicas, utilisation, usdPerMonth, usdPerMillionPredictions } = option;
    const later = tripled === null ? "" : usdText(tripled.usdPerMonth);
    return {
      cells: [
        `${cloud} ${instance}`,
        region,
        String(replicas),
        percentText(utilisation),
        usdText(usdPerMonth),
        later,
        usdText(usdPerMillionPredictions),
      ],
      paint: i === 0 ? paint.bold : plainLine,
    };
  });
  const heads = ["option", "region", "machines", "busy at peak", "a month", "tripled", "per million"];
  const columns = heads.map((head, i) => ({ head, align: i < 2 ? ("left" as const) : ("right" as const), most: 34 }));
  return [
    paint.bold("What it costs (USD)"),
    ...tableText(columns, rows, paint),
    `  training once ${usdText(trainingUsd)}, storage ${usdText(storageUsdPerMonth)} a month`,
    ...assumptions.flatMap((text) => wrapText(text, width, "  - ")),
    ...warnings.flatMap((text) => wrapText(text, width, "  ! ")).map(paint.yellow),
  ];
}
