import {
  type CalibrationSummary,
  type Candidate,
  type Comparison,
  candidateStateInFull,
  choiceNote,
  notTriedSentence,
} from "../../core/comparison.ts";
import { NONE_CALLED, NONE_POSITIVE } from "../../core/threshold-rates.ts";
import { wordsSentence } from "../../core/verdict.ts";
import { calibrationChart } from "../charts/calibration.ts";
import { candidatesChart } from "../charts/candidates.ts";
import { importanceChart } from "../charts/importance.ts";
import { estimateMarkup } from "../links.ts";
import { html, type Markup, nameMarkup, type Part } from "../markup.ts";
import { holdsZero, numberText, percentText, probabilityText, wholeText } from "../numbers.ts";
import { durationText } from "../units.ts";
import type { View } from "../view.ts";
import { againstBestWord, inOrderOfScore, isJudged } from "../words/candidate.ts";
import { chartMarkup, listMarkup, missingMarkup, number, type Section, tableMarkup, text } from "./section.ts";

/** Stage 2: which model, judged on rows it has not seen. */
export function modelSections(view: View): Section[] {
  const { comparison, whyNoModel } = view.result;
  if (comparison === null)
    return [{ id: "model", title: "Which model", body: missingMarkup(whyNoModel ?? "No model was judged in this run.") }];
  const sections: Section[] = [
    {
      id: "model",
      title: "Which model",
      body: html`${chartMarkup(candidatesChart(comparison))}${listMarkup(comparison.why.map((sentence) => view.prose(sentence)))}${testMarkup(view, comparison)}${candidateTable(view, comparison)}${ruleMarkup(view, comparison)}${wordsMarkup(view)}${errorWidthMarkup(view, comparison)}`,
    },
  ];
  const { calibration } = comparison;
  const isConstant = isOneAnswer(comparison);
  if (calibration !== null)
    sections.push({
      id: "calibration",
      title: "Can its probabilities be trusted?",
      body: html`${chartMarkup(calibrationChart(calibration, isConstant))}${calibrationTable(view, comparison, calibration)}${thresholdMarkup(view, comparison)}`,
    });
  if (comparison.importance.length > 0)
    sections.push({ id: "importance", title: "What it looks at", body: importanceMarkup(view, comparison) });
  return sections;
}

function candidateTable(view: View, comparison: Comparison): Markup {
  const { candidates, better, metricLabel, chosen } = comparison;
  const rows = inOrderOfScore(candidates, better).map((candidate) => ({
    cells: candidateCells(view, candidate),
    isStrong: candidate.name === chosen,
  }));
  const heads = [
    text("Candidate"),
    number(metricLabel),
    number("Better than best baseline"),
    number("Against the best"),
    number("Training"),
  ];
  return html`${tableMarkup("All candidates, judged on outer folds that were used for nothing else", heads, rows)}<p class="note">Differences are positive where the candidate is better, paired by fold or by row. "No difference": the interval holds 0. Of the models that beat the best baseline, the simplest that is at most one standard error of the paired difference behind the best wins. ${[notTriedSentence(comparison), choiceNote(comparison)].filter((one) => one !== null).join(" ")}</p>`;
}

/** The given test set, judged once after everything was chosen. */
function testMarkup({ links }: View, { test, metricLabel, chosen, candidates }: Comparison): Markup | null {
  if (test === null) return null;
  const label = candidates.find(({ name }) => name === chosen)?.label ?? chosen;
  const rows = [
    {
      cells: [label, estimateMarkup(links, test.score), test.overBaseline === null ? "" : estimateMarkup(links, test.overBaseline)],
      isStrong: true,
    },
    ...test.beside.map((one) => ({ cells: [one.label, estimateMarkup(links, one.score), ""], isStrong: false })),
  ];
  const heads = [text("Judged once"), number(metricLabel), number("Better than best baseline")];
  return html`${tableMarkup(`On ${wholeText(test.rows)} given test rows, which no choice of this run has looked at`, heads, rows)}<p class="note">Looks at them from other dossiers or with other tools are not known here. Below: the folds within the training rows, by which all was chosen.</p>`;
}

function wordsMarkup({ result: { training } }: View): Markup | null {
  const words = training?.words ?? [];
  return words.length === 0 ? null : listMarkup(words.map((one) => html`${wordsSentence(one)}`));
}

function ruleMarkup({ links, prose }: View, { rule }: Comparison): Markup | null {
  if (rule === null) return null;
  const { experiments } = rule;
  const rows = rule.lines.map(({ when, answer, rows: count }) => ({ cells: [when, links.link(answer, experiments), wholeText(count)] }));
  return html`<p>The rule on one column: ${prose(rule.text, [], experiments)}</p><details><summary>All of the rule</summary>${tableMarkup(`${rule.feature}, trained on all training rows`, [text(rule.feature), number(rule.says), number("Rows")], rows)}</details>`;
}

