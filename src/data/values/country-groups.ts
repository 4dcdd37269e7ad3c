import { countryOf } from "./countries.ts";
import { fingerprint } from "./fingerprint.ts";
import type { SpellingGroup } from "./spelling-groups.ts";

/** Of the values of a column that has countries at all; of its rows, from which on it surely means countries, and so many of them. */
const [LEAST_VALUES, SURE_ROWS, SURE_COUNTRIES] = [0.5, 0.8, 5];

/** Codes of the United States: CA among them is California, and no Canada. */
const STATES = new Set(
  "al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc pr".split(
    " ",
  ),
);
const [LEAST_STATES, MOSTLY_STATES] = [10, 0.8];

function areStates(levels: readonly string[]): boolean {
  const short = levels.filter((level) => /^[A-Za-z]{2}$/.test(level.trim()));
  const states = short.filter((level) => STATES.has(level.trim().toLowerCase()));
  return states.length >= LEAST_STATES && states.length >= MOSTLY_STATES * short.length;
}

/** Levels that name or abbreviate the same country ("US", "usa", "United States"), and whether the column surely means countries. `counts`: rows of each level. */
export function countryGroups(
  levels: readonly string[],
  counts: ArrayLike<number>,
): { readonly groups: readonly SpellingGroup[]; readonly isSure: boolean } {
  const held = [...levels.keys()].filter((code) => (counts[code] ?? 0) > 0);
  if (areStates(held.map((code) => levels[code] ?? ""))) return { groups: [], isSure: false };
  const rowsOf = (codes: readonly number[]) => codes.reduce((sum, code) => sum + (counts[code] ?? 0), 0);
  const byCountry = new Map<string, number[]>();
  for (const code of held) {
    const country = countryOf(levels[code] ?? "");
    if (country !== null) byCountry.set(country, [...(byCountry.get(country) ?? []), code]);
  }
  const known = [...byCountry.values()].flat();
  if (known.length < LEAST_VALUES * held.length) return { groups: [], isSure: false };
  const groups = [...byCountry.values()]
    // One spelling but for case and dots is found without knowing what it means.
    .filter((codes) => new Set(codes.map((code) => fingerprint(levels[code] ?? ""))).size > 1)
    .map((codes): SpellingGroup => ({ codes: codes.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b), by: "country" }));
  return { groups, isSure: byCountry.size >= SURE_COUNTRIES && rowsOf(known) >= SURE_ROWS * rowsOf(held) };
}
