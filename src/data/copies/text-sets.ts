import { hashOfText, mixedBits } from "../../core/mixed-bits.ts";
import { wordsIn } from "../../recipe/index.ts";

/** Of longer texts the beginning is compared. */
const MOST_WORDS = 200;
/** Broder (1997): two texts share this part of their pairs of words. */
const NEAR = 0.8;
/** Signatures of so many parts, in bands: two that share 0.8 meet in one with 0.997, two that share 0.4 with 0.4. */
const [BANDS, ROWS_EACH] = [8, 3];
/** Earlier texts of a band that one is held against. */
const LOOKED_BACK = 4;

/** Texts of which each is near another one of its set. */
export interface TextSets {
  /** The first text of the set. */
  of(place: number): number;
}

/**
 * Sets of texts that are equal but for numbers and a few words, in one pass (MinHash in bands, and the exact Jaccard share of those that meet). looked: places of texts. least: pairs of words of the
 * shortest that is compared.
 */
export function textSets(texts: readonly string[], looked: Int32Array, least: number): TextSets {
  const parent = Int32Array.from(looked);
  function of(place: number): number {
    let at = place;
    while (parent[at] !== at) at = parent[at] = parent[parent[at] ?? 0] ?? 0;
    return at;
  }
  const buckets = new Map<number, number[]>();
  // Of those that wait in a bucket.
  const known = new Map<number, ReadonlySet<number>>();
  for (const place of looked) {
    const own = pairsOfWords(texts[place] ?? "");
    if (own.size < least) continue;
    for (const key of bandsOf(own)) {
      const before = buckets.get(key);
      if (before === undefined) {
        buckets.set(key, [place]);
        known.set(place, own);
        continue;
      }
      const near = before.find((other) => of(other) === of(place) || shared(own, known.get(other) ?? own) >= NEAR);
      if (near !== undefined) parent[of(place)] = of(near);
      else if (before.length < LOOKED_BACK) {
        before.push(place);
        known.set(place, own);
      }
    }
  }
  return { of };
}

/** Hashes of each two words that follow each other; a word with a digit stands for any such. */
function pairsOfWords(text: string): ReadonlySet<number> {
  const words = wordsIn(text)
    .slice(0, MOST_WORDS)
    .map((word) => (/\d/.test(word) ? "0" : word));
  const found = new Set<number>();
  for (let i = 1; i < words.length; i++) found.add(hashOfText(`${words[i - 1]} ${words[i]}`));
  return found;
}

/** The least hashes of the pairs under so many mixings (MinHash), by bands. */
function bandsOf(pairs: ReadonlySet<number>): readonly number[] {
  return Array.from({ length: BANDS }, (_, band) => {
    let key = band + 1;
    for (let row = 0; row < ROWS_EACH; row++) {
      const salt = Math.imul(band * ROWS_EACH + row + 1, 0x9e3779b1);
      let least = 0x7fffffff;
      for (const one of pairs) least = Math.min(least, mixedBits(one ^ salt));
      key = mixedBits(Math.imul(key, 31) ^ least);
    }
    return key * BANDS + band;
  });
}

/** Jaccard's share of what both hold. */
function shared(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let both = 0;
  for (const one of a) if (b.has(one)) both++;
  return both / (a.size + b.size - both);
}
