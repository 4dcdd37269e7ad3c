import type { LevelColumn } from "../columns/counts.ts";

/** Two columns of few values that go with each other one to one: the height of a site and its climate, each of which tells the site. */
export interface OneToOne {
  readonly first: LevelColumn;
  readonly other: LevelColumn;
  readonly values: number;
  readonly rows: number;
  /** That columns without a bond would agree so. */
  readonly chance: number;
}

/** Two marks that go one to one are told as copies. */
const [LEAST_VALUES, MOST_VALUES] = [3, 50];
/** Over all pairs. */
const CHANCE = 1e-6;
const MOST_COLUMNS = 60;

/**
 * Each pair once; the first of several that say the same is the one that all are told beside. A stretch of rows with the same pair counts once: what a file gives thing after thing shows
 * with each thing, and not with each of its rows, that the two go together. Null: the value of the other in a stretch is drawn anew by the shares of all.
 */
export function oneToOne(columns: readonly LevelColumn[], rows: number): readonly OneToOne[] {
  const some = columns.slice(0, MOST_COLUMNS);
  const looks = Math.max(1, (some.length * (some.length - 1)) / 2);
  const told = new Set<LevelColumn>();
  return some.flatMap((first, place) => {
    if (told.has(first)) return [];
    return some.slice(place + 1).flatMap((other) => {
      const found = told.has(other) ? null : bond(first, other, rows);
      if (found === null || found.chance * looks > CHANCE) return [];
      told.add(other);
      return [found];
    });
  });
}

function bond(first: LevelColumn, other: LevelColumn, rows: number): OneToOne | null {
  const there = new Map<number, { readonly to: number; stretches: number }>();
  const back = new Map<number, number>();
  let [both, before, stretches] = [0, -1, 0];
  for (let row = 0; row < rows; row++) {
    const [x, y] = [first.codes[row] ?? -1, other.codes[row] ?? -1];
    if (x < 0 || y < 0) continue;
    const known = there.get(x) ?? { to: y, stretches: 0 };
    if (known.to !== y || (back.get(y) ?? x) !== x) return null;
    there.set(x, known);
    back.set(y, x);
    both++;
    if (x !== before) {
      known.stretches++;
      stretches++;
    }
    before = x;
  }
  if (there.size < LEAST_VALUES || there.size > MOST_VALUES) return null;
  const counts = [...there.values()].map((one) => one.stretches);
  const logChance = counts.reduce((sum, own) => sum + Math.log(counts.reduce((total, count) => total + (count / stretches) ** own, 0)), 0);
  return { first, other, values: there.size, rows: both, chance: Math.exp(logChance) };
}
