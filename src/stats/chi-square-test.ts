import { float64Where } from "../core/typed-from.ts";
import { chiSquareUpperTail } from "./chi-square.ts";
import { margins, type Table } from "./contingency.ts";

export interface ChiSquareTest {
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
  /** Cramer's V with Bergsma's bias correction (2013, doi:10.1016/j.jkss.2012.10.002), 0..1. */
  readonly cramersV: number;
}

/**
 * Pearson's chi-square test of independence, without continuity correction. Empty rows and columns do not count. With fewer than two
 * rows or columns left: statistic 0, df 0, p 1, V 0.
 */
export function chiSquareTest(table: Table): ChiSquareTest {
  const { rows, columns, total } = margins(table);
  const r = float64Where(rows, (sum) => sum > 0).length;
  const c = float64Where(columns, (sum) => sum > 0).length;
  const df = (r - 1) * (c - 1);
  if (r < 2 || c < 2) return { statistic: 0, df: 0, p: 1, cramersV: 0 };
  let statistic = 0;
  for (let i = 0; i < table.rows; i++) {
    for (let j = 0; j < table.columns; j++) {
      const expected = (rows[i]! * columns[j]!) / total;
      if (expected > 0) statistic += (table.counts[i * table.columns + j]! - expected) ** 2 / expected;
    }
  }
  return { statistic, df, p: chiSquareUpperTail(statistic, df), cramersV: cramersV(statistic, total, r, c) };
}

function cramersV(statistic: number, total: number, r: number, c: number): number {
  if (total < 2) return 0;
  const phi2 = Math.max(0, statistic / total - ((r - 1) * (c - 1)) / (total - 1));
  const rows = r - (r - 1) ** 2 / (total - 1);
  const columns = c - (c - 1) ** 2 / (total - 1);
  const most = Math.min(rows, columns) - 1;
  return most > 0 ? Math.min(1, Math.sqrt(phi2 / most)) : 0;
}
