import { fingerprint } from "./fingerprint.ts";

/** Letters and words, at least so many of each; of more, letters begin words by chance. */
const [LEAST, MOST] = [2, 6];
const LEAST_WORD = 3;

/** Words that are often written by their letter alone. Of any others a letter may be a value of its own (the languages "C" and "Clojure"). */
const KNOWN: ReadonlySet<string> = new Set(
  "male female man woman masculine feminine maennlich weiblich männlich mannlich homme femme hombre mujer masculino femenino feminino uomo donna maschio femmina man vrouw yes no true false ja nein nee oui non si sim nao não".split(
    " ",
  ),
);

export function isKnownInitial(level: string): boolean {
  return KNOWN.has(fingerprint(level)) || KNOWN.has(level.trim().toLowerCase());
}

/**
 * Letters beside the words that they begin: "F" and "female", "M" and "male". Only where all levels are single letters or words, each letter begins one of the words and each
 * word begins with one of the letters: then nothing else is meant. prints: levels of one spelling each. The places of the letter and its word among them; none otherwise.
 */
export function initials(prints: readonly (readonly number[])[], levels: readonly string[]): readonly (readonly [number, number])[] {
  const said = prints.map((codes) => fingerprint(levels[codes[0] ?? 0] ?? ""));
  const places = said.map((_, place) => place);
  const letters = places.filter((place) => /^\p{L}$/u.test(said[place] ?? ""));
  const words = places.filter((place) => (said[place] ?? "").length >= LEAST_WORD && /^\p{L}+$/u.test(said[place] ?? ""));
  if (letters.length < LEAST || letters.length > MOST || words.length !== letters.length) return [];
  if (letters.length + words.length < said.length) return [];
  const pairs = letters.flatMap((letter) =>
    words.flatMap((word): [number, number][] => (said[word]?.startsWith(said[letter] ?? " ") ? [[letter, word]] : [])),
  );
  const isEachOnce = [0, 1].every((side) => new Set(pairs.map((pair) => pair[side])).size === letters.length);
  return pairs.length === letters.length && isEachOnce ? pairs : [];
}
