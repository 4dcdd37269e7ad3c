import { distance } from "fastest-levenshtein";

/** The name that a misspelt one most likely means, or null when none is near (more than a third of the letters differ). */
export function nearestName(wanted: string, names: readonly string[]): string | null {
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const steps = distance(wanted.trim().toLowerCase(), name.trim().toLowerCase());
    if (steps < least) [best, least] = [name, steps];
  }
  return best !== null && least <= Math.max(2, Math.ceil(Math.max(wanted.length, best.length) / 3)) ? best : null;
}
