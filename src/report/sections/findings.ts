import {
  type Finding,
  type FindingsFile,
  leansOnSentence,
  notMadeSentence,
  reachSentence,
  SEVERITIES,
  type Severity,
  uncheckedSentences,
} from "../../core/finding.ts";
import type { Chart } from "../charts/drawing.ts";
import { harmChart } from "../charts/harm.ts";
import { splitGapChart } from "../charts/split-gap.ts";
import { html, type Markup } from "../markup.ts";
import { countText } from "../numbers.ts";
import { capital } from "../plain.ts";
import type { View } from "../view.ts";
import { severityCounts } from "../words/counts.ts";
import { harmDirection } from "../words/harm.ts";
import { severityCount, severityMeaning } from "../words/severity.ts";
import { splitName } from "../words/split.ts";
import { UNNAMED_DOSSIER, undoCommand } from "../words/undo.ts";
import { findingMarkup } from "./finding.ts";
import { chartMarkup, listMarkup, type Section } from "./section.ts";

/** Cards on the page; the rest is in findings.json. */
const MOST_CARDS = 150;

/** Stage 1: what is wrong with the data, what each trap costs, how it is mended. */
export function findingsSection(view: View): Section {
  const { findings: file } = view.result;
  const total = file.findings.length;
  const shown = file.findings.slice(0, MOST_CARDS);
  const questions = file.findings.filter(({ question, answer }) => question !== null && answer === null).length;
  const body = html`${introMarkup(total, file, questions)}
${file.unchecked.length === 0 ? null : listMarkup(uncheckedSentences(file.unchecked).map((sentence) => view.prose(sentence)))}
${notMadeSentence(file) === null ? null : html`<p class="note">${notMadeSentence(file)}</p>`}
${leansOnSentence(file) === null ? null : html`<p>${view.prose(leansOnSentence(file) ?? "")}</p>`}
${(file.reach ?? []).map((one) => html`<p class="note">${view.prose(reachSentence(one), [], one.experiments)}</p>`)}
${chartMarkup(harmChart(file))}
${chartMarkup(gapChart(file))}
${SEVERITIES.map((severity) =>
  groupMarkup(
    view,
    severity,
    shown.filter((finding) => finding.severity === severity),
  ),
)}
${total > shown.length ? html`<p class="note">${countText(total - shown.length, "more finding is", "more findings are")} in <code>findings.json</code>.</p>` : null}`;
  return { id: "findings", title: "What is wrong with the data", body };
}

function introMarkup(total: number, { findings, unchecked }: FindingsFile, questions: number): Markup {
  if (total === 0 && unchecked.length > 0) return html`<p>Not all of it was looked at.</p>`;
  if (total === 0) return html`<p>No trap was found.</p>`;
  const asked =
    questions === 0
      ? null
      : html` ${countText(questions, "question", "questions")} below only a person can answer: put the answers into a file such as <code>{"column": "before", "finding": "yes"}</code>, under the name and in the words that each question gives, and run again with <code>--known-at FILE</code>.`;
  const isUndone = findings.some((finding) => undoCommand(finding)?.includes(UNNAMED_DOSSIER) === true);
  const undone = isUndone ? html` <code>${UNNAMED_DOSSIER}</code> in a command is the folder that holds this page.` : null;
  return html`<p>${countText(total, "finding")}: ${severityCounts(findings)}.${asked}${undone}</p>`;
}

function gapChart({ dataset: { split }, findings }: FindingsFile): Chart | null {
  const isShown = findings.some(({ fix, harm }) => fix.action === "split" && harm !== null && harmDirection(harm) === "flatters");
  return split.gap === null ? null : splitGapChart(split.gap, splitName(split.policy, split.by), isShown);
}

/** Cosmetic findings are folded away: there is nothing to do about them. */
function groupMarkup(view: View, severity: Severity, findings: readonly Finding[]): Markup | null {
  if (findings.length === 0) return null;
  const title = `${capital(severityCount(severity, findings.length))}: ${severityMeaning(severity, findings)}`;
  const cards = findings.map((finding) => findingMarkup(view, finding));
  return severity === "cosmetic"
    ? html`<details class="group"><summary><h3>${title}</h3></summary>${cards}</details>`
    : html`<h3>${title}</h3>${cards}`;
}
