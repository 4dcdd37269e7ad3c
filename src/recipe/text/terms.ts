import type { SparseRows } from "../../engine/sparse/rows.ts";
import { byText, onceFor } from "../levels.ts";
import { type CountedText, countPairs } from "./pair-counts.ts";
import type { Corpus } from "./words.ts";

/** What is looked for in a text: words, and pairs of them side by side. */
export interface Terms {
  /** In the order of their text. */
  readonly words: readonly string[];
  /** Places in `words`, two for each pair. */
  readonly pairs: readonly number[];
  /** Of the words, then of the pairs: 1 + ln((1 + rows) / (1 + rows that have it)), scikit-learn's smoothed idf. */
  readonly idf: readonly number[];
}

/** A text that rows hold: its level, and how many they are. */
export interface HeldText {
  readonly level: number;
  readonly rows: number;
}

/**
 * The words and pairs that stand in at least `minTexts` different texts, however many rows hold one and the same; of more than `most` those of most rows. A
 * rarer word tells little and may name a person.
 */
export function learnTerms(corpus: Corpus, held: readonly HeldText[], rows: number, minTexts: number, most: number): Terms {
  const { texts, rows: rowsOf } = countWords(corpus, held);
  const known = corpus.words.map((word, number) => ({ word, number, rows: rowsOf[number] ?? 0 }));
  const frequent = known.filter(({ number }) => (texts[number] ?? 0) >= minTexts);
  const words = mostRows(frequent, most, (a, b) => byText(a.word, b.word)).sort((a, b) => byText(a.word, b.word));
  const places = new Int32Array(corpus.words.length).fill(-1);
  words.forEach(({ number }, place) => {
    places[number] = place;
  });
  const counted = held.map(({ level, rows: holding }): CountedText => ({ words: placed(corpus.wordsOf(level), places), rows: holding }));
  const found = countPairs(counted, words.length, minTexts);
  const pairs = Array.from(found.first, (first, i) => ({ first, second: found.second[i] ?? 0, rows: found.rows[i] ?? 0 }));
  const inOrder = (a: (typeof pairs)[number], b: (typeof pairs)[number]) => a.first - b.first || a.second - b.second;
  const kept = mostRows(pairs, most - words.length, inOrder).sort(inOrder);
  const idf = [...words, ...kept].map((term) => 1 + Math.log((1 + rows) / (1 + term.rows)));
  return { words: words.map(({ word }) => word), pairs: kept.flatMap(({ first, second }) => [first, second]), idf };
}

function countWords(corpus: Corpus, held: readonly HeldText[]): { texts: Int32Array; rows: Float64Array } {
  const read = held.map(({ level }) => corpus.wordsOf(level));
  const size = corpus.words.length;
  const [texts, rows, last] = [new Int32Array(size), new Float64Array(size), new Int32Array(size).fill(-1)];
  for (const [text, words] of read.entries())
    for (const word of words) {
      if (word < 0 || last[word] === text) continue;
      last[word] = text;
      texts[word] = (texts[word] ?? 0) + 1;
      rows[word] = (rows[word] ?? 0) + (held[text]?.rows ?? 0);
    }
  return { texts, rows };
}

function mostRows<T extends { readonly rows: number }>(terms: readonly T[], most: number, inOrder: (a: T, b: T) => number): T[] {
  if (terms.length <= most) return [...terms];
  return [...terms].sort((a, b) => b.rows - a.rows || inOrder(a, b)).slice(0, Math.max(0, most));
}

function placed(words: Int32Array, places: Int32Array): Int32Array {
  return words.map((word) => (word < 0 ? -1 : (places[word] ?? -1)));
}

const lookupOf = onceFor((terms: Terms) => {
  const size = terms.words.length;
  const pairs = new Map<number, number>();
  for (let i = 0; i < terms.pairs.length; i += 2) pairs.set((terms.pairs[i] ?? 0) * size + (terms.pairs[i + 1] ?? 0), size + i / 2);
  return { words: new Map(terms.words.map((word, place) => [word, place])), pairs };
});

/** All 0 between two texts: a model that answers one row at a time would else make one for each. */
const countsOf = onceFor((terms: Terms) => new Int32Array(terms.idf.length));

/** Terms of one text: their places, ascending, and how often each is there. Overwritten by the next text. */
export interface TermCounts {
  readonly places: Int32Array;
  readonly counts: Int32Array;
  /** Words of the text, and those of them that are no term. */
  readonly words: number;
  readonly unseen: number;
}

/** Counts the terms in texts of one column. */
export function termCounter(terms: Terms, corpus: Corpus): (level: number) => TermCounts {
  const lookup = lookupOf(terms);
  const size = terms.words.length;
  const placeOfWord: number[] = [];
  const placeOf = (word: number) => {
    if (word < 0) return -1;
    placeOfWord[word] ??= lookup.words.get(corpus.words[word] ?? "") ?? -1;
    return placeOfWord[word] ?? -1;
  };
  const counts = countsOf(terms);
  let touched = new Int32Array(1024);
  return (level) => {
    const words = corpus.wordsOf(level);
    if (touched.length < 2 * words.length) touched = new Int32Array(2 * words.length);
    let [length, before, unseen] = [0, -1, 0];
    const count = (term: number) => {
      if (counts[term] === 0) touched[length++] = term;
      counts[term] = (counts[term] ?? 0) + 1;
    };
    for (const word of words) {
      const place = placeOf(word);
      if (place < 0) unseen++;
      else count(place);
      const pair = place < 0 || before < 0 ? undefined : lookup.pairs.get(before * size + place);
      if (pair !== undefined) count(pair);
      before = place;
    }
    const places = touched.subarray(0, length).sort();
    const found = places.map((place) => counts[place] ?? 0);
    for (const place of places) counts[place] = 0;
    return { places, counts: found, words: words.length, unseen };
  };
}

/**
 * One row for each of the texts, of length 1: (1 + ln count) x idf, scikit-learn's TfidfVectorizer with sublinear_tf. A text without any term is 0.
 */
export function weighTerms(terms: Terms, corpus: Corpus, levels: ArrayLike<number>): SparseRows {
  const countOf = termCounter(terms, corpus);
  const starts = new Int32Array(levels.length + 1);
  let places = new Int32Array(64 * levels.length + 64);
  let values = new Float64Array(places.length);
  let end = 0;
  for (let row = 0; row < levels.length; row++) {
    const found = countOf(levels[row] ?? -1);
    if (end + found.places.length > places.length)
      [places, values] = [longer(places, end + found.places.length), longer(values, end + found.places.length)];
    let squared = 0;
    for (let i = 0; i < found.places.length; i++) {
      const place = found.places[i] ?? 0;
      const weight = (1 + Math.log(found.counts[i] ?? 1)) * (terms.idf[place] ?? 0);
      squared += weight * weight;
      places[end + i] = place;
      values[end + i] = weight;
    }
    const length = Math.sqrt(squared);
    for (const last = end + found.places.length; end < last; end++) values[end] = (values[end] ?? 0) / length;
    starts[row + 1] = end;
  }
  return { rows: levels.length, columns: terms.idf.length, starts, places: places.subarray(0, end), values: values.subarray(0, end) };
}

function longer<A extends Int32Array | Float64Array>(array: A, least: number): A {
  const grown = new (array.constructor as new (length: number) => A)(Math.max(2 * array.length, least));
  grown.set(array as never);
  return grown;
}
