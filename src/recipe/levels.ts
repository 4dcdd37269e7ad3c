import type { LevelColumn } from "./table.ts";

export const MISSING = -1;
export const UNSEEN = -2;

/** Order of texts by code unit: the same on every machine, whatever its language. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Rows per level text. Levels without rows are left out, so a dictionary that knows more levels counts the same. */
export function countLevels(column: LevelColumn): Map<string, number> {
  const perCode = new Float64Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) perCode[code] = (perCode[code] ?? 0) + 1;
  const counts = new Map<string, number>();
  column.levels.forEach((level, code) => {
    const count = perCode[code] ?? 0;
    if (count > 0) counts.set(level, (counts.get(level) ?? 0) + count);
  });
  return counts;
}

export interface KeptLevels {
  /** In the order of their text; their place is their code. */
  readonly levels: readonly string[];
  /** Rare levels share one more code after these. */
  readonly other: boolean;
}

/**
 * Levels with at least `minCount` rows, the most frequent first (ties by text), so many that the codes, "other" included, are at most
 * `maxLevels`.
 */
export function keepLevels(counts: ReadonlyMap<string, number>, minCount: number, maxLevels: number): KeptLevels {
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || byText(a[0], b[0]));
  const frequent = ranked.filter(([, count]) => count >= minCount);
  const all = frequent.length === ranked.length && frequent.length <= maxLevels;
  const kept = all ? frequent : frequent.slice(0, Math.max(0, maxLevels - 1));
  return { levels: kept.map(([level]) => level).sort(byText), other: !all };
}

/** Derives a value from an object that never changes, once: a model that answers one row at a time asks thousands of times a second. */
export function onceFor<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

const placesOf = onceFor((levels: readonly string[]) => new Map(levels.map((level, code) => [level, code])));

/** Code of each row in the kept levels, matched by text; MISSING, or UNSEEN when there is no "other" to put it in. */
export function keptCodes(column: LevelColumn, kept: KeptLevels): Int32Array {
  const index = placesOf(kept.levels);
  const unseen = kept.other ? kept.levels.length : UNSEEN;
  const mapped = Int32Array.from(column.levels, (level) => index.get(level) ?? unseen);
  return column.codes.map((code) => (code < 0 ? MISSING : (mapped[code] ?? MISSING)));
}

/** A level column with its levels renamed; "" makes missing. Levels that become equal are merged. */
export function renameLevels(column: LevelColumn, rename: (level: string) => string): LevelColumn {
  const index = new Map<string, number>();
  const mapped = Int32Array.from(column.levels, (level) => {
    const name = rename(level);
    if (name === "") return MISSING;
    const known = index.get(name);
    if (known === undefined) index.set(name, index.size);
    return known ?? index.size - 1;
  });
  const codes = column.codes.map((code) => (code < 0 ? MISSING : (mapped[code] ?? MISSING)));
  return { type: column.type, codes, levels: [...index.keys()] };
}
