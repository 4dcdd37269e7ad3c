import { oneSpelling } from "./british-american.ts";
import { fingerprint } from "./fingerprint.ts";
import { initials } from "./initials.ts";
import { findTypos } from "./typos.ts";

/** Levels that are spellings of one value; the most frequent one first. */
export interface SpellingGroup {
  readonly codes: readonly number[];
  readonly by:
    | "fingerprint"
    | "typo"
    | "british-american"
    | "word-order"
    | "country"
    | "truth"
    | "initial"
    | "added-word"
    | "abbreviation"
    | "umlaut"
    | "often";
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
  const sorted = [...byPrint.values()].map((codes) => byRows(codes, counts));
  const pairs = initials(sorted, levels);
  if (pairs.length > 0)
    return pairs.map((pair) => ({
      codes: byRows(
        pair.flatMap((place) => sorted[place] ?? []),
        counts,
      ),
      by: "initial",
    }));
  const groups: SpellingGroup[] = [
    ...sorted.filter((codes) => codes.length > 1).map((codes): SpellingGroup => ({ codes, by: "fingerprint" })),
    ...withoutUmlauts(byPrint, levels, counts),
  ];
  if (!typos) return [...groups, ...otherWordOrder(sorted, levels, counts)];
  const rows = sorted.map((codes) => codes.reduce((sum, code) => sum + (counts[code] ?? 0), 0));
  const words = sorted.map(([code = 0]) => (levels[code] ?? "").trim().toLowerCase());
  const isUmlaut = new Set(groups.flatMap(({ codes, by }) => (by === "umlaut" ? codes : [])));
  const found = findTypos(words, rows).flatMap(({ rare, frequent, isOften }): SpellingGroup[] => {
    const [usual = 0, slips = []] = [sorted[frequent]?.[0], sorted[rare]];
    return slips.some((code) => isUmlaut.has(code)) ? [] : [{ codes: [usual, ...slips], by: isOften ? "often" : "typo" }];
  });
  return [...groups, ...found, ...britishAmerican(sorted, words, rows), ...otherWordOrder(sorted, levels, counts)];
}

function byRows(codes: readonly number[], counts: ArrayLike<number>): number[] {
  return codes.toSorted((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
}

/** Letters as they are written where a keyboard lacks them. ß as "ss" may be another word ("Maße", "Masse"). */
const WRITTEN_OUT: readonly (readonly [RegExp, string])[] = [
  [/[äæ]/g, "ae"],
  [/[öøœ]/g, "oe"],
  [/ü/g, "ue"],
  [/å/g, "aa"],
];

/** Levels with "ä" beside the same with "ae" ("Öl", "Oel"): the usual one of both, and all of the other fingerprint. */
function withoutUmlauts(
  byPrint: ReadonlyMap<string, readonly number[]>,
  levels: readonly string[],
  counts: ArrayLike<number>,
): SpellingGroup[] {
  const rowsOf = (codes: readonly number[]) => codes.reduce((sum, code) => sum + (counts[code] ?? 0), 0);
  return [...byPrint].flatMap(([print, codes]): SpellingGroup[] => {
    // "Koln" may stand beside "Köln".
    const plain = codes.map((code) => writtenOut(levels[code] ?? "")).find((one) => one !== print);
    const others = plain === undefined ? undefined : byPrint.get(plain);
    if (others === undefined) return [];
    const [usual, rare] = [codes, others].map((same) => byRows(same, counts)).sort((a, b) => rowsOf(b) - rowsOf(a)) as [number[], number[]];
    return [{ codes: [usual[0] ?? 0, ...rare], by: "umlaut" }];
  });
}

function writtenOut(level: string): string {
  return fingerprint(WRITTEN_OUT.reduce((text, [letter, out]) => text.replace(letter, out), level.normalize("NFC").toLowerCase()));
}

/** From one place to another, or one against the other: the order says which. A number in another place is another number. */
const ORDERED = /\d|[-–—>→+=&%]|(?<!\p{L})(to|vs?|by|of|ibn|bin|ben|on|over|under|from|nach|von|auf|gegen|contra|de|sur|à|a|x)(?!\p{L})/iu;

/** Phrases of several words beside others ("no findings, rules of life discussed"): a text, whose order is no spelling. "Smith, John" is a name. */
function arePhrases(level: string): boolean {
  const parts = level.split(/[,;]/).filter((part) => part.trim() !== "");
  return parts.length > 1 && parts.filter((part) => /\p{L}\s+\p{L}/u.test(part)).length > 1;
}

/** The same words in another order ("Smith, John", "John Smith"; the fingerprint of OpenRefine). prints: levels of one fingerprint each. */
function otherWordOrder(prints: readonly (readonly number[])[], levels: readonly string[], counts: ArrayLike<number>): SpellingGroup[] {
  const rowsOf = (codes: readonly number[]) => codes.reduce((sum, code) => sum + (counts[code] ?? 0), 0);
  const byWords = new Map<string, (readonly number[])[]>();
  for (const codes of prints) {
    const level = levels[codes[0] ?? 0] ?? "";
    if (ORDERED.test(level) || arePhrases(level)) continue;
    const words = (level.match(/\p{L}+/gu) ?? []).map(fingerprint);
    // One letter stands for a word that nobody knows.
    if (words.length < 2 || words.some((word) => word.length === 1)) continue;
    const sorted = words.sort().join(" ");
    const known = byWords.get(sorted);
    if (known === undefined) byWords.set(sorted, [codes]);
    else known.push(codes);
  }
  return [...byWords.values()]
    .filter((same) => same.length > 1)
    .map((same) => same.sort((a, b) => rowsOf(b) - rowsOf(a)))
    .map(([first = [], ...others]) => ({ codes: [first[0] ?? 0, ...others.flat()], by: "word-order" as const }));
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
