import { slicesOf } from "../../core/judged-slices.ts";
import type { GateResult, Proof, RubricSection } from "../../core/proof.ts";
import { slicesChart } from "../charts/slices.ts";
import { estimateMarkup } from "../links.ts";
import { html, type Markup } from "../markup.ts";
import { intervalTexts } from "../numbers.ts";
import { capital } from "../plain.ts";
import type { View } from "../view.ts";
import { metricWords } from "../words/metric.ts";
import { chartMarkup, missingMarkup, number, type Section, tableMarkup, text } from "./section.ts";

/** Stage 4: may it go to production. */
export function proofSections(view: View): Section[] {
  const { proof } = view.result;
  if (proof === null) return [{ id: "gates", title: "Gates before release", body: missingMarkup("No gate has run in this run.") }];
  return [
    { id: "gates", title: "Gates before release", body: gatesMarkup(view, proof) },
    { id: "ml-test-score", title: "ML Test Score", body: rubricMarkup(proof) },
  ];
}

const MARKS = { passed: "✓ passed", failed: "✗ failed", undecided: "? undecided", "not-run": "? not run", skipped: "– skipped" } as const;
const ORDER: readonly GateResult["status"][] = ["failed", "undecided", "not-run", "passed", "skipped"];

function gatesMarkup(view: View, { gates }: Proof): Markup {
  const sorted = ORDER.flatMap((status) => gates.filter((gate) => gate.status === status));
  const rows = sorted.map((gate) => ({
    cells: [gate.title, html`<span class="status ${gate.status}">${MARKS[gate.status]}</span>`, measuredMarkup(view, gate)],
  }));
  return html`<div class="prose-table">${tableMarkup("A failed gate stops the release", [text("Gate"), text("Status"), text("What was measured")], rows)}</div>${chartMarkup(sliceDrawing(view))}`;
}

/** The measured estimate stands in the sentence already, or is added to it. */
function measuredMarkup(view: View, { why, measured, cites }: GateResult): Markup {
  if (measured === null) return view.prose(why, cites);
  const isSaid = why.includes(intervalTexts(measured).value);
  return html`${view.prose(why, [...cites, measured], measured.experiments)}${isSaid ? null : html` <small>Measured: ${estimateMarkup(view.links, measured)}</small>`}`;
}

function sliceDrawing({ result: { proof, comparison, findings } }: View) {
  const { slices, whole } = slicesOf(proof?.gates ?? []);
  const words = metricWords(comparison?.metric ?? findings.dataset.metric);
  return slicesChart(slices, whole, words);
}

function rubricMarkup({ rubric }: Proof): Markup {
  const rows = rubric.sections.map(({ section, score, tests }) => ({
    cells: [
      capital(section),
      `${score} of 7`,
      tests
        .filter((test) => test.score > 0)
        .map(({ id }) => id)
        .join(", ") || "none",
    ],
    isStrong: score === rubric.score,
  }));
  return html`<p><strong>${rubric.score}</strong>: ${rubric.reading}. The score is the lowest of four sums (Breck et al. 2017): 1 for each test that runs by itself here; what people test by hand is not asked for.</p>${tableMarkup("The four sums", [text("Section"), number("Score"), text("Tests done")], rows)}<details><summary>All ${rubric.sections.reduce((sum, { tests }) => sum + tests.length, 0)} tests</summary>${rubric.sections.map(testsTable)}</details>`;
}

function testsTable({ section, tests }: RubricSection): Markup {
  return tableMarkup(
    capital(section),
    [text("Test"), text(""), number("Score"), text("By")],
    tests.map(({ id, title, score, by }) => ({ cells: [id, title, String(score), by] })),
  );
}
