import type { Chart } from "../charts/drawing.ts";
import { html, type Markup, type Part, raw, unbroken } from "../markup.ts";

/** A part of the page with its place in the table of contents. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

export function sectionMarkup({ id, title, body }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${body}</section>`;
}

/** Both widths of a drawing; the page shows the one that fits. */
export function chartMarkup(chart: Chart | null): Markup | null {
  if (chart === null) return null;
  const drawing = (which: "wide" | "narrow") =>
    html`<div class="${which}" role="img" aria-label="${chart.text}">${raw(chart[which])}</div>`;
  return html`<figure id="chart-${chart.name}"><figcaption class="message">${unbroken(chart.title)}</figcaption>${drawing("wide")}${drawing("narrow")}<p class="note">${unbroken(chart.note)}</p></figure>`;
}

export interface Cell {
  readonly head: string;
  /** Numbers stand to the right. */
  readonly isNumber: boolean;
}

/** From so many columns on a table is a list of its rows on a phone, each value beside the head of its column. */
const STACKED_COLUMNS = 3;

/** From so many columns on the cells stand closer. */
const CLOSE_COLUMNS = 7;

/** A table that scrolls inside itself where it is wider than the page. The first column names its row. */
export function tableMarkup(
  caption: string,
  heads: readonly Cell[],
  rows: readonly { readonly cells: readonly Part[]; readonly isStrong?: boolean }[],
): Markup {
  const isStacked = heads.length >= STACKED_COLUMNS;
  // As blocks the parts would lose what they are.
  const role = (name: string) => (isStacked ? html` role="${name}"` : null);
  const kind = (i: number) => (heads[i]?.isNumber === true ? html` class="num"` : null);
  const headOf = (i: number) => (isStacked ? html` data-head="${heads[i]?.head ?? ""}"` : null);
  const body = rows.map(({ cells, isStrong }) => {
    const [first, ...rest] = cells.map((cell, i) =>
      i === 0
        ? html`<th scope="row"${role("rowheader")}>${cell}</th>`
        : html`<td${kind(i)}${role("cell")}${headOf(i)}><div>${cell}</div></td>`,
    );
    return html`<tr${isStrong === true ? html` class="strong"` : null}${role("row")}>${first ?? null}${rest}</tr>`;
  });
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table${isStacked ? html` class="${heads.length >= CLOSE_COLUMNS ? "stack close" : "stack"}"` : null}${role("table")}><caption>${caption}</caption><thead><tr${role("row")}>${heads.map(({ head }, i) => html`<th scope="col"${kind(i)}>${head}</th>`)}</tr></thead><tbody>${body}</tbody></table></div>`;
}

export const text = (head: string): Cell => ({ head, isNumber: false });
export const number = (head: string): Cell => ({ head, isNumber: true });

export function listMarkup(items: readonly Part[], tag: "ul" | "ol" = "ul"): Markup {
  const list = items.map((item) => html`<li>${item}</li>`);
  return tag === "ol" ? html`<ol>${list}</ol>` : html`<ul>${list}</ul>`;
}

/** Shown instead of a section that the run did not come to. */
export function missingMarkup(what: string): Markup {
  return html`<p class="missing">${what}</p>`;
}
