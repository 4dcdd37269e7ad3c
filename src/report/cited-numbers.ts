import type { JourneyResult } from "../core/verdict.ts";
import { type Links, minus } from "./links.ts";
import { html, type Markup } from "./markup.ts";
import { intervalTexts, numberText } from "./numbers.ts";

interface Source {
  readonly experiments: readonly string[];
  /** Columns that a sentence must name for the number to be meant; none for numbers of the whole. */
  readonly columns: readonly string[];
}

const NUMBER = /(-?\d[\d,]*\.\d+(?: \[[^\]]{3,40}\])?)/;

/** Links the numbers of a sentence to their experiments where it is certain which are meant. */
export function sentenceLinker(result: JourneyResult, links: Links): (sentence: string) => (plain: string) => Markup {
  const sources = sourcesOf(result);
  return (sentence) => (plain) => html`${plain.split(NUMBER).map((part, i) => (i % 2 === 1 ? linked(part, sentence) : html`${part}`))}`;

  function linked(part: string, sentence: string): Markup {
    const found = sources.get(part.split(" ")[0]?.replace(/^-/, "") ?? "") ?? [];
    const named = found.filter(
      ({ columns }) =>
        columns.length > 0 && columns.every((column) => sentence.includes(`"${column}"`) || sentence.includes(`\`${column}\``)),
    );
    const general = found.filter(({ columns }) => columns.length === 0);
    const meant = named.length > 0 ? named : general;
    const different = new Set(meant.map(({ experiments }) => experiments[0]));
    const experiments = different.size === 1 ? (meant[0]?.experiments ?? []) : [];
    return links.link(minus(part), experiments);
  }
}

/** Number as it may be printed, without its sign -> where it comes from. */
function sourcesOf({ findings, comparison }: JourneyResult): ReadonlyMap<string, readonly Source[]> {
  const sources = new Map<string, Source[]>();
  const add = (value: number, experiments: readonly string[], columns: readonly string[] = []) => {
    for (const text of new Set([numberText(value), numberText(value, 3), intervalTexts({ value, low: value, high: value }).value]))
      sources.set(text.replace(/^-/, ""), [...(sources.get(text.replace(/^-/, "")) ?? []), { experiments, columns }]);
  };
  for (const { harm, columns } of findings.findings) {
    if (harm === null || columns.length === 0) continue;
    const [claimed = "", honest = ""] = harm.experiments;
    add(harm.claimed, [claimed], columns);
    add(harm.honest, [honest], columns);
    add(harm.delta, harm.experiments, columns);
  }
  const gap = findings.dataset.split.gap;
  if (gap !== null) for (const estimate of [gap.random, gap.proposed]) add(estimate.value, estimate.experiments);
  const chosen = comparison?.candidates.find(({ name }) => name === comparison.chosen);
  for (const estimate of chosen === undefined ? [] : [chosen.score, chosen.overBaseline, chosen.againstBest])
    if (estimate !== null) add(estimate.value, estimate.experiments);
  return sources;
}
