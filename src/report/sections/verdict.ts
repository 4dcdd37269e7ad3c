import { askedWords } from "../../core/asked-words.ts";
import { headlineOf } from "../../core/comparison.ts";
import { openFlatterers } from "../../core/open-question.ts";
import { directionOf, mirrored } from "../../core/score-difference.ts";
import type { JourneyResult } from "../../core/verdict.ts";
import { estimateMarkup } from "../links.ts";
import { html, type Markup, nameMarkup, type Part } from "../markup.ts";
import { numberText, wholeText } from "../numbers.ts";
import { listText } from "../plain.ts";
import { millisecondsText, rateText, usdText } from "../units.ts";
import type { View } from "../view.ts";
import { severityCounts, statesText } from "../words/counts.ts";
import { curveUnits } from "../words/curve.ts";
import { metricMeaning } from "../words/metric.ts";
import { sampleText } from "../words/sample.ts";
import { targetOf } from "../words/task.ts";
import { badgeText, headlineText } from "../words/verdict.ts";
import { listMarkup } from "./section.ts";

/** What a manager reads: yes or no, in one sentence, why, and what to do. */
export function verdictMarkup(view: View): Markup {
  const { result, prose } = view;
  const { decision, reasons, next } = result.verdict;
  const target = targetOf(result);
  const sample = sampleText(result);
  return html`<section id="verdict" class="verdict ${decision}" aria-labelledby="verdict-title">
<h1 id="verdict-title">${nameMarkup(result.dataset.name)}${target === null ? null : html`, predicting ${nameMarkup(target)}`}</h1>
<p class="badge">${badgeText(decision)}</p>
<p class="headline">${prose(headlineText(result.verdict))}</p>
${sample === null ? null : html`<p class="note">${sample}</p>`}
${factsMarkup(view)}
${meaningMarkup(result)}
${reasons.length === 0 ? null : html`<h2>Why</h2>${listMarkup(reasons.map((sentence) => reasonMarkup(view, sentence)))}`}
${
  next.length === 0
    ? null
    : html`<h2>What to do next</h2>${listMarkup(
        next.map((sentence) => prose(sentence)),
        "ol",
      )}`
}
</section>`;
}

/** The reason that a gate gives leads where the gate does. */
function reasonMarkup({ result, prose }: View, sentence: string): Markup {
  const gate = result.proof?.gates.find(({ title, why }) => sentence.includes(title) && sentence.endsWith(why));
  if (gate === undefined) return prose(sentence);
  const { measured, cites = [] } = gate;
  return measured === null ? prose(sentence, cites) : prose(sentence, [...cites, measured], measured.experiments);
}

function meaningMarkup({ comparison, findings }: JourneyResult): Markup | null {
  const meaning = metricMeaning(comparison?.metric ?? findings.dataset.metric);
  return meaning === null
    ? null
    : html`<p class="note">${meaning} Brackets hold the interval in which the true value is expected, 95 % sure where nothing else is said. A number with a dotted line leads to its experiment.</p>`;
}

interface Fact {
  readonly term: string;
  readonly value: Part;
  readonly more: Part;
}

function factsMarkup(view: View): Markup {
  const facts = [
    scoreFact(view),
    gainFact(view),
    findingsFact(view),
    rowsFact(view),
    speedFact(view),
    costFact(view),
    gatesFact(view),
  ].filter((fact) => fact !== null);
  return html`<dl class="facts">${facts.map(({ term, value, more }) => html`<div><dt>${term}</dt><dd>${value}</dd><dd class="more">${more}</dd></div>`)}</dl>`;
}

function chosenOf({ comparison }: JourneyResult) {
  return comparison === null ? null : headlineOf(comparison);
}

function scoreFact({ result, links }: View): Fact | null {
  const chosen = chosenOf(result);
  if (chosen === null) return null;
  const label = result.comparison?.metricLabel ?? "score";
  const flatterers = result.comparison === null ? [] : openFlatterers(result.findings.findings, result.comparison);
  const asked = flatterers.map((finding) => ({ ...finding, ...askedWords(finding) }));
  const columns = [...new Set(asked.flatMap((one) => (one.of === "columns" ? one.columns : [])))];
  const ifs = [
    ...(columns.length === 0 ? [] : [`${listText(columns)} ${columns.length === 1 ? "is" : "are"} known in time`]),
    ...new Set(asked.flatMap(({ of, short }) => (of === "columns" ? [] : [short]))),
  ];
  return {
    term: ifs.length === 0 ? `Honest ${label}` : `${label} if ${ifs.join(" and ")}`,
    value: estimateMarkup(links, chosen.score),
    more: html`<a href="#model">${chosen.label}</a>`,
  };
}

function gainFact({ result, links }: View): Fact | null {
  const gain = result.comparison?.verdict === "model" ? chosenOf(result)?.overBaseline : null;
  if (gain === null || gain === undefined) return null;
  const isWorse = directionOf(gain) === "worse";
  const term = isWorse ? "Worse than a simple rule by" : "Better than a simple rule by";
  return { term, value: estimateMarkup(links, isWorse ? mirrored(gain) : gain), more: "paired on the same rows" };
}

function findingsFact({ result }: View): Fact {
  const { findings } = result.findings;
  return {
    term: "Findings",
    value: html`<a href="#findings">${findings.length}</a>`,
    more: `${severityCounts(findings)}${statesText(findings)}`,
  };
}

function rowsFact({ result, links }: View): Fact | null {
  const curve = result.plan?.curve;
  if (curve === undefined) return null;
  const answer = { "more-data-helps": "yes", "more-data-does-not-help": "hardly", unknown: "not known" }[curve.verdict];
  const twice = curve.forecast?.find(({ factor }) => factor === 2);
  const more =
    twice === undefined
      ? null
      : html`with twice the ${curveUnits(curve)} ${links.link(numberText(twice.score.value), twice.score.experiments)}${curve.of.isShipped ? "" : ", by a model that does not ship"}`;
  return {
    term: `Would more ${curveUnits(curve)} help?`,
    value: html`<a href="#more-data">${answer}</a>`,
    more,
  };
}

function speedFact({ result }: View): Fact | null {
  const first = result.plan?.throughput[0];
  if (first === undefined) return null;
  return {
    term: "One answer takes (p99)",
    value: html`<a href="#speed">${millisecondsText(first.singleRow.p99Ms)}</a>`,
    more: `${rateText(first.rowsPerSecond.value)} rows a second`,
  };
}

function costFact({ result }: View): Fact | null {
  const cost = result.plan?.cost;
  const cheapest = cost?.serving[0];
  if (cost === undefined || cheapest === undefined) return null;
  return {
    term: "Serving costs about",
    value: html`<a href="#cost">${usdText(cheapest.usdPerMonth)}</a> a month`,
    more: `for ${wholeText(cost.load.predictionsPerMonth)} predictions`,
  };
}

function gatesFact({ result }: View): Fact | null {
  const gates = result.proof?.gates;
  if (gates === undefined) return null;
  const count = (status: string) => gates.filter((gate) => gate.status === status).length;
  const rest = (["failed", "undecided", "not-run", "skipped"] as const)
    .filter((status) => count(status) > 0)
    .map((status) => `${count(status)} ${status === "not-run" ? "not run" : status}`);
  return {
    term: "Gates passed",
    value: html`<a href="#gates">${count("passed")} of ${gates.length}</a>`,
    more: rest.length === 0 ? "none failed" : rest.join(", "),
  };
}
