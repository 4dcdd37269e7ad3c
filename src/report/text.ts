import { stripVTControlCharacters } from "node:util";
import { shellWord } from "../core/shell-word.ts";
import { type JourneyResult, wordsSentence } from "../core/verdict.ts";
import { countText, wholeText } from "./numbers.ts";
import { cleanDeep, cutToWidth } from "./plain.ts";
import { candidateLines, modelLines } from "./text/comparison.ts";
import { findingsList, findingsSummary } from "./text/findings.ts";
import { type Paint, type TextOptions, WIDTH, wrapText } from "./text/layout.ts";
import { labelled, planLines, planSummary } from "./text/plan.ts";
import { proofLines, proofSummary } from "./text/proof.ts";
import { sampleText } from "./words/sample.ts";
import { targetOf } from "./words/task.ts";
import { explainTerms } from "./words/terms.ts";
import { badgeText, headlineText } from "./words/verdict.ts";

const MOST_REASONS = 7;
const MOST_NOTES = 5;
const MOST_NEXT = 5;
const MOST_TEXTS = 3;

/** The whole run for a terminal: verdict first, then what a person needs to know of each stage. */
export function reportText(result: JourneyResult, options: TextOptions): string {
  const clean = cleanDeep(result);
  const { colours: paint, width = WIDTH } = options;
  const { findings, comparison, plan, proof } = clean;
  const parts = [
    verdictLines(clean, paint, width),
    findingsSummary(findings, paint, width),
    comparison === null ? wrapText(noModel(clean), width).map(paint.dim) : candidateLines(comparison, paint, width),
    [
      ...trainingLines(clean, paint, width),
      ...(plan === null ? [] : planSummary(plan, paint, width)),
      ...(proof === null ? [] : proofSummary(proof, paint, width)),
    ],
  ];
  const terms = explainTerms(stripVTControlCharacters(joined(parts)), comparison?.metric ?? findings.dataset.metric);
  return joined([...parts, [...labelled("In words", terms, paint, width), ...dossierLines(clean, options)]]);
}

function noModel({ whyNoModel }: JourneyResult): string {
  return whyNoModel ?? "No model was judged in this run.";
}

function verdictLines({ verdict, dataset, ...rest }: JourneyResult, paint: Paint, width: number): string[] {
  const { decision, reasons, next } = verdict;
  const badge = { go: paint.green, "no-go": paint.red, unknown: paint.yellow }[decision](paint.bold(badgeText(decision).toUpperCase()));
  const target = targetOf({ verdict, dataset, ...rest });
  const about = `${cutToWidth(dataset.name, 60)}${target === null ? "" : `, predicting ${cutToWidth(target, 40)}`}`;
  return [
    `${badge}  ${about}`,
    ...sampleLines({ verdict, dataset, ...rest }, paint, width),
    "",
    ...wrapText(headlineText(verdict), width).map(paint.bold),
    ...reasons.slice(0, MOST_REASONS).flatMap((reason) => wrapText(reason, width, "  - ")),
    ...nextLines(next, paint, width),
  ];
}

function sampleLines(result: JourneyResult, paint: Paint, width: number): string[] {
  const sample = sampleText(result);
  return sample === null ? [] : wrapText(sample, width).map(paint.dim);
}

function nextLines(next: readonly string[], paint: Paint, width: number, most = MOST_NEXT): string[] {
  if (next.length === 0) return [];
  const more = next.length > most ? [`  and ${next.length - most} more in the report`] : [];
  return ["", paint.bold("What to do next"), ...next.slice(0, most).flatMap((step, i) => wrapText(step, width, `  ${i + 1}. `)), ...more];
}

/** What the reader left out or took for granted. */
function readingLines({ dataset: { notes } }: JourneyResult, paint: Paint, width: number): string[] {
  const shown = notes.slice(0, MOST_NOTES).flatMap((note) => labelled("Reading", note, paint, width));
  return notes.length > MOST_NOTES
    ? [...shown, ...labelled("Reading", `${notes.length - MOST_NOTES} more notes in result.json`, paint, width)]
    : shown;
}

/** Only when the model does not know all of the data. */
function trainingLines({ training }: JourneyResult, paint: Paint, width: number): string[] {
  if (training === null) return [];
  const { rows, of, why, words = [] } = training;
  return [
    ...(why === null ? [] : labelled("Trained on", `${wholeText(rows)} of ${countText(of, "row")}: ${why}`, paint, width)),
    ...words.slice(0, MOST_TEXTS).flatMap((one) => labelled("Words", `${wordsSentence(one)}.`, paint, width)),
  ];
}

