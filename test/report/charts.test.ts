import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { slicesOf } from "../../src/core/judged-slices.ts";
import type { JourneyResult } from "../../src/core/verdict.ts";
import { calibrationChart } from "../../src/report/charts/calibration.ts";
import { candidatesChart } from "../../src/report/charts/candidates.ts";
import { costChart } from "../../src/report/charts/cost.ts";
import type { Chart } from "../../src/report/charts/drawing.ts";
import { harmChart } from "../../src/report/charts/harm.ts";
import { importanceChart } from "../../src/report/charts/importance.ts";
import { latencyChart } from "../../src/report/charts/latency.ts";
import { learningCurveChart } from "../../src/report/charts/learning-curve.ts";
import { meetsNames, numberAxis } from "../../src/report/charts/rows.ts";
import { slicesChart } from "../../src/report/charts/slices.ts";
import { splitGapChart } from "../../src/report/charts/split-gap.ts";
import { reportHtml, reportText } from "../../src/report/index.ts";
import { bank } from "./fixture.ts";
import { estimate } from "./fixture-parts.ts";
import { ODD } from "./odd.ts";
import { PLAIN } from "./plain-paint.ts";

function chartsOf({ findings, comparison, plan, proof }: JourneyResult): readonly Chart[] {
  const { slices, whole } = slicesOf(proof?.gates ?? []);
  const gap = findings.dataset.split.gap;
  return [
    harmChart(findings),
    gap === null ? null : splitGapChart(gap, "split by time", false),
    comparison === null ? null : candidatesChart(comparison),
    comparison?.calibration == null ? null : calibrationChart(comparison.calibration),
    comparison === null ? null : importanceChart(comparison),
    plan === null ? null : learningCurveChart(plan.curve),
    plan === null ? null : latencyChart(plan.throughput),
    plan === null ? null : costChart(plan.cost),
    slicesChart(slices, whole, { label: "ROC AUC", better: "higher" }),
  ].filter((chart) => chart !== null);
}

const titles = (result: JourneyResult) => Object.fromEntries(chartsOf(result).map(({ name, title }) => [name, title]));

