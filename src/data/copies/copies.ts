import type { Column } from "../../core/column.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { countCodes, countValues, levelCounts, valueCounts } from "../columns/counts.ts";
import { featuresOf } from "../columns/features.ts";
import { equalPairs, rowHash, withoutColumn } from "../columns/row-hash.ts";

/** How many pairs of equal rows there are and how many of them are copies rather than rows that agree by chance. */
export interface Copies {
  readonly pairs: number;
  /** Lower estimate of the pairs that are copies. */
  readonly copied: number;
  /** copied / pairs, 0..1; 0 without pairs. */
  readonly share: number;
  /** Chance of so many equal pairs among those that agree in all columns but one; the largest over the columns tried. */
  readonly p: number;
}

/** Columns that are left out in turn: more do not lower the estimate by much. */
const TRIED = 8;

/**
 * Copies agree in every column. Rows that agree by chance in all but one column agree in that one only as often as any two rows do: with
 * M pairs equal everywhere, M' equal when column c is left out and q the chance that two rows agree in c, the copies are
 * (M - q M') / (1 - q). The least over the columns in which rows agree most seldom counts, since a column that follows from the others
 * overstates it.
 */
export function copiesOf(context: AuditContext, columns: readonly Column[]): Copies {
  const { rows } = context.frame;
  const hash = rowHash(columns, rows);
  const pairs = equalPairs(hash);
  if (pairs === 0) return { pairs, copied: 0, share: 0, p: 1 };
  const agreement = columns.map((column) => ({ column, chance: chanceOfAgreement(context, column) }));
  agreement.sort((a, b) => a.chance - b.chance);
  let copied = pairs;
  let p = 0;
  for (const { column, chance } of agreement.slice(0, TRIED)) {
    if (chance >= 0.999) continue;
    const without = equalPairs(withoutColumn(hash, column));
    p = Math.max(p, binomialUpperTail(pairs, without, chance));
    copied = Math.min(copied, (pairs - chance * without) / (1 - chance));
  }
  // With hardly any different rows possible, nothing speaks for copies.
  const leastChance = agreement[0]?.chance ?? 1;
  if (leastChance >= 0.999) copied = 0;
  copied = Math.max(0, copied);
  return { pairs, copied, share: copied / pairs, p };
}

/** The same over all features, counted once per audit. */
export function featureCopies(context: AuditContext): Copies {
  return context.shared("copies:features", () => copiesOf(context, featuresOf(context)));
}

/** Chance that two rows hold the same in a column. */
function chanceOfAgreement(context: AuditContext, column: Column): number {
  const { rows } = context.frame;
  const inFrame = context.frame.columns.includes(column);
  const counts =
    "values" in column
      ? (inFrame ? valueCounts(context, column) : countValues(column.values)).counts
      : inFrame
        ? levelCounts(context, column)
        : countCodes(column.codes, column.levels.length);
  let present = 0;
  let same = 0;
  for (const count of counts) {
    present += count;
    same += count * (count - 1);
  }
  const missing = rows - present;
  return (same + missing * (missing - 1)) / (rows * (rows - 1));
}
