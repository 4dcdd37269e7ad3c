import { onceFor } from "../levels.ts";
import { ALONE, BETWEEN, kindOfCharacter } from "./characters.ts";

/** A number of so many digits names somebody or something: a phone, an account, a card. */
const LONG_NUMBER = /^\d{7,}$/;

/** A longer one is no word that comes back, but a key or a picture as text. */
const MOST_LETTERS = 40;

/** The texts between blanks and punctuation, as they are written, from the first to the last. */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  let start = -1;
  for (let at = 0; at < text.length; ) {
    const point = text.codePointAt(at) ?? 0;
    const width = point > 0xffff ? 2 : 1;
    const kind = kindOfCharacter(point);
    if (kind === BETWEEN || kind === ALONE) {
      if (start >= 0) tokens.push(text.slice(start, at));
      start = -1;
      if (kind === ALONE) tokens.push(text.slice(at, at + width));
    } else if (start < 0) start = at;
    at += width;
  }
  if (start >= 0) tokens.push(text.slice(start));
  return tokens;
}

/**
 * The word that a token writes: "Free", "FREE" and "free" are one; any other mixture ("iPhone") is a word of its own, so that the spellings of a word are
 * few and can be listed in a graph (`spellingsOf`). null: no word.
 */
export function wordOf(token: string): string | null {
  if (token.length > MOST_LETTERS || LONG_NUMBER.test(token)) return null;
  const lower = token.toLowerCase();
  return token === lower || token === lower.toUpperCase() || token === capitalised(lower) ? lower : token;
}

/** The words of a text, in order. */
export function wordsIn(text: string): string[] {
  return tokensOf(text).flatMap((token) => wordOf(token) ?? []);
}

/** All tokens that `wordOf` takes for the word. */
export function spellingsOf(word: string): string[] {
  return [...new Set([word, word.toUpperCase(), capitalised(word)])].filter((token) => wordOf(token) === word);
}

function capitalised(lower: string): string {
  const first = String.fromCodePoint(lower.codePointAt(0) ?? 0);
  return first.toUpperCase() + lower.slice(first.length);
}

/** The texts of a column as words with numbers of their own; the numbers hang on what was read first and mean nothing. */
export interface Corpus {
  /** By number. */
  readonly words: readonly string[];
  /** Numbers of the words of a text, in order; -1 is no word. Read when first asked for. */
  wordsOf(level: number): Int32Array;
}

/** Once for the texts of a frame, however many folds read them. */
export const corpusOf = onceFor((levels: readonly string[]): Corpus => {
  const words: string[] = [];
  const numbers = new Map<string, number>();
  const tokens = new Map<string, number>();
  const read: (Int32Array | undefined)[] = [];
  const numberOf = (token: string): number => {
    const known = tokens.get(token);
    if (known !== undefined) return known;
    const word = wordOf(token);
    let number = word === null ? -1 : numbers.get(word);
    if (number === undefined && word !== null) {
      number = words.length;
      numbers.set(word, number);
      words.push(word);
    }
    tokens.set(token, number ?? -1);
    return number ?? -1;
  };
  return {
    words,
    wordsOf: (level) => {
      const known = read[level];
      if (known !== undefined) return known;
      const made = Int32Array.from(tokensOf(levels[level] ?? ""), numberOf);
      read[level] = made;
      return made;
    },
  };
});
