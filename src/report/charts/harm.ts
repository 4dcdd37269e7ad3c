import * as Plot from "@observablehq/plot";
import type { Finding, FindingsFile, Harm } from "../../core/finding.ts";
import { intervalTexts, numberText } from "../numbers.ts";
import { harmDirection } from "../words/harm.ts";
import { metricWords } from "../words/metric.ts";
import { findingTitle, subjectText, trapTitle } from "../words/trap.ts";
import { type Chart, COLOURS, drawChart, paddedDomain } from "./drawing.ts";
import { numberAxis, type Row, rowFrame } from "./rows.ts";

const MOST_ROWS = 12;

interface HarmRow extends Row {
  readonly verb: "claimed" | "costs:";
  /** Done in this run: without it the honest score is only what mending would give. */
  readonly isMended: boolean;
  readonly claimed: number;
  readonly claimedLow: number;
  readonly claimedHigh: number;
  readonly honest: number;
  readonly low: number;
  readonly high: number;
}

type Priced = Finding & { readonly harm: Harm };

/** Score with each trap against the score without it; null when no harm was measured. Harms in other metrics are left to the list. */
export function harmChart({ dataset, findings }: FindingsFile): Chart | null {
  const priced = findings.filter(
    (finding): finding is Priced => finding.harm !== null && finding.harm.metric === dataset.metric && Number.isFinite(finding.harm.delta),
  );
  const real = priced.filter(({ harm }) => harmDirection(harm) !== "none");
  const worst = real[0];
  if (worst === undefined) return null;
  const rows = rowsOf(real).slice(0, MOST_ROWS);
  const { label, better } = metricWords(dataset.metric);
  const [mended, left] = [rows.filter(({ isMended }) => isMended), rows.filter(({ isMended }) => !isMended)];
  const leftNote = left.length === 0 ? "" : ' Diamond, "if mended": told and not mended in this run, so the score of the run still has it.';
  const filledNote = mended.length === 0 ? "" : " Filled: honest, without it.";
  const none = priced.length - real.length;
  const rest = none === 0 ? "" : ` ${none} more ${none === 1 ? "was" : "were"} measured and showed no harm beyond chance.`;
  const words = {
    name: "harm",
    title: titleOf(worst),
    note: `Scores of a quick model, the same for all traps, not of the chosen one. Hollow: with the trap.${filledNote}${leftNote} Bars: their intervals.${rest}`,
    text: `${label} with each trap and without it. ${rows.map(({ label: name, verb, isMended, claimed, honest, low, high }) => `${name}: ${verb} ${numberText(claimed)}, ${isMended ? "honest" : "not mended, which would give"} ${numberText(honest)}, interval ${numberText(low)} to ${numberText(high)}`).join(". ")}.`,
  };
  return drawChart(words, (sheet) => {
    const frame = rowFrame(sheet, rows);
    const domain = paddedDomain(
      rows.flatMap(({ claimedLow, claimedHigh, claimed, honest, low, high }) => [claimed, claimedLow, claimedHigh, honest, low, high]),
    );
    return {
      ...frame.options,
      x: numberAxis(frame, `${label} (${better} is better)`, domain),
      marks: [
        ...frame.labels,
        Plot.link(rows, { x1: "claimed", x2: "honest", y: "key", stroke: COLOURS.muted, strokeDasharray: "2,3" }),
        Plot.ruleY(rows, { x1: "claimedLow", x2: "claimedHigh", y: "key", stroke: COLOURS.muted, strokeWidth: 3, strokeOpacity: 0.45 }),
        Plot.ruleY(mended, { x1: "low", x2: "high", y: "key", stroke: COLOURS.accent, strokeWidth: 3, strokeOpacity: 0.45 }),
        Plot.ruleY(left, { x1: "low", x2: "high", y: "key", stroke: COLOURS.alarm, strokeWidth: 3, strokeOpacity: 0.3 }),
        Plot.dot(rows, { x: "claimed", y: "key", r: 5, stroke: COLOURS.muted, strokeWidth: 2, fill: "var(--surface)" }),
        Plot.dot(mended, { x: "honest", y: "key", r: 5, fill: COLOURS.accent }),
        Plot.dot(left, { x: "honest", y: "key", r: 5, symbol: "diamond", stroke: COLOURS.alarm, strokeWidth: 2, fill: "var(--surface)" }),
      ],
    };
  });
}

/** One measurement is one row, whatever made its columns suspect. A row names the columns and, in plain words, the trap. */
function rowsOf(real: readonly Priced[]): HarmRow[] {
  const measured = real.map((one) => JSON.stringify([subjectText(one), one.harm.experiments, one.harm.delta]));
  const once = real.filter((_, i) => measured.indexOf(measured[i] ?? "") === i);
  return once.map((one, i) => {
    const label = subjectText(one, 2);
    return rowOf(one, one.columns.length > 0 ? `${label}: ${findingTitle(one).toLowerCase()}` : label, `${i}`);
  });
}

function rowOf({ harm, state }: Priced, label: string, key: string): HarmRow {
  const { claimed, claimedLow, claimedHigh, honest, honestLow: low, honestHigh: high } = harm;
  const bound = (value: number, at = honest) => (Number.isFinite(value) ? value : at);
  const isMended = state === "mended";
  const value = isMended ? arrow(harm) : `${arrow(harm)} if mended`;
  return {
    key,
    label,
    value,
    // The note tells what a diamond is; on a phone the name needs the room.
    shortValue: arrow(harm),
    isStrong: false,
    isMended,
    verb: harmDirection(harm) === "damages" ? "costs:" : "claimed",
    claimed,
    claimedLow: bound(claimedLow, claimed),
    claimedHigh: bound(claimedHigh, claimed),
    honest,
    low: bound(low),
    high: bound(high),
  };
}

function arrow({ claimed, honest }: Harm): string {
  const { low, high } = intervalTexts({ value: claimed, low: claimed, high: honest });
  return `${low} → ${high}`;
}

/** "Without duration: 0.79, not 0.94"; "Split by day: 0.79, not 0.94". */
function titleOf(finding: Priced): string {
  const { trap, columns, harm, state } = finding;
  const would = state === "mended" ? "" : "it would be ";
  const [honest, claimed] = shortest(harm.honest, harm.claimed);
  if (trap === "too-few-rows") return `All rows give ${honest}, half of them ${claimed}`;
  const name = columns.length === 0 || columns.length > 3 ? null : subjectText(finding);
  if (harmDirection(harm) === "flatters") {
    if (finding.fix.action === "split" && name !== null) return `Split by ${name}: ${would}${honest}, not ${claimed}`;
    const without = name === null ? `Without "${trapTitle(trap).toLowerCase()}"` : `Without ${name}`;
    return trap.endsWith("-leak") && name === null
      ? `Judged honestly: ${honest}, not ${claimed}`
      : `${without}${would === "" ? ": " : ` ${would}`}${honest}, not ${claimed}`;
  }
  return `Mending ${name ?? `"${trapTitle(trap).toLowerCase()}"`} ${would === "" ? "gives" : "would give"} ${honest} instead of ${claimed}`;
}

/** Both numbers with as few digits as tell them apart, at least two after the point for numbers around 1. */
function shortest(a: number, b: number): readonly [string, string] {
  const least = Math.max(Math.abs(a), Math.abs(b)) >= 10 ? 0 : 2;
  for (let decimals = least; decimals < 9; decimals++) {
    if (a.toFixed(decimals) !== b.toFixed(decimals)) return [numberText(a, decimals), numberText(b, decimals)];
  }
  return [numberText(a), numberText(b)];
}
