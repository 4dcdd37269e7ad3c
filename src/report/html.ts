import type { JourneyResult } from "../core/verdict.ts";
import { html, nameMarkup } from "./markup.ts";
import { pageText } from "./page/shell.ts";
import { findingsSection } from "./sections/findings.ts";
import { ledgerSection } from "./sections/ledger.ts";
import { methodSection, recipeSection } from "./sections/method.ts";
import { modelSections } from "./sections/model.ts";
import { proofSections } from "./sections/proof.ts";
import { scaleSections } from "./sections/scale.ts";
import { type Section, sectionMarkup } from "./sections/section.ts";
import { verdictMarkup } from "./sections/verdict.ts";
import { viewOf } from "./view.ts";

/** The whole result as one HTML file: no network, light and dark, readable on a phone and on paper. */
export function reportHtml(result: JourneyResult): string {
  const view = viewOf(result);
  const verdict = verdictMarkup(view);
  const sections: Section[] = [
    findingsSection(view),
    ...modelSections(view),
    ...scaleSections(view),
    ...proofSections(view),
    recipeSection(view),
    methodSection(view),
  ];
  sections.push(ledgerSection(view));
  const contents = html`<nav class="contents" aria-label="Contents"><ul><li><a href="#verdict">Verdict</a></li>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`;
  return pageText({
    title: `Oldhand: ${result.dataset.name}`,
    contents,
    main: html`${verdict}${sections.map(sectionMarkup)}`,
    footer: html`Oldhand ${result.version} on ${nameMarkup(result.dataset.name)}, ${result.created.slice(0, 10)}. This file asks nothing of the network.`,
  });
}
