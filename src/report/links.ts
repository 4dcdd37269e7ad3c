import type { Estimate } from "../core/estimate.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import { type Interval, intervalText, isBounded } from "./numbers.ts";

/** Ties numbers to the experiments they come from, and remembers which were cited. */
export interface Links {
  /** The text as a link to the first of the experiments that the ledger knows; plain when it knows none. */
  readonly link: (text: Markup | string, experiments: readonly string[]) => Markup;
  /** The ids themselves, each a link. */
  readonly ids: (experiments: readonly string[]) => Markup;
  readonly cited: ReadonlySet<string>;
}

const MOST_IDS = 12;

export function createLinks(ledger: Readonly<Record<string, string>>): Links {
  const cited = new Set<string>();
  const known = (experiments: readonly string[]) => experiments.filter((id) => Object.hasOwn(ledger, id));
  const cite = (id: string): string => {
    cited.add(id);
    return `#${anchorOf(id)}`;
  };
  return {
    cited,
    link: (text, experiments) => {
      const [first, ...rest] = known(experiments);
      if (first === undefined) return html`${text}`;
      const title = `experiment ${first}${rest.length > 0 ? ` and ${rest.length} more` : ""}`;
      return html`<a class="${typeof text === "string" ? "x" : "x pair"}" href="${cite(first)}" title="${title}">${text}</a>`;
    },
    ids: (experiments) => {
      const own = known([...new Set(experiments)]);
      if (own.length === 0) return NOTHING;
      const shown = own.slice(0, MOST_IDS).map((id, i) => html`${i === 0 ? "" : ", "}<a class="x id" href="${cite(id)}">${id}</a>`);
      return html`${shown}${own.length > MOST_IDS ? ` and ${own.length - MOST_IDS} more` : ""}`;
    },
  };
}

/** Id of the ledger line of an experiment in the page. */
export function anchorOf(id: string): string {
  return `x-${id.replace(/[^\w-]/g, "_")}`;
}

/** "0.789 [0.772, 0.806]", linked. */
export function estimateMarkup(links: Links, estimate: Estimate): Markup {
  return links.link(intervalMarkup(estimate), estimate.experiments);
}

function intervalMarkup(interval: Interval): Markup {
  const [value = "", ...bounds] = minus(intervalText(interval)).split(" ");
  if (!isBounded(interval) && Number.isFinite(interval.value))
    return html`<span class="n">${value}</span> <span class="ci">(interval unknown)</span>`;
  return html`<span class="n">${value}</span>${bounds.length > 0 ? html` <span class="ci">${bounds.join(" ")}</span>` : null}`;
}

/** Numbers on paper have a minus sign, not a hyphen. */
export function minus(text: string): string {
  return text.replace(/(^|[\s[(])-(?=\d)/g, "$1\u2212");
}
