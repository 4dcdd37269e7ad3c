import { onceFor } from "../levels.ts";

/** Folds whose learning is kept for a column: those of one split, as several threads draw them. */
const MOST_KEPT = 12;

/** What was learned on some rows of a column of texts, by the hash of all that it hangs on. */
interface Kept<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
}

/** Kept as long as the texts of the frame live: candidates and trials on the same folds learn the same of a text. The oldest goes first. */
export function fitCache<T>(): (levels: readonly string[]) => Kept<T> {
  return onceFor((_levels: readonly string[]): Kept<T> => {
    const kept = new Map<string, T>();
    return {
      get: (key) => {
        const known = kept.get(key);
        if (known === undefined) return undefined;
        kept.delete(key);
        kept.set(key, known);
        return known;
      },
      set: (key, value) => {
        kept.set(key, value);
        const [oldest] = kept.keys();
        if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      },
    };
  });
}

/** 16 hex digits of the bits of the arrays (two rounds of FNV-1a on words of 32 bits). */
export function bitsHash(...arrays: readonly (Int32Array | Float64Array)[]): string {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (const array of arrays) {
    const words = new Int32Array(array.buffer, array.byteOffset, array.byteLength / 4);
    for (const word of words) {
      a = Math.imul(a ^ word, 0x01000193);
      b = Math.imul(b ^ (word >>> 15) ^ (word << 17), 0x5bd1e995);
      a ^= a >>> 15;
      b ^= b >>> 13;
    }
    a = Math.imul(a ^ words.length, 0x01000193);
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}
