import type { LevelColumn } from "../columns/counts.ts";

/** What a column of names says of the unit of each row. */
export interface UnitSource {
  readonly by: LevelColumn;
  /** Those whose rows are in the rarer unit, or most of them. */
  readonly levels: readonly string[];
  /** Rows whose value lies in the heap of the other unit than their level says. */
  readonly disagree: number;
  /** Of those so many lie beyond the median of that heap, where the tail of the own one hardly reaches. */
  readonly deep: number;
  /** exactly: the values that disagree are the far ones of their own heap, but for single ones. nearly: some of them seem to be in the other unit. */
  readonly tells: "exactly" | "nearly";
}

/** Rows that disagree, of those in the rarer heap; with more the column does not tell. */
const MOST_DISAGREEING = 0.1;
/** Of rows in another unit than their level half lie beyond the median of their heap, of far values of the own unit next to none do. */
const MOST_DEEP = 0.125;
/** Fewer of them are single errors: so many, and of the rows in the rarer heap. */
const [LEAST_DEEP, LEAST_DEEP_SHARE] = [5, 0.01];
/** So many levels of so few rows are names of single things: chance makes some of them agree, and new ones come. */
const [MANY_LEVELS, FEW_ROWS] = [20, 20];

/** isRarer: of the row, by its value; null where it has none. beyond: the value lies beyond the median of the heap that it is in, as seen from the other one. null: the column does not tell, or names single things. */
export function unitSource(
  by: LevelColumn,
  isRarer: (row: number) => boolean | null,
  isBeyond: (row: number) => boolean,
): UnitSource | null {
  const { codes, levels } = by;
  // Behind the last level the rows without one.
  const [rarer, usual] = [new Int32Array(levels.length + 1), new Int32Array(levels.length + 1)];
  const placeOf = (row: number) => ((codes[row] ?? -1) < 0 ? levels.length : (codes[row] as number));
  for (let row = 0; row < codes.length; row++) {
    const side = isRarer(row);
    const counts = side === true ? rarer : usual;
    if (side !== null) counts[placeOf(row)] = (counts[placeOf(row)] as number) + 1;
  }
  const rowsOf = levels.map((_, code) => (rarer[code] as number) + (usual[code] as number));
  if (rowsOf.filter((rows) => rows > 0 && rows < FEW_ROWS).length >= MANY_LEVELS) return null;
  const isOf = levels.map((_, code) => (rarer[code] as number) > (usual[code] as number));
  let [all, disagree, deep] = [0, 0, 0];
  for (let row = 0; row < codes.length; row++) {
    const side = isRarer(row);
    if (side === true) all++;
    if (side === null || side === (isOf[placeOf(row)] ?? false)) continue;
    disagree++;
    if (isBeyond(row)) deep++;
  }
  if (!isOf.includes(true) || disagree > MOST_DISAGREEING * all) return null;
  const told = levels.filter((_, code) => isOf[code]);
  const isNearly = deep > MOST_DEEP * disagree && deep >= LEAST_DEEP && deep >= LEAST_DEEP_SHARE * all;
  return { by, levels: told, disagree, deep, tells: isNearly ? "nearly" : "exactly" };
}
