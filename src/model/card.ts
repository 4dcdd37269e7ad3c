import { cleanText } from "../core/clean-text.ts";
import { type Candidate, type Comparison, candidateStateInFull, headlineOf, notTriedSentence } from "../core/comparison.ts";
import { decisionRule } from "../core/decision-rule.ts";
import { digits, rangeText } from "../core/digits.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Slice } from "../core/judged-slices.ts";
import type { Task } from "../core/task.ts";
import { ratesText } from "../core/threshold-rates.ts";
import { type Training, wordsSentence } from "../core/verdict.ts";

export interface CardInput {
  readonly name: string;
  readonly version: string;
  /** ISO date. */
  readonly created: string;
  readonly task: Task;
  readonly target: string;
  readonly dataset: { readonly name: string; readonly version: string; readonly rows: number; readonly features: readonly string[] };
  readonly training: Training;
  /** Rows of the sample that experiments used; null when they used all. */
  readonly sampledRows: number | null;
  /** How rows were parted for judging: one plain phrase. */
  readonly split: string;
  readonly comparison: Comparison;
  /** Steps of preparation, one plain sentence each. */
  readonly preparation: readonly string[];
  /** What is known to be wrong or open, one plain sentence each. */
  readonly limits: readonly string[];
  /** Parts of the rows, weakest first, as the gates judged them; none before they have run. */
  readonly slices: readonly Slice[];
}

type Headline = Pick<Candidate, "label" | "score" | "overBaseline">;

/** A model card in markdown with the front matter that Hugging Face reads (Mitchell et al. 2019, doi:10.1145/3287560.3287596). */
export function modelCard(input: CardInput): string {
  const chosen = headlineOf(input.comparison) ?? undefined;
  return [
    frontMatter(input, chosen),
    `# ${oneLine(input.name)}`,
    summary(input, chosen),
    section("Intended use", intendedUse()),
    section("Data", data(input)),
    section("Score", [scoreLine(input.comparison, chosen), ...input.comparison.why.map((why) => `- ${oneLine(why)}`)]),
    section("What it was compared with", candidateTable(input.comparison)),
    ...calibrationSection(input),
    ...ruleSection(input.comparison),
    ...sliceSection(input),
    ...importanceSection(input.comparison),
    ...wordsSection(input),
    section("Limits", limits(input)),
  ]
    .join("\n\n")
    .concat("\n");
}

function frontMatter({ task, target, dataset, comparison, name }: CardInput, chosen: Headline | undefined): string {
  const kind = task.kind === "regression" ? "tabular-regression" : "tabular-classification";
  const metric =
    chosen === undefined || !Number.isFinite(chosen.score.value) ? [] : metricLines(comparison, chosen.score.value, kind, dataset, name);
  return [
    "---",
    "library_name: oldhand",
    `pipeline_tag: ${kind}`,
    "tags:",
    "  - tabular",
    `  - ${task.kind}`,
    `target: ${quoted(target)}`,
    ...metric,
    "---",
  ].join("\n");
}

function metricLines(
  { metric, metricLabel }: Comparison,
  value: number,
  kind: string,
  dataset: CardInput["dataset"],
  name: string,
): string[] {
  return [
    "model-index:",
    `  - name: ${quoted(name)}`,
    "    results:",
    `      - task: { type: ${kind} }`,
    `        dataset: { name: ${quoted(dataset.name)}, type: ${quoted(dataset.name)}, revision: ${JSON.stringify(dataset.version)} }`,
    `        metrics: [{ type: ${metric}, name: ${JSON.stringify(metricLabel)}, value: ${Number(value.toPrecision(6))} }]`,
  ];
}

function summary({ task, target, created, version }: CardInput, chosen: Headline | undefined): string {
  const what =
    task.kind === "regression"
      ? `a number, \`${code(target)}\``
      : `\`${code(target)}\`: ${task.classes.map((one) => `\`${code(one)}\``).join(", ")}`;
  return `Predicts ${what}. Model: ${chosen === undefined ? "none" : oneLine(chosen.label)}. Version \`${code(version)}\`, made ${created}.`;
}

/** Only people know the answers; an empty answer is better than an invented one. */
function intendedUse(): string[] {
  return [
    "To be answered by the people who use it:",
    "- Which decision is made with this prediction, and by whom?",
    "- Who is affected, and what does a wrong answer cost them?",
    "- What must it not be used for?",
    "- Who looks at it, how often, and who may switch it off?",
  ];
}

