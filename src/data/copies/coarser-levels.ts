import { float64Where } from "../../core/typed-from.ts";
import type { LevelColumn } from "../columns/counts.ts";

/** The names of one column give those of another, which has fewer: towns and their states. */
export interface CoarserLevels {
  readonly fine: LevelColumn;
  readonly coarse: LevelColumn;
  readonly fineLevels: number;
  readonly coarseLevels: number;
  /** Rows in which both are present. */
  readonly rows: number;
  /** That names without a bond would agree so, by the shares of the coarse ones. */
  readonly chance: number;
}

const CHANCE = 1e-9;
/** Names that hardly come back prove nothing of what they give; of many of them, such as keys, what stays the same within is no kind of them. */
const [COME_BACK, FEW_COME_BACK, FEW] = [0.9, 0.75, 100];
/** Each pair is walked through until it is refuted. */
const MOST_COLUMNS = 60;

/** Each coarser column once, beside the coarsest of those that give it. mayGive: a measurement of few values is given by names, and gives none. */
export function coarserLevels(
  columns: readonly LevelColumn[],
  rows: number,
  mayGive: (column: LevelColumn) => boolean = () => true,
): readonly CoarserLevels[] {
  const some = columns.slice(0, MOST_COLUMNS);
  return some.flatMap((coarse) => {
    const giving = some.flatMap((fine) => (fine === coarse || !mayGive(fine) ? [] : (bond(fine, coarse, rows) ?? [])));
    return giving.sort((a, b) => a.fineLevels - b.fineLevels || (a.fine.name < b.fine.name ? -1 : 1)).slice(0, 1);
  });
}

function bond(fine: LevelColumn, coarse: LevelColumn, rows: number): CoarserLevels | null {
  const given = new Int32Array(fine.levels.length).fill(-1);
  const [fineCounts, coarseCounts] = [new Float64Array(fine.levels.length), new Float64Array(coarse.levels.length)];
  let both = 0;
  for (let row = 0; row < rows; row++) {
    const [from, to] = [fine.codes[row] ?? -1, coarse.codes[row] ?? -1];
    if (from < 0 || to < 0) continue;
    if (given[from] === -1) given[from] = to;
    else if (given[from] !== to) return null;
    fineCounts[from] = (fineCounts[from] ?? 0) + 1;
    coarseCounts[to] = (coarseCounts[to] ?? 0) + 1;
    both++;
  }
  const [own, others] = [float64Where(fineCounts, (count) => count > 0), float64Where(coarseCounts, (count) => count > 0)];
  if (others.length < 2 || own.length <= others.length) return null;
  const comingBack = float64Where(own, (count) => count > 1).reduce((sum, count) => sum + count, 0);
  if (comingBack < (own.length <= FEW ? FEW_COME_BACK : COME_BACK) * both) return null;
  const shares = others.map((count) => count / both);
  const logChance = own.reduce((sum, count) => sum + Math.log(shares.reduce((total, share) => total + share ** count, 0)), 0);
  const chance = Math.exp(logChance);
  return chance > CHANCE ? null : { fine, coarse, fineLevels: own.length, coarseLevels: others.length, rows: both, chance };
}
