import type { Column } from "../../core/column.ts";
import { binomialUpperTail, normalCdf } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { countCodes, countValues, levelCounts, valueCounts } from "../columns/counts.ts";
import { featuresOf } from "../columns/features.ts";
import { equalPairs, rowHash, withoutColumn } from "../columns/row-hash.ts";
import { chanceTwins, pairCounts } from "./chance-twins.ts";

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

/** Columns that are left out in turn: more do not change the estimate by much. */
const TRIED = 8;
/** Of many columns, those in which rows agree most seldom are counted. */
const COUNTED = 24;
/** A column in which nearly all rows agree tells nothing. */
const CONSTANT = 0.999;
/** Equal pairs that chance would bring about more often than this are no sign of copies. */
export const CHANCE = 1e-4;

/**
 * Copies are the equal pairs beyond those that chance explains. Where there are pairs that differ in a column or two, they tell how many those are (chance-twins.ts),
 * whatever follows from what: two customers with the same few features, and perhaps the same label, do not pass for one. Else rows are too far apart for chance twins,
 * and the agreement of any two rows in a column bounds them (copiesByColumn).
 */
export function copiesOf(context: AuditContext, columns: readonly Column[]): Copies {
  const { rows } = context.frame;
  const hash = rowHash(columns, rows);
  const equal = equalPairs(hash);
  if (equal === 0) return { pairs: 0, copied: 0, share: 0, p: 1 };
  const agreement = columns.map((column) => ({ column, chance: chanceOfAgreement(context, column) }));
  const seldom = agreement.filter(({ chance }) => chance < CONSTANT).sort((a, b) => a.chance - b.chance);
  const counted = seldom.slice(0, COUNTED).map((one) => ({ ...one, without: equalPairs(withoutColumn(hash, one.column)) }));
  const telling = [...counted].sort((a, b) => b.without - a.without).slice(0, TRIED);
  const twins = chanceTwins(
    pairCounts(
      columns,
      telling.map(({ column }) => column),
      rows,
    ),
  );
  if (twins === null) return copiesByColumn(equal, counted.slice(0, TRIED));
  const copied = Math.max(0, equal - twins.expected);
  const deviation = Math.sqrt(twins.expected + twins.error ** 2);
  return { pairs: equal, copied, share: copied / equal, p: 1 - normalCdf((equal - twins.expected) / deviation) };
}

/**
 * Rows that agree by chance in all but one column agree in that one only as often as any two rows do: with M pairs equal everywhere, M' equal when column c is left
 * out and q the chance that two rows agree in c, the copies are (M - q M') / (1 - q). The least over the columns counts, since one that follows from the others
 * overstates it.
 */
function copiesByColumn(pairs: number, columns: readonly { readonly chance: number; readonly without: number }[]): Copies {
  // With hardly any different rows possible, nothing speaks for copies.
  if (columns.length === 0) return { pairs, copied: 0, share: 0, p: 1 };
  const estimates = columns.map(({ chance, without }) => (pairs - chance * without) / (1 - chance));
  const copied = Math.max(0, Math.min(pairs, ...estimates));
  return {
    pairs,
    copied,
    share: copied / pairs,
    p: Math.max(...columns.map(({ chance, without }) => binomialUpperTail(pairs, without, chance))),
  };
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
