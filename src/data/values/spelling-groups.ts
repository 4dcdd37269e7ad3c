import { oneSpelling } from "./british-american.ts";
import { fingerprint } from "./fingerprint.ts";
import { findTypos } from "./typos.ts";

/** Levels that are spellings of one value; the most frequent one first. */
export interface SpellingGroup {
  readonly codes: readonly number[];
  readonly by: "fingerprint" | "typo" | "british-american";
}

/** Groups among the levels of a column. `counts`: rows of each level. `typos`: also look for letters put wrong. */
export function spellingGroups(levels: readonly string[], counts: ArrayLike<number>, typos: boolean): SpellingGroup[] {
  const byPrint = new Map<string, number[]>();
  levels.forEach((level, code) => {
    if ((counts[code] ?? 0) === 0) return;
    const print = fingerprint(level);
    if (print === "") return;
    const known = byPrint.get(print);
    if (known === undefined) byPrint.set(print, [code]);
    else known.push(code);
  });
  const sorted = [...byPrint.values()].map((codes) => codes.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b));
  const groups: SpellingGroup[] = sorted.filter((codes) => codes.length > 1).map((codes) => ({ codes, by: "fingerprint" }));
  if (!typos) return groups;
  const rows = sorted.map((codes) => codes.reduce((sum, code) => sum + (counts[code] ?? 0), 0));
  const words = sorted.map(([code = 0]) => (levels[code] ?? "").trim().toLowerCase());
  const found = findTypos(words, rows).map(({ rare, frequent }): SpellingGroup => {
    return { codes: [sorted[frequent]?.[0] ?? 0, ...(sorted[rare] ?? [])], by: "typo" };
  });
  return [...groups, ...found, ...britishAmerican(sorted, words, rows)];
}

/** prints: levels of one fingerprint each, with the first one's word and the rows of all. */
function britishAmerican(prints: readonly (readonly number[])[], words: readonly string[], rows: readonly number[]): SpellingGroup[] {
  const byForm = new Map<string, number[]>();
  words.forEach((word, print) => {
    const form = oneSpelling(word);
    byForm.set(form, [...(byForm.get(form) ?? []), print]);
  });
  return [...byForm.values()]
    .filter((same) => same.length > 1)
    .map((same) => same.sort((a, b) => (rows[b] ?? 0) - (rows[a] ?? 0) || a - b))
    .map(([first = 0, ...others]) => ({
      codes: [prints[first]?.[0] ?? 0, ...others.flatMap((print) => prints[print] ?? [])],
      by: "british-american" as const,
    }));
}
