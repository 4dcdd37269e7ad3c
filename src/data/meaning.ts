import { AFTER_WORDS, BEFORE_WORDS, BIRTH_WORDS, CLASS_WORDS, ENTITY_WORDS, ID_WORDS, ORDERED_WORDS, TIME_WORDS } from "./lexicon.ts";
import { hasPhrase, nameWords } from "./name-words.ts";

/** What a column's name says. Weights in 0..1; the words that spoke stand beside. */
export interface Meaning {
  /** How likely the value is written during or after the outcome, from the name alone. */
  readonly after: number;
  readonly afterWords: readonly string[];
  readonly excusedBy: readonly string[];
  readonly id: boolean;
  readonly time: boolean;
  readonly birth: boolean;
  /** The name is a thing that comes back, alone or with an id word: "customer", "patient_id", not "customer_age". */
  readonly entity: boolean;
  readonly ordered: boolean;
  readonly classLike: boolean;
}

/** How much of the suspicion is left when a word such as "previous" stands beside. */
const EXCUSED = 0.15;

const AFTER_ENTRIES = Object.entries(AFTER_WORDS);

/** Reads a column's name with the lexicon. */
export function meaningOf(name: string): Meaning {
  const words = nameWords(name);
  const says = (list: readonly string[]) => list.some((entry) => hasPhrase(words, entry));
  const spoken = AFTER_ENTRIES.filter(([phrase]) => hasPhrase(words, phrase));
  const excusedBy = BEFORE_WORDS.filter((phrase) => hasPhrase(words, phrase));
  const innocent = spoken.reduce((product, [, weight]) => product * (1 - weight), 1);
  return {
    after: (1 - innocent) * (excusedBy.length > 0 ? EXCUSED : 1),
    afterWords: spoken.map(([phrase]) => phrase),
    excusedBy,
    id: says(ID_WORDS),
    time: says(TIME_WORDS),
    birth: says(BIRTH_WORDS),
    entity: isEntity(words),
    ordered: says(ORDERED_WORDS),
    classLike: says(CLASS_WORDS),
  };
}

function isEntity(words: readonly string[]): boolean {
  // A plural counts things ("households"); it does not name one.
  const rest = words.filter((word) => !ENTITY_WORDS.includes(word));
  return rest.length < words.length && rest.every((word) => ID_WORDS.includes(word) || word === "name" || word === "code");
}
