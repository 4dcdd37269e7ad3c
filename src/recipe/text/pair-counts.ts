/** Buckets of the first count; a power of two. */
const BUCKETS = 1 << 22;
const MOST = 255;

/** In how many texts each pair of numbers below `size` stands side by side; only the pairs that stand in at least `least` are kept. */
export interface PairCounts {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly texts: Int32Array;
  readonly rows: Float64Array;
}

/** A text as the numbers of its words (-1 = none), with the rows that hold it. */
export interface CountedText {
  readonly words: Int32Array;
  readonly rows: number;
}

/**
 * Counted twice: first into buckets that several pairs share, which rules nearly all pairs out that come once or twice, then those that are left one by
 * one. So memory goes by the pairs that stay, not by the length of the texts.
 */
export function countPairs(texts: readonly CountedText[], size: number, least: number): PairCounts {
  const buckets = new Uint8Array(BUCKETS);
  for (const { words } of texts)
    for (let at = 1; at < words.length; at++) {
      const bucket = bucketOf(words[at - 1] ?? -1, words[at] ?? -1);
      if (bucket >= 0 && (buckets[bucket] ?? 0) < MOST) buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
  const places = new Map<number, number>();
  const [texts_, rows, last]: [number[], number[], number[]] = [[], [], []];
  for (const [text, { words, rows: held }] of texts.entries())
    for (let at = 1; at < words.length; at++) {
      const [a, b] = [words[at - 1] ?? -1, words[at] ?? -1];
      const bucket = bucketOf(a, b);
      if (bucket < 0 || (buckets[bucket] ?? 0) < Math.min(least, MOST)) continue;
      const key = a * size + b;
      const place = places.get(key) ?? places.size;
      if (place === places.size) places.set(key, place);
      if (last[place] === text) continue;
      last[place] = text;
      texts_[place] = (texts_[place] ?? 0) + 1;
      rows[place] = (rows[place] ?? 0) + held;
    }
  const kept = [...places].filter(([, place]) => (texts_[place] ?? 0) >= least);
  return {
    first: Int32Array.from(kept, ([key]) => Math.floor(key / size)),
    second: Int32Array.from(kept, ([key]) => key % size),
    texts: Int32Array.from(kept, ([, place]) => texts_[place] ?? 0),
    rows: Float64Array.from(kept, ([, place]) => rows[place] ?? 0),
  };
}

/** -1 where one of the two is no word. */
function bucketOf(a: number, b: number): number {
  return a < 0 || b < 0 ? -1 : ((Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 7) & (BUCKETS - 1);
}
