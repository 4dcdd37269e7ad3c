import { fingerprint } from "./fingerprint.ts";
import { findTypos } from "./typos.ts";

/** Levels that are spellings of one value; the most frequent one first. */
export interface SpellingGroup {
  readonly codes: readonly number[];
  readonly by: "fingerprint" | "typo";
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
  return [...groups, ...found];
}
