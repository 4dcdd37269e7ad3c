import { distance } from "fastest-levenshtein";
import { areOtherCompounds } from "../meaning/compound-names.ts";
import { countryOf } from "./countries.ts";

/** A rare level that differs from a frequent one by one letter. */
export interface Typo {
  readonly rare: number;
  readonly frequent: number;
  /** It is in a sixth of the rows of both or less, but in more than is usual of a slip: one who writes it so always, or a word of its own. */
  readonly isOften: boolean;
}

/** Shorter words differ by a letter without being typos (cat, car). */
const LEAST_LENGTH = 5;
/** Shorter ones differ in their last letter as kinds do (fuseA, fuseP). */
const LEAST_BEFORE_LAST = 7;
const LONGEST = 60;
const MOST_LEVELS = 20_000;
/** The frequent spelling has so many times the rows of the rare one. */
const RATIO = 20;
/** And of one that somebody writes so always, among few values; of many, two that are alike are no wonder. */
const [OFTEN, MOST_BESIDE] = [5, 50];
const NEGATION = /^(a|un|in|im|ir|il|non|dis|de|re|pre|anti)$/;
const BETWEEN = /[^\p{L}\p{N}]+/u;
/** Kinds of files are called alike: ".list", ".plist". */
const EXTENSION = /^\.[\p{L}\p{N}]+$/u;
const ROMAN = /^[ivx]+$/;

/**
 * Pairs at an edit distance of one, found by words with one letter taken out, so that the work grows with the number of levels. Never a
 * pair that differs in a digit or in a part with digits (a code, such as E48ds and E48pds), a first letter, a prefix of negation, a Roman numeral, the ending of a compound (nitrate, nitrite) or a short word.
 */
export function findTypos(words: readonly string[], counts: ArrayLike<number>): Typo[] {
  if (words.length > MOST_LEVELS) return [];
  const fits = (word: string) => word.length >= LEAST_LENGTH && word.length <= LONGEST && !isSequence(word) && !EXTENSION.test(word);
  const least = words.length <= MOST_BESIDE ? OFTEN : RATIO;
  const frequent = new Map<string, number[]>();
  words.forEach((word, index) => {
    if ((counts[index] ?? 0) < least || !fits(word)) return;
    for (const key of shortened(word)) {
      const known = frequent.get(key);
      if (known === undefined) frequent.set(key, [index]);
      else known.push(index);
    }
  });
  if (frequent.size === 0) return [];
  const isKnown = knownParts(words, counts);
  return words.flatMap((word, rare) => {
    const rows = counts[rare] ?? 0;
    if (rows === 0 || !fits(word)) return [];
    let best = -1;
    for (const key of shortened(word)) {
      for (const other of frequent.get(key) ?? []) {
        const many = counts[other] ?? 0;
        if (many >= least * rows && many > (counts[best] ?? 0) && isTypo(word, words[other] ?? "", (a, b) => isKnown(a, b, [rows, many])))
          best = other;
      }
    }
    return best < 0 ? [] : [{ rare, frequent: best, isOften: (counts[best] ?? 0) < RATIO * rows }];
  });
}

function shortened(word: string): Set<string> {
  const keys = new Set([word]);
  for (let i = 1; i < word.length; i++) keys.add(word.slice(0, i) + word.slice(i + 1));
  return keys;
}

/** So many values hold a word that nobody writes wrong in all of them (east and west of many towns), in this share of the rows that the word it is near to has in its other values. */
const [HELD_BY, KNOWN_SHARE] = [3, 0.2];

interface Held {
  values: number;
  rows: number;
}

/** Whether the part of a value is a word of its own beside the part it is near to. pair: the rows of both values. */
type IsKnown = (part: string, other: string, pair: readonly [number, number]) => boolean;

function knownParts(words: readonly string[], counts: ArrayLike<number>): IsKnown {
  const held = new Map<string, Held>();
  words.forEach((word, index) => {
    const parts = new Set(word.split(BETWEEN));
    if (parts.size === 1) return;
    for (const part of parts) {
      const one = held.get(part) ?? { values: 0, rows: 0 };
      one.values++;
      one.rows += counts[index] ?? 0;
      held.set(part, one);
    }
  });
  return (part, other, [own, others]) => {
    const [one, beside] = [held.get(part), held.get(other)];
    return one !== undefined && one.values >= HELD_BY && one.rows - own >= KNOWN_SHARE * ((beside?.rows ?? others) - others);
  };
}

/** A text of so many letters, of which so few are different, is a sequence (of bases, of moves): each letter counts. */
const [LEAST_SEQUENCE, MOST_DIFFERENT] = [12, 5];

function isSequence(word: string): boolean {
  return word.length >= LEAST_SEQUENCE && new Set(word).size <= MOST_DIFFERENT;
}

function isTypo(rare: string, frequent: string, isKnown: (part: string, other: string) => boolean): boolean {
  if (rare[0] !== frequent[0] || rare.replace(/\D/g, "") !== frequent.replace(/\D/g, "")) return false;
  const swapped = rare.length === frequent.length && [...rare].sort().join("") === [...frequent].sort().join("");
  if (distance(rare, frequent) > (swapped ? 2 : 1)) return false;
  const isLast = rare.length === frequent.length && rare.slice(0, -1) === frequent.slice(0, -1);
  if (isLast && rare.length <= LEAST_BEFORE_LAST) return false;
  if (NEGATION.test(prefixBetween(rare, frequent))) return false;
  if (areTwoCountries(rare, frequent)) return false;
  const [a, b] = [rare.split(BETWEEN), frequent.split(BETWEEN)];
  if (a.length !== b.length) return a.join("").length >= LEAST_LENGTH && a.join("") === b.join("");
  return a.every((part, i) => {
    const other = b[i] ?? "";
    if (part !== other && (/\d/.test(part + other) || areOtherCompounds(part, other) || isKnown(part, other))) return false;
    return part === other || (Math.max(part.length, other.length) >= LEAST_LENGTH - 1 && !ROMAN.test(part) && !ROMAN.test(other));
  });
}

/** Iceland is no slip for Ireland. */
function areTwoCountries(a: string, b: string): boolean {
  const [one, other] = [countryOf(a), countryOf(b)];
  return one !== null && other !== null && one !== other;
}

/** What the longer word has before the shorter one; "" when it does not end with it. */
function prefixBetween(a: string, b: string): string {
  const [long, short] = a.length > b.length ? [a, b] : [b, a];
  return long.endsWith(short) ? long.slice(0, long.length - short.length) : "";
}
