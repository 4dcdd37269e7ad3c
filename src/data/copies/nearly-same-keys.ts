import type { LevelColumn } from "../columns/counts.ts";

/** Two columns of names of things that hold the same text in most rows, and another one in the rest. */
export interface NearlySameKeys {
  readonly first: LevelColumn;
  readonly other: LevelColumn;
  /** Rows in which both are present, and those in which they are the same. */
  readonly compared: number;
  readonly same: number;
}

const LEAST_SHARE = 0.8;
const LEAST_ROWS = 50;
/** Share of the texts that are different: of kinds with few names most are the same where one name is in most rows. */
const LEAST_DIFFERENT = 0.5;
/** Rows that refute nearly all pairs. */
const PROBED = 200;
const MOST_COLUMNS = 60;

/** Each pair of columns whose texts nearly all differ from row to row, where they are the same in four fifths of the rows but not in all. @param rows of the frame. */
export function nearlySameKeys(columns: readonly LevelColumn[], rows: number): readonly NearlySameKeys[] {
  const some = columns.filter((column) => column.levels.length >= LEAST_DIFFERENT * LEAST_ROWS).slice(0, MOST_COLUMNS);
  const keys = some.filter((column) => column.levels.length >= LEAST_DIFFERENT * presentIn(column));
  return keys.flatMap((first, place) => keys.slice(place + 1).flatMap((other) => sameIn(first, other, rows) ?? []));
}

const presentIn = ({ codes }: LevelColumn) => codes.reduce((sum, code) => sum + Number(code >= 0), 0);

function sameIn(first: LevelColumn, other: LevelColumn, rows: number): NearlySameKeys | null {
  const probe = countSame(first, other, rows, Math.max(1, Math.floor(rows / PROBED)));
  if (probe.same < LEAST_SHARE * 0.8 * probe.compared) return null;
  const { compared, same } = countSame(first, other, rows, 1);
  if (compared < LEAST_ROWS || compared < LEAST_DIFFERENT * rows || same < LEAST_SHARE * compared || same === compared) return null;
  return { first, other, compared, same };
}

function countSame(first: LevelColumn, other: LevelColumn, rows: number, step: number) {
  let [compared, same] = [0, 0];
  for (let row = 0; row < rows; row += step) {
    const [a, b] = [first.levels[first.codes[row] ?? -1], other.levels[other.codes[row] ?? -1]];
    if (a === undefined || b === undefined) continue;
    compared++;
    same += Number(a === b);
  }
  return { compared, same };
}
