import type { Finding, Harm } from "../../core/finding.ts";
import { minus } from "../links.ts";
import { html, type Markup, namesMarkup, proseMarkup } from "../markup.ts";
import { countText, intervalTexts, isBounded, numberText, probabilityText, signed, wholeText } from "../numbers.ts";
import { cutText } from "../plain.ts";
import type { View } from "../view.ts";
import { fixText } from "../words/fix.ts";
import { besideHarmText, harmDirection, harmSides, keptText, unshownText } from "../words/harm.ts";
import { metricWords } from "../words/metric.ts";
import { answerHint } from "../words/question.ts";
import { stateText } from "../words/severity.ts";
import { askedText, surenessText } from "../words/sureness.ts";
import { findingTitle } from "../words/trap.ts";
import { undoCommand } from "../words/undo.ts";

const FIX_HEADS: Readonly<Record<Finding["state"], string>> = { mended: "Mended", kept: "Fix, not made", open: "Fix" };

/** One finding as a card: what, why, what it costs, how it is mended, what is asked. */
export function findingMarkup(view: View, finding: Finding): Markup {
  const { columns, severity, why, harm, unmeasured, fix, question, answer } = finding;
  const undo = undoCommand(finding);
  const sureness = surenessText(finding);
  return html`<article class="finding ${severity}">
<h4>${findingTitle(finding)}${columns.length > 0 ? html`: ${namesMarkup(columns, 4)}` : null}</h4>
<p class="tags"><span class="tag ${severity}">${severity}</span> <span class="tag">${stateText(finding)}</span>${sureness === null ? null : html` <span class="tag${finding.stance === "asks" ? " asks" : ""}">${sureness}</span>`}</p>
<p>${view.prose(why)}</p>
<dl class="facts-inline">
<div><dt>Harm</dt><dd>${harm === null ? html`not measured: ${view.prose(unmeasured ?? "")}` : harmMarkup(view, finding, harm)}</dd></div>
<div><dt>${FIX_HEADS[finding.state]}</dt><dd>${view.prose(fixText(fix))}</dd></div>
${undo === null ? null : html`<div><dt>Take back</dt><dd><code>${undo}</code></dd></div>`}
${question === null ? null : html`<div class="question"><dt>Question</dt><dd>${view.prose(question)}${answer === null ? html` <small>(${answerHint(finding)})</small>` : html` <strong>Answer: ${answer}.</strong>`}</dd></div>`}
</dl>
${detailsMarkup(view, finding)}
</article>`;
}

/** Claimed and honest score with the interval, and whether the difference is more than chance. */
function harmMarkup({ links }: View, finding: Finding, harm: Harm): Markup {
  const [claimedId = "", honestId = claimedId] = harm.experiments;
  const { label } = metricWords(harm.metric);
  const scoreLink = (value: number, low: number, high: number, look: string, id: string) => {
    const texts = intervalTexts({ value, low, high });
    const bounds = isBounded({ low, high }) ? ` [${texts.low}, ${texts.high}]` : "";
    return links.link(html`<span class="${look}">${texts.value}</span><span class="ci">${minus(bounds)}</span>`, [id]);
  };
  const claimed = scoreLink(harm.claimed, harm.claimedLow, harm.claimedHigh, "n", claimedId);
  const mended = scoreLink(harm.honest, harm.honestLow, harm.honestHigh, "n strong", honestId);
  const delta = intervalTexts({ value: harm.delta, low: harm.low, high: harm.high });
  const interval = isBounded(harm)
    ? html` <span class="ci">${minus(`[${signed(delta.low)}, ${signed(delta.high)}]`)}</span>`
    : " (interval unknown)";
  const difference = links.link(html`<span class="n">${minus(signed(delta.value))}</span>${interval}`, harm.experiments);
  const direction = harmDirection(harm);
  const without = besideHarmText(harm);
  const note = without === "" ? "" : html`; ${proseMarkup(without)}`;
  const kept = keptText(finding);
  const sides = harmSides(harm);
  const both = html`${claimed} (${proseMarkup(sides.claimed)}) against ${mended} (${proseMarkup(sides.honest)}); difference ${difference}`;
  if (kept !== null)
    return html`${links.link(kept, harm.experiments)}: ${label} of a quick model ${both}${note}; the data is kept as it is`;
  if (direction === "none") return html`${unshownText(finding)}: ${label} of a quick model ${both}${note}`;
  // The worse one is not always the data as it stands: half of the rows, say.
  if (direction === "damages" && !sides.areUsual)
    return html`${label} of a quick model ${both}, q ${links.link(probabilityText(harm.q), harm.experiments)}${note}`;
  return html`${label} of a quick model: ${direction === "flatters" ? "claimed" : "as it stands"} ${claimed}, ${direction === "flatters" ? "honest" : "mended"} ${mended}; difference ${difference}, q ${links.link(probabilityText(harm.q), harm.experiments)}${note}`;
}

function detailsMarkup({ links }: View, finding: Finding): Markup {
  const { evidence, rows, strength, stance, harm, trap, id } = finding;
  const numbers = Object.entries(evidence).slice(0, 24);
  const sample =
    rows.count === 0
      ? null
      : html`<div><dt>rows</dt><dd>${countText(rows.count, "row")}, such as number ${rows.sample.slice(0, 8).map(wholeText).join(", ")}</dd></div>`;
  const method =
    harm === null
      ? null
      : html`<div><dt>experiments</dt><dd>${links.ids(harm.experiments)}: ${proseMarkup(harm.compares)}; ${harm.method}, ${Math.round(harm.level * 1000) / 10} % interval</dd></div>`;
  return html`<details><summary>Evidence</summary><dl class="evidence"><div><dt>trap</dt><dd><code>${trap}</code> (finding <code>${cutText(id, 80)}</code>)</dd></div><div><dt>strength</dt><dd>${strengthText(strength)}, ${stance === "acts" ? "enough to act on" : askedText(finding)}</dd></div>${sample}${method}${numbers.map(([name, value]) => html`<div><dt>${cutText(name, 60)}</dt><dd>${evidenceText(value)}</dd></div>`)}</dl></details>`;
}

/** Two places, and never up to the one half from which the audit acts. */
function strengthText(strength: number): string {
  return (Math.floor(100 * strength + 1e-9) / 100).toFixed(2);
}

function evidenceText(value: unknown): string {
  if (typeof value === "number") return Number.isInteger(value) ? wholeText(value) : numberText(value);
  return cutText(typeof value === "string" ? value : JSON.stringify(value), 300);
}