function data({ dataset, split, preparation, training, sampledRows }: CardInput): string[] {
  const sample = sampledRows === null ? "" : `, in a uniform sample of ${sampledRows} rows`;
  return [
    `${dataset.rows} rows of \`${code(dataset.name)}\`, version \`${code(dataset.version)}\`, ${dataset.features.length} columns used: ${dataset.features.map((one) => `\`${code(one)}\``).join(", ")}.`,
    `Trained on ${training.rows} labelled rows${training.why === null ? "" : `, of ${training.loadedRows} that were loaded: ${oneLine(training.why)}`}.`,
    `Judged on rows it had not seen${sample}: ${oneLine(split)}.`,
    ...preparation.map((step) => `- ${oneLine(step)}`),
  ];
}

function scoreLine({ metricLabel, better }: Comparison, chosen: Headline | undefined): string {
  if (chosen === undefined) return "No model was chosen.";
  const gain =
    chosen.overBaseline === null ? "" : ` Over the best baseline: ${range(chosen.overBaseline)} (${chosen.overBaseline.method}).`;
  return `**${metricLabel} ${range(chosen.score)}** (${better} is better; ${chosen.score.method}; ${experiments(chosen.score)}).${gain}`;
}

function candidateTable(comparison: Comparison): string[] {
  const { candidates, metricLabel } = comparison;
  const left = notTriedSentence(comparison);
  return [
    `| model | ${cell(metricLabel)} | over the best baseline | |`,
    "|---|---|---|---|",
    ...candidates.map(
      ({ label, score, overBaseline, state, note }) =>
        `| ${cell(label)} | ${range(score)} | ${overBaseline === null ? "" : range(overBaseline)} | ${cell(candidateStateInFull({ state, note }))} |`,
    ),
    ...(left === null ? [] : ["", oneLine(left)]),
  ];
}

function calibrationSection({ task, comparison: { calibration, threshold, errorHalfWidth } }: CardInput): string[] {
  const lines: string[] = [];
  if (calibration !== null) {
    const { method, before, after, p } = calibration;
    lines.push(
      method === "none"
        ? "Probabilities are as the model gives them: no calibration was shown to help."
        : `Probabilities are calibrated (${method}).`,
      `Out of fold, before and after: log loss ${digits(before.logLoss)} and ${digits(after.logLoss)}, expected calibration error ${digits(before.ece)} and ${digits(after.ece)}; Spiegelhalter's test of calibration p = ${digits(p)}.`,
    );
  }
  const decision = decisionRule({ task, threshold: threshold?.value ?? null, thresholdWhy: threshold?.why ?? null });
  if (decision !== null) lines.push(`${capital(oneLine(decision))}${threshold === null ? "" : `: ${ratesText(threshold, digits)}`}.`);
  if (errorHalfWidth !== null)
    lines.push(
      `90 % of the out-of-fold errors were at most ${digits(errorHalfWidth)}. This is an average over rows like these, not for every kind of row, and no promise for new ones.`,
    );
  return lines.length === 0 ? [] : [section("What the outputs mean", lines)];
}

function ruleSection({ rule }: Comparison): string[] {
  if (rule === null) return [];
  const rows = rule.lines.map(({ when, answer, rows: count }) => `| ${cell(code(when))} | ${cell(answer)} | ${count} |`);
  return [
    section("The rule on one column", [
      `\`${code(rule.text)}\``,
      "",
      `| \`${cell(code(rule.feature))}\` | ${cell(rule.says)} | training rows |`,
      "|---|---|---|",
      ...rows,
    ]),
  ];
}

function sliceSection({ slices, comparison }: CardInput): string[] {
  if (slices.length === 0) return [];
  const rows = slices.map(({ name, rows: count, score }) => `| ${cell(name)} | ${count} | ${range(score)} |`);
  return [section("By part of the data", [`| part | rows | ${cell(comparison.metricLabel)} |`, "|---|---|---|", ...rows])];
}

function importanceSection({ importance }: Comparison): string[] {
  if (importance.length === 0) return [];
  const top = importance.slice(0, 10).map(({ column, drop }) => `| \`${cell(code(column))}\` | ${range(drop)} |`);
  return [
    section("Columns it relies on", [
      "Loss of score when a column is shuffled on held-out rows. Columns that say the same share their importance. It shows what the model uses, not what causes the target.",
      "",
      "| column | loss of score |",
      "|---|---|",
      ...top,
    ]),
  ];
}

function wordsSection({ training: { words = [] } }: CardInput): string[] {
  if (words.length === 0) return [];
  return [
    section("Words it reads", [
      "The weightiest words and pairs of words of each text. Every one stands in five different training texts at least; the model file holds them all.",
      "",
      ...words.map((one) => `- ${oneLine(wordsSentence(one))}`),
    ]),
  ];
}

function limits({ limits: known }: CardInput): string[] {
  return [
    ...known.map((limit) => `- ${oneLine(limit)}`),
    "- The score holds for rows drawn like the training data. It says nothing about other times, places or people.",
    "- Intervals cover chance in the rows judged, not mistakes in how the data was collected.",
  ];
}

function section(title: string, lines: readonly string[]): string {
  return [`## ${title}`, "", ...lines].join("\n");
}

function range({ value, low, high, level }: Estimate): string {
  if (!Number.isFinite(value)) return "not judged";
  return `${rangeText({ value, low, high })}${level === 0.95 ? "" : ` at ${digits(100 * level)} %`}`;
}

function experiments({ experiments: ids }: Estimate): string {
  return ids.length === 0 ? "no experiment" : `experiment ${ids.map((id) => `\`${code(id)}\``).join(", ")}`;
}

function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, " ").trim();
}

/** A string of YAML. */
function quoted(text: string): string {
  return JSON.stringify(cleanText(text));
}

/** Text inside backticks. */
function code(text: string): string {
  return oneLine(text).replaceAll("`", "'");
}

function cell(text: string): string {
  return oneLine(text).replaceAll("|", "\\|");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
