import type { Column } from "../../core/column.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext, DuplicateCount } from "../check.ts";
import { countCodes, countValues, levelCounts, valueCounts } from "../columns/counts.ts";
import { equalFeaturePairs } from "../columns/equal-features.ts";
import { featuresOf } from "../columns/features.ts";
import { equalPairs, rowHash, withoutColumn } from "../columns/row-hash.ts";
import { comparedFeatures, noiseFloor } from "../labels/noise-floor.ts";
import { chanceTwins } from "./chance-twins.ts";
import { pairCounts } from "./pair-agreement.ts";

/** How many pairs of equal rows there are and how many of them are copies rather than rows that agree by chance. */
export interface Copies {
  readonly pairs: number;
  /** Lower limit (95 %, one-sided) of the pairs that are copies. */
  readonly copied: number;
  /** copied / pairs, 0..1; 0 without pairs. */
  readonly share: number;
  /** Chance of so many equal pairs without copies; the largest of the estimates. */
  readonly p: number;
  /** Some column has so many values that different things seldom share one. Else things may be alike by habit, and only a person can tell. */
  readonly measured: boolean;
}

/** Columns that are left out in turn, the target among them: more do not change the estimate by much. */
const TRIED = 6;
/** Of many columns, those in which rows agree most seldom are counted. */
const COUNTED = 24;
/** A column in which nearly all rows agree tells nothing. */
const CONSTANT = 0.999;
/** Equal pairs that chance would bring about more often than this are no sign of copies where no column is measured (copy-severity.ts). */
export const CHANCE = 1e-4;
/** Of limits, one-sided: 1 - this is their level. */
const BEYOND = 0.05;
/** Its normal quantile. */
const UPPER = 1.645;
/** Numbers of which any two rows share one less often than once in so many are measured: the same as of columns whose points are looked at (continuous-cloud.ts). */
const MEASURED_VALUES = 50;
/** A name that a row shares with fewer others on average is nearly its own. */
const NAMESAKES = 10;

/**
 * Copies are the equal pairs beyond those that chance explains. Where there are pairs that differ in a few columns, they tell how many those are (chance-twins.ts),
 * whatever follows from what: two customers with the same few features, and perhaps the same label, do not pass for one. Else rows are too far apart for chance twins,
 * and the agreement of any two rows in a column bounds them (copiesByColumn). known: pairs of equal rows, where they were counted before.
 */
export function copiesOf(context: AuditContext, columns: readonly Column[], known: number | null = null): Copies {
  const { rows } = context.frame;
  const hash = known === 0 ? null : rowHash(columns, rows);
  const equal = known ?? (hash === null ? 0 : equalPairs(hash));
  const agreement = columns.map((column) => ({ column, chance: chanceOfAgreement(context, column) }));
  const hasMany = agreement.some(({ column, chance }) => chance <= ("values" in column ? 1 / MEASURED_VALUES : NAMESAKES / rows));
  const seldom = agreement.filter(({ chance }) => chance < CONSTANT).sort((a, b) => a.chance - b.chance);
  // Two columns alone do not show how far they go together.
  const measured = hasMany && seldom.length > 2;
  if (hash === null || equal === 0) return { pairs: 0, copied: 0, share: 0, p: 1, measured };
  const counted = seldom.slice(0, COUNTED).map((one) => ({ ...one, without: equalPairs(withoutColumn(hash, one.column)) }));
  const isTarget = ({ column }: { readonly column: Column }) => column.name === context.roles.target;
  const telling = [...seldom.filter(isTarget), ...counted.filter((one) => !isTarget(one)).sort((a, b) => b.without - a.without)].slice(
    0,
    TRIED,
  );
  const tried = telling.map(({ column }) => column);
  const target = telling[0] !== undefined && isTarget(telling[0]) ? 0 : null;
  const twins = chanceTwins(pairCounts(columns, tried, rows), tried.length, target);
  if (twins === null) return { ...copiesByColumn(equal, counted.slice(0, TRIED)), measured };
  const copied = Math.max(0, equal - twins.expected * Math.exp(UPPER * twins.logError));
  return { pairs: equal, copied, share: copied / equal, p: twins.p, measured };
}

/**
 * Rows that agree by chance in all but one column agree in that one only as often as any two rows do: with M pairs equal everywhere, M' equal when column c is left
 * out and q the chance that two rows agree in c, M - C of M' - C pairs are equal by chance where C are copies: a binomial count, of which the fewest copies are told that
 * it does not refute. The least over the columns counts, since one that follows from the others overstates it; or, where no pair differs in one column alone, the columns
 * together, without the one that agrees most seldom: for each pair that is equal by chance (1 - q) / q would differ in c alone.
 */
function copiesByColumn(
  pairs: number,
  columns: readonly { readonly chance: number; readonly without: number }[],
): Omit<Copies, "measured"> {
  // With hardly any different rows possible, nothing speaks for copies.
  if (columns.length === 0) return { pairs, copied: 0, share: 0, p: 1 };
  const copied = Math.min(...columns.map(({ chance, without }) => fewestCopies(pairs, without, chance)));
  const alone = Math.max(...columns.map(({ chance, without }) => binomialUpperTail(pairs, without, chance)));
  const some = columns.toSorted((a, b) => a.chance - b.chance).slice(1);
  const chance = 1 / some.reduce((sum, { chance: one }) => sum + (1 - one) / one, 1);
  // Where rows of one lot lie close together, or idle ones share all but one column, some differ in one column alone.
  const isAlone = some.length > 0 && columns.every(({ without }) => without === pairs);
  const together = isAlone ? binomialUpperTail(pairs, pairs, chance) : 1;
  const most = Math.max(copied, isAlone ? fewestCopies(pairs, pairs, chance) : 0);
  return { pairs, copied: most, share: most / pairs, p: Math.min(alone, together) };
}

/** Smallest C for which `pairs` - C or more of `without` - C pairs agree by chance more often than BEYOND; by halving, since the probability grows with C. */
function fewestCopies(pairs: number, without: number, chance: number): number {
  let [low, high] = [0, pairs];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (binomialUpperTail(pairs - middle, without - middle, chance) > BEYOND) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Rows that are equal in every column, counted once per audit. */
export function wholeDuplicates(context: AuditContext): Promise<DuplicateCount> {
  return context.shared("duplicates of whole rows", () => duplicatesApartFrom(context, []));
}

/** Rows that are equal in every column but `ignoring`. */
export function duplicatesApartFrom(context: AuditContext, ignoring: readonly string[]): Promise<DuplicateCount> {
  return context.duplicates(ignoring, unlikeColumns(context));
}

/** Of more rows that are equal in the features, those that also are in the other columns are found no faster among them than in the table. */
const FEW_EQUAL = 0.05;

/** The features, where few rows of the table are equal in them: those whose labels are compared. None where the frame is the table. */
function unlikeColumns(context: AuditContext): readonly string[] {
  const { frame, dataset } = context;
  if (frame.rowNumbers === null) return [];
  // Of a pair of equal rows a sample has both with the square of its share.
  const pairs = noiseFloor(context).repeated.length * (dataset.rows / frame.rows) ** 2;
  return pairs > FEW_EQUAL * dataset.rows ? [] : comparedFeatures(context).map(({ name }) => name);
}

/** The same over all features, counted once per audit. */
export function featureCopies(context: AuditContext): Copies {
  return context.shared("copies:features", () => copiesOf(context, featuresOf(context), equalFeaturePairs(context)));
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
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    present += count;
    same += count * (count - 1);
  }
  const missing = rows - present;
  return (same + missing * (missing - 1)) / (rows * (rows - 1));
}
