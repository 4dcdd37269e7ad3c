import { anchorOf } from "../links.ts";
import { html, type Markup } from "../markup.ts";
import { countText } from "../numbers.ts";
import type { View } from "../view.ts";
import { UNNAMED_DOSSIER } from "../words/undo.ts";
import type { Section } from "./section.ts";

/** Lines that nothing on the page cites. */
const MOST_OTHERS = 200;
/** Keeps the page within its size whatever it cites. */
const MOST_CITED = 3000;

/** Every experiment that a number of this page comes from. Made last: it holds what the other sections cited. */
export function ledgerSection({ result: { ledger }, links }: View): Section {
  const all = Object.keys(ledger);
  const cited = all.filter((id) => links.cited.has(id)).slice(0, MOST_CITED);
  const others = all.filter((id) => !links.cited.has(id)).slice(0, MOST_OTHERS);
  const left = all.length - cited.length - others.length;
  const lines = (ids: readonly string[]) => html`<ul class="ledger">${ids.map((id) => lineMarkup(id, ledger[id] ?? ""))}</ul>`;
  const body = html`<p>${countText(all.length, "experiment")} of this run. Each can be run again and compared: <code>oldhand replay ID --dossier ${UNNAMED_DOSSIER}</code>, where <code>${UNNAMED_DOSSIER}</code> is the folder that holds this page.</p>
${cited.length === 0 ? null : lines(cited)}
${others.length === 0 ? null : html`<h3>Not cited above</h3>${lines(others)}`}
${left > 0 ? html`<p class="note">${countText(left, "more is", "more are")} in <code>ledger.jsonl</code>.</p>` : null}`;
  return { id: "ledger", title: "Ledger of experiments", body };
}

function lineMarkup(id: string, line: string): Markup {
  return html`<li id="${anchorOf(id)}"><code class="id">${id}</code> <span>${line}</span> <code class="replay">oldhand replay ${id}</code></li>`;
}
