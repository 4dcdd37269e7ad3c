import type { Estimate } from "../core/estimate.ts";
import type { JourneyResult } from "../core/verdict.ts";
import { sentenceLinker } from "./cited-numbers.ts";
import { createLinks, type Links } from "./links.ts";
import { type Markup, proseMarkup } from "./markup.ts";

/** What every section of the page is made from. */
export interface View {
  readonly result: JourneyResult;
  readonly links: Links;
  /** A sentence of the result: names set as names, numbers linked to their experiments, those of `near` first, the others to `rest`. */
  readonly prose: (sentence: string, near?: readonly Estimate[], rest?: readonly string[]) => Markup;
}

export function viewOf(result: JourneyResult): View {
  const links = createLinks(result.ledger);
  const linker = sentenceLinker(result, links);
  return { result, links, prose: (sentence, near = [], rest = []) => proseMarkup(sentence, linker(sentence, near, rest)) };
}