function candidateCells({ links }: View, candidate: Candidate): Part[] {
  const { label, score, overBaseline, againstBest, fitMs } = candidate;
  const name = html`${label}<br><small>${candidateStateInFull(candidate)}</small>`;
  if (!isJudged(candidate)) return [name, "", "", "", ""];
  const over = overBaseline === null ? "" : estimateMarkup(links, overBaseline);
  const against =
    againstBest === null
      ? candidate.state === "baseline"
        ? ""
        : "is the best"
      : html`${estimateMarkup(links, againstBest)}${wordMarkup(againstBestWord(candidate))}`;
  return [name, estimateMarkup(links, score), over, against, durationText(fitMs)];
}

function wordMarkup(word: string | null): Markup | null {
  return word === null ? null : html`<small class="line">${word}</small>`;
}

/** Where calibration and the rates of the threshold were measured: on the given test rows, else on the folds. */
function measuredBy(comparison: Comparison): readonly string[] {
  return comparison.test?.score.experiments ?? chosenBy(comparison);
}

/** What was chosen says the same of every row. */
function isOneAnswer({ candidates, chosen }: Comparison): boolean {
  return candidates.find(({ name }) => name === chosen)?.estimator === "constant";
}

/** The folds by which all was chosen. */
function chosenBy({ candidates, chosen }: Comparison): readonly string[] {
  return candidates.find(({ name }) => name === chosen)?.score.experiments ?? [];
}

function errorWidthMarkup({ links }: View, comparison: Comparison): Markup | null {
  const { errorHalfWidth, metricLabel } = comparison;
  if (errorHalfWidth === null) return null;
  return html`<p>Nine of ten out-of-fold errors were at most ±${links.link(html`<strong>${numberText(errorHalfWidth)}</strong>`, chosenBy(comparison))}: measured on rows like these, no promise for new ones (${metricLabel} alone does not say that).</p>`;
}

const METHODS = {
  none: "left as they were",
  isotonic: "isotonic regression, fitted out of fold",
  platt: "Platt scaling, fitted out of fold",
} as const;

function calibrationTable({ links }: View, comparison: Comparison, { method, before, after, p }: CalibrationSummary): Markup {
  const linked = (shown: string) => links.link(shown, measuredBy(comparison));
  const row = (label: string, pick: (side: CalibrationSummary["before"]) => string) => ({
    cells: [label, linked(pick(before)), linked(pick(after))],
  });
  const rows = [
    row("Mean gap between said and happened (ECE)", ({ ece }) => percentText(ece)),
    row("Brier score (lower is better)", ({ brier }) => numberText(brier)),
    row("Log loss (lower is better)", ({ logLoss }) => numberText(logLoss)),
  ];
  return html`${tableMarkup("Probabilities before and after calibration", [text(""), number("Before"), number("After")], rows)}<p class="note">Calibration: ${METHODS[method]}. Spiegelhalter's test, whether the squared errors are as large as the probabilities say: p ${linked(probabilityText(p))}${p < 0.05 ? ", so they are not exact" : ", so it does not speak against them"}. The gate asks more: whether what was said and what came true agree in the mean and in ten parts of the rows, and whether a difference is large enough to count.</p>`;
}

function thresholdMarkup({ links }: View, comparison: Comparison): Markup | null {
  const { threshold } = comparison;
  // A dossier of an earlier version may hold one.
  if (threshold === null || isOneAnswer(comparison))
    return isOneAnswer(comparison) ? html`<p>It says the same of every row, so no threshold parts them, and none was chosen.</p>` : null;
  const rate = (share: number) => links.link(percentText(share), measuredBy(comparison));
  const { value, why, precision, recall } = threshold;
  const right = Number.isFinite(precision)
    ? html`${rate(precision)} of the calls are right (precision)`
    : `precision is unknown, since ${NONE_CALLED},`;
  const found = Number.isFinite(recall)
    ? html`${rate(recall)} of the positive rows are found (recall)`
    : `recall is unknown, since ${NONE_POSITIVE}`;
  return html`<p>A row is called positive from a probability of ${links.link(html`<strong>${numberText(value)}</strong>`, chosenBy(comparison))}: then ${right} and ${found}. Chosen for the ${why}.</p>`;
}

const MOST_COLUMNS = 60;

function importanceMarkup({ links }: View, comparison: Comparison): Markup {
  const sorted = [...comparison.importance].sort((a, b) => b.drop.value - a.drop.value);
  const rows = sorted
    .slice(0, MOST_COLUMNS)
    .map(({ column, drop }) => ({ cells: [nameMarkup(column), estimateMarkup(links, drop), holdsZero(drop) ? "no effect shown" : ""] }));
  const table = tableMarkup(
    "Drop of the score when a column is shuffled",
    [text("Column"), number(`Drop of ${comparison.metricLabel}`), text("")],
    rows,
  );
  return html`${chartMarkup(importanceChart(comparison))}<details><summary>All as a table</summary>${table}</details><p class="note">What the model uses is not what causes the outcome. Columns that say the same share their importance.</p>`;
}
