import { sameWord } from "./name-words.ts";

/** Entries of a lexicon by their first word, so that a name is looked up in the time of its own words. */
export type PhraseIndex = ReadonlyMap<string, readonly (readonly string[])[]>;

/** phrases: words parted by blanks. */
export function phraseIndex(phrases: readonly string[]): PhraseIndex {
  const index = new Map<string, (readonly string[])[]>();
  for (const phrase of phrases) {
    const parts = phrase.split(" ");
    const first = parts[0] ?? "";
    const held = index.get(first);
    if (held === undefined) index.set(first, [parts]);
    else held.push(parts);
  }
  return index;
}

/** The entries that stand in the words, in order and side by side; a plural s is forgiven in words of more than three letters. */
export function phrasesIn(words: readonly string[], index: PhraseIndex): readonly string[] {
  const found = new Set<string>();
  words.forEach((word, start) => {
    for (const first of word.endsWith("s") ? [word, word.slice(0, -1)] : [word]) {
      for (const parts of index.get(first) ?? []) {
        if (parts.every((part, i) => sameWord(words[start + i] ?? "", part))) found.add(parts.join(" "));
      }
    }
  });
  return [...found];
}
