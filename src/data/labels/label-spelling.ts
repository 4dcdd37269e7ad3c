import { fold } from "../../core/null-words.ts";
import { PLAIN_NO, PLAIN_YES } from "../meaning/lexicon.ts";
import { fingerprint } from "../values/fingerprint.ts";

/** sure: one label, written carelessly. likely: the same letters, but a mark or the case may mean something. */
export type Sameness = "sure" | "likely" | null;

/** A label of fewer letters is a code, in which case and points may matter. */
const WORD = 3;

/** Whether two labels are spellings of one class, by their letters alone. */
export function sameLabel(a: string, b: string): Sameness {
  if (plainBlanks(a) === plainBlanks(b)) return "sure";
  const [bareA, bareB] = [bare(a), bare(b)];
  if (bareA === bareB && isWord(bareA)) return "sure";
  const lower = bareA.toLowerCase();
  if (lower === bareB.toLowerCase() && isWord(lower) && !/\p{N}/u.test(lower) && isUsualCase(bareA) && isUsualCase(bareB)) return "sure";
  const print = fingerprint(a);
  return print !== "" && print === fingerprint(b) ? "likely" : null;
}

/**
 * Three classes or more that are all yes or no, as where forms or programs that write them differently were put together ("1", "true", "yes"): each with the first of its kind. One of them has to be a
 * word for yes, since letters alone may be directions or sizes. `labels`: most frequent first. saysNothing: words for "not known" and "open", which may stand beside them.
 */
export function plainAnswers(
  labels: readonly string[],
  saysNothing: (label: string) => boolean = () => false,
): readonly (readonly [string, string])[] {
  const kinds = [PLAIN_YES, PLAIN_NO].map((words) => labels.filter((label) => words.includes(fold(label))));
  const [yes = [], no = []] = kinds;
  const isSaid = yes.some((label) => fold(label).length > 1) && no.length > 0;
  const told = labels.filter((label) => yes.includes(label) || no.includes(label) || !saysNothing(label));
  if (!isSaid || told.length < 3 || yes.length + no.length < told.length) return [];
  return kinds.flatMap(([kept = "", ...others]) => others.map((label) => [label, kept] as const));
}

function plainBlanks(text: string): string {
  return text
    .replace(/[\u200b-\u200d\ufeff]/g, "")
    .replace(/[\s\u00a0]+/g, " ")
    .trim();
}

/** Without stops and commas at the end. */
function bare(text: string): string {
  return plainBlanks(text).replace(/[\s.,;:!]+$/, "");
}

function isWord(text: string): boolean {
  return (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= WORD;
}

/** "yes", "Yes", "YES", "Not Sure"; not "mRNA" or "pH", whose case is a spelling of its own. */
function isUsualCase(text: string): boolean {
  return text.split(/[^\p{L}]+/u).every((word) => word === word.toLowerCase() || word === word.toUpperCase() || isCapitalised(word));
}

function isCapitalised(word: string): boolean {
  return word.slice(1) === word.slice(1).toLowerCase();
}
