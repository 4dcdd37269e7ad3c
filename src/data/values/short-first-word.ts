import { fingerprint } from "./fingerprint.ts";

/** A letter with a stop before the other words ("P. major"). */
const SHORT = /^\s*(\p{L})\.\s*(\p{L}.*)$/u;
const LONG = /^\s*(\p{L})\p{L}+\.?\s+(\p{L}.*)$/u;

/**
 * Codes of levels whose first word is written as its first letter with a stop, each with the one level that has the word in full and the same words behind it ("P. major", "Parus major").
 * Where two have ("Parus major", "Pica major") none is told: the letter does not say which. `counts`: rows of each level; the most frequent spelling stands for the level in full.
 */
export function shortFirstWords(
  levels: readonly string[],
  counts: ArrayLike<number>,
): readonly { readonly short: number; readonly long: number }[] {
  const full = new Map<string, Map<string, number>>();
  const held = levels.flatMap((level, code) => ((counts[code] ?? 0) > 0 ? [{ level, code }] : []));
  const keyOf = ([, letter = "", rest = ""]: readonly string[]) => `${letter.toLowerCase()} ${fingerprint(rest)}`;
  for (const { level, code } of held) {
    const long = LONG.exec(level);
    if (long === null) continue;
    const key = keyOf(long);
    const spellings = full.get(key) ?? new Map<string, number>();
    const print = fingerprint(level);
    const known = spellings.get(print);
    if (known === undefined || (counts[code] ?? 0) > (counts[known] ?? 0)) spellings.set(print, code);
    full.set(key, spellings);
  }
  return held.flatMap(({ level, code }) => {
    const short = SHORT.exec(level);
    const spellings = short === null ? undefined : full.get(keyOf(short));
    const [long] = spellings?.values() ?? [];
    return spellings?.size === 1 && long !== undefined ? [{ short: code, long }] : [];
  });
}
