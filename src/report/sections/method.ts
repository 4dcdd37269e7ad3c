import { html, type Markup, nameMarkup, type Part } from "../markup.ts";
import { countText, wholeText } from "../numbers.ts";
import { cutText } from "../plain.ts";
import { durationText } from "../units.ts";
import type { View } from "../view.ts";
import { metricWords } from "../words/metric.ts";
import { splitName } from "../words/split.ts";
import { targetOf, taskText } from "../words/task.ts";
import { explainTerms } from "../words/terms.ts";
import { listMarkup, number, type Section, tableMarkup, text } from "./section.ts";

const MOST_STEPS = 120;
const MOST_NOTES = 40;

/** What is done to the columns before the model sees them. */
export function recipeSection({ result: { recipe } }: View): Section {
  const rows = recipe.slice(0, MOST_STEPS).map(({ step, columns, what }) => ({ cells: [step, columnsMarkup(columns), what] }));
  const more =
    recipe.length > MOST_STEPS ? html`<p class="note">${recipe.length - MOST_STEPS} more steps are in <code>recipe.json</code>.</p>` : null;
  const body =
    recipe.length === 0
      ? html`<p>The data is used as it is.</p>`
      : html`<p>Steps that learn something learn it on the training rows of each fold only.</p><div class="prose-table">${tableMarkup("The recipe, in order", [text("Step"), text("Columns"), text("What it does")], rows)}</div>${more}`;
  return { id: "recipe", title: "How the data is prepared", body };
}

function columnsMarkup(columns: string): Markup {
  return html`<span dir="auto" title="${columns.length > 160 ? columns : ""}">${cutText(columns, 160)}</span>`;
}

/** What was assumed and how it was computed, so that another person can do it again. */
export function methodSection({ result, prose }: View): Section {
  const { dataset, findings, inferred, times } = result;
  const { split } = findings.dataset;
  const target = targetOf(result);
  const facts: (readonly [string, Part])[] = [
    [
      "Data",
      html`${nameMarkup(dataset.name)}, ${wholeText(dataset.rows)} rows, ${wholeText(dataset.columns)} columns, version <code>${dataset.version}</code>${dataset.sample === null ? null : html`; a uniform sample of ${wholeText(dataset.sample.rows)} rows was used: ${dataset.sample.why}`}`,
    ],
    ...trainingFact(result),
    ["Target", target === null ? "unknown" : nameMarkup(target)],
    ["Task", prose(taskText(result))],
    ["Metric", result.comparison?.metricLabel ?? metricWords(findings.dataset.metric).label],
    [
      "Split",
      html`${splitName(split.policy, split.by)}: ${prose(split.why)}${split.passedOver === null ? null : html`. ${prose(split.passedOver)}`}`,
    ],
    [
      "Settings",
      `seed ${result.seed}, ${countText(result.threads, "thread")}, ${result.budgetMs === null ? "no time budget" : `a budget of ${durationText(result.budgetMs)}`}`,
    ],
    ["Command", html`<code>${cutText(result.command, 400)}</code>`],
    ["Made by", `Oldhand ${result.version}, ${result.created.replace("T", " ").slice(0, 16)} UTC`],
  ];
  const inferences = Object.entries(inferred)
    .slice(0, MOST_NOTES)
    .map(([option, why]) => html`<strong>${option}</strong>: ${prose(why)}`);
  const body = html`<dl class="method">${facts.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
${inferences.length === 0 ? null : html`<h3>Inferred, not told</h3>${listMarkup(inferences)}`}
${dataset.notes.length === 0 ? null : html`<h3>Noticed while reading the file</h3>${listMarkup(dataset.notes.slice(0, MOST_NOTES).map((sentence) => prose(sentence)))}`}
<h3>How the numbers are made</h3>${listMarkup(METHOD)}
<h3>Words</h3><p>${explainTerms(USED, result.comparison?.metric ?? findings.dataset.metric)}</p>
${times.length === 0 ? null : timesTable(result)}`;
  return { id: "method", title: "How it was computed", body };
}

/** The report uses all terms. */
const USED = "baseline boosted trees logistic regression p99 onnx Gates ML Test Score [0.1";

function trainingFact({ training }: View["result"]): (readonly [string, Part])[] {
  if (training === null) return [];
  const { rows, loadedRows, of, why } = training;
  return [["Trained on", `${wholeText(rows)} rows${why === null ? "" : `, from ${wholeText(loadedRows)} of ${wholeText(of)}: ${why}`}`]];
}

const METHOD = [
  "Every score is measured on rows that the model, its preparation, its stopping rule and its calibration have not seen.",
  "Harm of a trap: the score with the trap against the score with it mended, on the same folds unless the split itself is the trap; false discoveries over all harms are held at 5 % (Benjamini-Hochberg).",
  "Intervals over folds: corrected resampled t (Nadeau and Bengio 2003), which allows for folds sharing training rows. Where folds are periods of time: blocks of neighbouring judged rows are resampled (Carlstein 1986), the models and periods taken as they are. A difference whose interval holds 0 is called no difference, or undecided where the interval also holds one that counts; one whose interval leaves 0 out, but whose q is above 0.05 among all that were measured, may be chance; of a finding that is severe by its evidence, the size of the harm is not shown then.",
  "The same data, seed and version give the same numbers, whatever the number of threads.",
];

function timesTable({ times }: View["result"]): Markup {
  const rows = times.map(({ stage, tookMs, experiments, reused }) => ({
    cells: [stage, durationText(tookMs), wholeText(experiments), wholeText(reused)],
  }));
  return tableMarkup("Time taken", [text("Stage"), number("Time"), number("Experiments"), number("Taken from the ledger")], rows);
}