describe("charts", () => {
  test("each says its message in words, with the number", () => {
    expect(titles(bank())).toEqual({
      harm: "Without duration: 0.79, not 0.94",
      "split-gap": "No difference shown between a random split (0.801) and this one (0.79)",
      candidates: "Boosted trees, 12 leaves: 0.79, 0.061 [0.040, 0.082] better than the best baseline",
      calibration: "Probabilities can be taken at their word: said and happened differ by 0.6 % on average",
      importance: "nr.employed matters most: without it ROC AUC worsens by 0.061",
      "learning-curve": "Twice the rows would hardly help: 0.79 → 0.794",
      latency: "One answer alone: 99 of 100 take less than 0.071 ms (native)",
      cost: "Serving costs about $12 a month on GCP e2-small, $24 when the users triple (2 machines)",
      slices: "Weakest part of the rows: contact = telephone, 0.719 against 0.79 on all",
    });
  });

  test("what was told and not mended is not drawn as the honest score, and rows name column and trap", () => {
    const { findings } = bank();
    const priced = findings.findings.find(({ harm }) => harm !== null && harm.metric === findings.dataset.metric)!;
    const one = { ...priced, harm: { ...priced.harm!, q: 0 }, trap: "post-outcome", columns: ["paid"] } as const;
    const chart = (state: "mended" | "open") => harmChart({ ...findings, findings: [{ ...one, state }] })!;
    expect(chart("mended").text).toMatch(/paid: only known after the outcome: .*, honest/);
    const open = chart("open");
    expect(open.text).toContain("not mended, which would give");
    expect(open.text).not.toContain("honest");
    expect(open.note).toContain("told and not mended");
    expect(open.title).toContain("it would be");
    expect(open.wide).toContain("if mended");
    const split = { action: "split", split: { policy: "time", by: "day" } } as unknown as typeof one.fix;
    expect(harmChart({ ...findings, findings: [{ ...one, fix: split, state: "open" }] })!.title).toMatch(/^Split by paid: it would be/);
    for (const svg of [open.wide, open.narrow]) expect(svg).toContain("var(--alarm)");
    expect(chart("mended").wide).not.toContain("var(--alarm)");
  });

  test("one measurement is one row of the harm chart, and two of the same columns are told apart", () => {
    const { findings } = bank();
    const priced = findings.findings.find(({ harm }) => harm !== null && harm.metric === findings.dataset.metric)!;
    const harm = { ...priced.harm!, q: 0, experiments: ["a", "b"] };
    const one = { ...priced, harm, trap: "post-outcome", columns: ["paid"] } as const;
    const chart = (...parts: readonly Partial<typeof priced>[]) =>
      harmChart({ ...findings, findings: parts.map((part) => ({ ...one, ...part })) })!.text;
    expect(chart({}, { trap: "sibling-target" }).match(/paid/g)).toHaveLength(1);
    const apart = chart({ trap: "hidden-duplicate" }, {}, { trap: "identifier", harm: { ...harm, experiments: ["c", "b"] } });
    expect(apart).toContain("equal rows (not comparing paid): ");
    expect(apart).toContain("paid: only known after the outcome: ");
    expect(apart).toContain("paid: a column names the row: ");
  });

  test("probabilities are taken at their word only where the test and the intervals agree", () => {
    const { calibration } = bank().comparison!;
    const bins = calibration!.bins.map((bin, i) =>
      i % 2 === 0 ? { ...bin, observed: bin.predicted + 0.2, low: bin.predicted + 0.1, high: 1 } : bin,
    );
    expect(calibrationChart({ ...calibration!, p: 0.9, bins })?.title).toMatch(/^Probabilities are not shown to be wrong, but said/);
    expect(calibrationChart({ ...calibration!, p: 0.01 })?.title).toMatch(/^Probabilities are not exact/);
    expect(calibrationChart(calibration!, true)?.title).toMatch(/^The same is said of every row/);
  });

  test("a message follows the numbers", () => {
    const result = ODD.regression!();
    expect(titles(result)).toMatchObject({
      harm: "Without median_rooms_value: 47,120, not 21,004",
      "split-gap": "A random split would have claimed 44,100; judged honestly it is 47,120",
      "learning-curve": "Twice the rows would help: 47,120 → 44,300",
    });
    expect(titles(ODD.nothingBeats!())).toMatchObject({
      candidates: "No model is shown to beat the best baseline (rule on one column, 0.503)",
    });
    const { comparison } = bank();
    expect(calibrationChart({ ...comparison!.calibration!, p: 0.01 })?.title).toBe(
      "Probabilities are not exact: said and happened differ by 0.6 % on average",
    );
    expect(importanceChart({ ...comparison!, importance: [{ column: "a", drop: estimate(0.01, 0.02) }] })?.title).toBe(
      "No single column is shown to matter on its own",
    );
  });

  test("on a phone the line stops only for names that it would cross", () => {
    const sheet = { width: 328, isNarrow: true };
    const row = (label: string) => ({ key: "0", label, value: "0.9", shortValue: "0.9", isStrong: false });
    expect(meetsNames(sheet, row("short"), 0.6)).toBe(false);
    expect(meetsNames(sheet, row("a name that reaches far across"), 0.6)).toBe(true);
    expect(meetsNames(sheet, row("short"), 1)).toBe(true);
  });

  test("names that begin alike are told apart: in two lines at a desk, cut in the middle on a phone", () => {
    const score = estimate(0.7, 0.1);
    const slices = ["user = a", "birth year above 1,975", "birth year above 1,984"].map((other) => ({
      name: `end station latitude above 40.715 to 40.725 and ${other}`,
      rows: 100,
      score,
    }));
    const chart = slicesChart(slices, 0.8, { label: "ROC AUC", better: "higher" })!;
    const shown = (svg: string) => {
      const texts = [...parseHTML(svg).document.querySelectorAll("text")].filter(({ textContent }) =>
        textContent.startsWith("end station"),
      );
      return texts.map(({ textContent }) => textContent);
    };
    expect(shown(chart.wide).length).toBe(3);
    expect(shown(chart.wide).join()).not.toContain("…");
    expect(new Set(shown(chart.narrow)).size).toBe(3);
    for (const name of shown(chart.narrow)) expect(name).toMatch(/^end .*….*(= a|1,975|1,984)$/);
  });

  test.each([
    [0.679, 0.971],
    [0.52, 0.79],
    [-3.2, 1.4],
    [37, 66],
    [0, 1],
  ])("an axis from %d to %d has two ticks or more, however little room is left", (low, high) => {
    const x = numberAxis({ innerPx: 170, isNarrow: false, options: {}, labels: [] }, "x", [low, high]);
    const svg = Plot.plot({ document: parseHTML("<body></body>").document, width: 300, x, marks: [] });
    const texts = [...svg.querySelectorAll("text")].map(({ textContent }) => textContent);
    expect(texts.filter((text) => /^[-−]?[\d.,]+$/.test(text ?? "")).length).toBeGreaterThan(1);
  });

  test("a chosen rule on one column is the best baseline, in the title and in the note", () => {
    const { comparison } = ODD.nothingBeats!();
    const [first, second, ...rest] = comparison!.candidates;
    const rule = { ...second!, label: "the rule", state: "chosen" as const, score: { ...second!.score, value: 0.758 } };
    const constant = { ...first!, state: "baseline" as const };
    const chart = candidatesChart({ ...comparison!, verdict: "undecided", chosen: rule.name, candidates: [constant, rule, ...rest] });
    expect(chart?.title).toBe("No model is shown to beat the best baseline (the rule, 0.758)");
    expect(chart?.note).toContain("the best baseline (the rule, 0.758)");
  });

  test("a learning curve says by how much it was corrected, and which way", () => {
    const { curve } = bank().plan!;
    const note = (parts: Partial<typeof curve>) => learningCurveChart({ ...curve, ...parts })!.note;
    expect(note({})).not.toContain("than measured");
    expect(note({ optimism: 0.004 })).toContain("All points are 0.004 lower than measured, as the score of the chosen model is");
    expect(note({ optimism: 0.004, metric: "log-loss" })).toContain("0.004 higher than measured");
    const of = { label: "forest", isShipped: false, shipped: "rule on one column" } as const;
    expect(note({})).not.toContain("not corrected");
    expect(note({ of })).toContain("not corrected for having been picked");
  });

  test("each size of a learning curve that has a tick has its number", () => {
    const { curve } = bank().plan!;
    const [first] = curve.points;
    const sized = (trainRows: number) => ({ ...first!, trainRows });
    const points = [206, 412, 824, 1648, 3295].map(sized);
    const chart = learningCurveChart({
      ...curve,
      points,
      forecast: [6590, 13_180].map((rows) => ({ ...curve.forecast![0]!, ...sized(rows) })),
    });
    const labels = ["206", "412", "824", "1,648", "3,295", "6,590", "13,180"];
    expect(labels.filter((label) => chart?.wide.includes(`>${label}<`))).toEqual(labels);
    expect(labels.filter((label) => chart?.narrow.includes(`>${label}<`))).toEqual(["206", "412", "824", "3,295", "13,180"]);
  });

  test("nothing is drawn from nothing", () => {
    const { findings, comparison, plan } = bank();
    expect(harmChart({ ...findings, findings: findings.findings.map((one) => ({ ...one, harm: null })) })).toBeNull();
    expect(calibrationChart({ ...comparison!.calibration!, bins: [] })).toBeNull();
    expect(importanceChart({ ...comparison!, importance: [] })).toBeNull();
    expect(candidatesChart({ ...comparison!, candidates: comparison!.candidates.slice(-1) })).toBeNull();
    expect(learningCurveChart({ ...plan!.curve, points: plan!.curve.points.slice(0, 1) })).toBeNull();
    expect(latencyChart([])).toBeNull();
    expect(costChart({ ...plan!.cost, serving: [] })).toBeNull();
    expect(slicesChart([], 0.5, { label: "F1", better: "higher" })).toBeNull();
  });

  test("the chart of costs shows the options of the table, and says once that the same machine suffices", () => {
    const { plan, ...rest } = bank();
    const { cost } = plan!;
    const options = (usd: number, utilisation: number) =>
      Array.from({ length: 10 }, (_, i) => ({
        ...cost.serving[0]!,
        instance: `type-${i}`,
        replicas: 1,
        usdPerMonth: usd + i,
        utilisation,
      }));
    const many = { ...cost, serving: options(12, 0.01), servingTripled: options(12, 0.034) };
    const { title, wide } = costChart(many)!;
    expect(title).toBe("Serving costs about $12 a month on GCP type-0, which suffices when the users triple (then 3.4 % busy)");
    const result = { ...rest, plan: { ...plan!, cost: many } };
    const [, first = "", dearer = ""] =
      reportHtml(result)
        .split("<caption>Options, cheapest first")[1]!
        .split("</table>", 2)
        .join("\n")
        .match(/^([\s\S]*?)<details>([\s\S]*)$/) ?? [];
    for (let i = 0; i < 10; i++) {
      expect(wide).toContain(`type-${i}`);
      // The cheapest three at once, the rest folded.
      expect(i < 3 ? first : dearer).toContain(`type-${i}`);
    }
    expect(reportText(result, { colours: PLAIN, folder: "d" }).replace(/\s+/g, " ")).toContain(
      "predictions on GCP type-0, which suffices when the users triple (then 3.4 % busy); training",
    );
  });

  test.each(["bank", ...Object.keys(ODD)])("%s: whole drawings in both widths, coloured by the page, with a text alternative", (name) => {
    for (const chart of chartsOf(name === "bank" ? bank() : ODD[name]!())) {
      expect(chart.text.length).toBeGreaterThan(20);
      for (const [svg, width] of [
        [chart.wide, 720],
        [chart.narrow, 328],
      ] as const) {
        const drawing = parseHTML(`<!doctype html><html><body>${svg}</body></html>`).document;
        expect(drawing.querySelector("svg")?.getAttribute("viewBox")).toMatch(new RegExp(`^0 0 ${width} `));
        const attributes = svg.replace(/>[^<]*</g, "><");
        expect(attributes).not.toMatch(/NaN|undefined|Infinity|null/);
        expect(attributes.match(/(?:fill|stroke)="(?!var\(--|currentColor|none)[^"]*"/g) ?? []).toEqual([]);
        expect(drawing.querySelectorAll("style, script, title").length).toBe(0);
        expect(svg).not.toContain("⚠");
      }
    }
  });

  test("the number behind each mark: dots of the candidates stand where their scores are", () => {
    const { wide } = candidatesChart(bank().comparison!)!;
    const drawing = parseHTML(`<!doctype html><html><body>${wide}</body></html>`).document;
    const places = [...drawing.querySelectorAll("circle")].map((dot) => Number(dot.getAttribute("cx")));
    const [chosen, ...others] = places;
    const scores = [0.794, 0.788, 0.785, 0.781, 0.776, 0.729, 0.5];
    const perPoint = (others[0]! - others.at(-1)!) / (scores[0]! - scores.at(-1)!);
    scores.forEach((score, i) => {
      expect(others[i]! - others.at(-1)!).toBeCloseTo((score - 0.5) * perPoint, 0);
    });
    expect(chosen! - others.at(-1)!).toBeCloseTo((0.79 - 0.5) * perPoint, 0);
  });

  test("an interval without bounds is drawn as a dot and said to be unknown", () => {
    const { comparison } = bank();
    const open = {
      ...comparison!.candidates[3]!,
      score: { ...comparison!.candidates[3]!.score, low: Number.NEGATIVE_INFINITY, high: Number.NaN },
    };
    const chart = candidatesChart({ ...comparison!, candidates: [open] })!;
    expect(chart.text).toContain("0.79 [interval unknown]");
    expect(chart.wide).not.toContain("NaN");
  });
});
