import { distance } from "fastest-levenshtein";

/**
 * The name that a misspelt one most likely means: the nearest one, where no more than a third of the letters differ (the limit of the Rust compiler), or one of two, or two are swapped; else the
 * shortest that has all its words, or longer ones that begin like them. null when there is none.
 */
export function nearestName(wanted: string, names: readonly string[]): string | null {
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const steps = distance(wanted.trim().toLowerCase(), name.trim().toLowerCase());
    if (steps < least) [best, least] = [name, steps];
  }
  if (best === null) return null;
  const letters = Math.max(wanted.trim().length, best.trim().length);
  const isNear = 3 * least <= letters || (least === 1 && letters === 2) || isSwapped(wanted, best);
  return isNear ? best : shortestWith(wordsOf(wanted), names);
}

/** The `most` nearest names, nearest first; for a name of which none is near enough to be meant. */
export function nearestNames(wanted: string, names: readonly string[], most: number): string[] {
  const ranked = names.map((name) => ({ name, steps: distance(wanted.trim().toLowerCase(), name.toLowerCase()) }));
  return ranked
    .sort((a, b) => a.steps - b.steps)
    .slice(0, most)
    .map(({ name }) => name);
}

/** "acu" for "auc". */
function isSwapped(wanted: string, best: string): boolean {
  const sorted = (text: string) => [...text.trim().toLowerCase()].sort().join("");
  return sorted(wanted) === sorted(best);
}

/** One or two letters stand in too many names. */
const TELLING = 3;

function shortestWith(words: readonly string[], names: readonly string[]): string | null {
  if (!words.some((word) => word.length >= TELLING)) return null;
  const found = names.filter((name) => {
    const own = wordsOf(name);
    return words.every((word) => own.some((one) => one.startsWith(word)));
  });
  return found.reduce<string | null>((best, name) => (best === null || name.length < best.length ? name : best), null);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