function dossierLines({ ledger }: JourneyResult, { colours: paint, folder, width = WIDTH }: TextOptions): string[] {
  return labelled(
    "Report",
    `${folder}/report.html (${countText(Object.keys(ledger).length, "experiment")}; any of them again: oldhand replay ID --dossier ${shellWord(folder)})`,
    paint,
    width,
  );
}

/** For `oldhand audit` and `oldhand prepare`: stage 1 in full. */
export function findingsText(result: JourneyResult, { colours, folder, width = WIDTH }: TextOptions): string {
  const clean = cleanDeep(result);
  return joined([
    [...titleLines(clean, colours), ...sampleLines(clean, colours, width)],
    findingsList(clean.findings, colours, width, folder),
    // An audit writes no report that could hold the others.
    nextLines(clean.verdict.next, colours, width, clean.verdict.next.length).slice(1),
    readingLines(clean, colours, width),
    [
      ...labelled("Written to", `${folder}/findings.json`, colours, width),
      ...labelled("To see it", `oldhand studio ${shellWord(folder)}`, colours, width),
    ],
  ]);
}

/** For `oldhand choose`: stage 2 in full. */
export function comparisonText(result: JourneyResult, { colours, folder, width = WIDTH }: TextOptions): string {
  const clean = cleanDeep(result);
  const { comparison } = clean;
  const body =
    comparison === null
      ? wrapText(noModel(clean), width)
      : [...candidateLines(comparison, colours, width), "", ...modelLines(comparison, colours, width)];
  const title = [...titleLines(clean, colours), "", ...wrapText(headlineText(clean.verdict), width).map(colours.bold)];
  return joined([title, body, questionLines(clean, colours, width), labelled("Dossier", folder, colours, width)]);
}

/** Columns that were left out, and questions that are open: what a choice of a model hangs on. */
function questionLines({ findings }: JourneyResult, colours: Paint, width: number): string[] {
  const dropped = findings.findings.filter(
    ({ state, fix, severity }) => state === "mended" && severity !== "cosmetic" && fix.action === "steps",
  );
  const columns = new Set(
    dropped.flatMap(({ fix }) => (fix.action === "steps" ? fix.steps.flatMap((step) => (step.op === "drop" ? step.columns : [])) : [])),
  );
  const open = findings.findings.filter(
    ({ question, answer, severity }) => question !== null && answer === null && severity !== "cosmetic",
  );
  return [
    ...(columns.size === 0 ? [] : labelled("Left out", [...columns].map((name) => `"${name}"`).join(", "), colours, width)),
    ...open.flatMap(({ question }, i) => labelled(i === 0 ? "Open questions" : "", question ?? "", colours, width)),
    ...(open.length === 0 ? [] : labelled("", "Answer them in a file: --known-at FILE.", colours, width)),
  ];
}

/** For `oldhand plan`: stage 3 in full. */
export function planText(result: JourneyResult, { colours, folder, width = WIDTH }: TextOptions): string {
  const clean = cleanDeep(result);
  const body =
    clean.plan === null
      ? wrapText(`No plan was made. ${clean.whyNoModel ?? "There is no model to plan for, or the budget ended before."}`, width)
      : planLines(clean.plan, colours, width);
  return joined([titleLines(clean, colours), body, labelled("Written to", `${folder}/plan.json`, colours, width)]);
}

/** For `oldhand prove`: stage 4 in full. */
export function proofText(result: JourneyResult, { colours, folder, width = WIDTH }: TextOptions): string {
  const clean = cleanDeep(result);
  const body =
    clean.proof === null
      ? wrapText(`No gate has run. ${clean.whyNoModel ?? "There is no model to prove, or the budget ended before."}`, width)
      : proofLines(clean.proof, colours, width);
  return joined([
    titleLines(clean, colours),
    body,
    labelled("Written to", `${folder}/proof.json and ${folder}/proof.junit.xml`, colours, width),
  ]);
}

function titleLines(result: JourneyResult, paint: Paint): string[] {
  const target = targetOf(result);
  return [`${paint.bold(cutToWidth(result.dataset.name, 60))}${target === null ? "" : `, predicting ${cutToWidth(target, 40)}`}`];
}

function joined(parts: readonly (readonly string[])[]): string {
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n")}\n`;
}
