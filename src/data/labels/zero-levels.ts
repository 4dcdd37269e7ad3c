import { float64From } from "../../core/typed-from.ts";
import { binomialUpperTail, wilson } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { featuresOf, infoOf } from "../columns/features.ts";
import { targetCounts } from "./target-values.ts";

/** A level of a column in which the target never is anything but one value, or hardly ever. */
export interface ConstantLevel {
  readonly column: string;
  readonly level: string;
  readonly value: number;
  readonly rows: number;
  /** Of these with the value. */
  readonly equal: number;
  /** Share of all other labelled rows that have the value. */
  readonly elsewhere: number;
  /** Chance that a level of so many rows has it by luck, times the levels looked at. */
  readonly p: number;
}

const LEAST_ROWS = 20;
const MOST_LEVELS = 1_000;
const BY_CHANCE = 1e-4;
/** Share of the other levels that may be constant too. */
const MOST_CONSTANT = 0.1;
/** Where the value is that common elsewhere, a level of nothing but it may be the end of a scale of shares: no news. */
const COMMON = 0.5;
/** Of an amount it is news where the other levels are so many, and none of them is nearly like it. */
const LEAST_BESIDE = 3;

/** Levels in which 0, or where there is none the smallest value of the target, stands alone. Once per audit; linear in rows x columns of few values. */
export function zeroLevels(context: AuditContext): readonly ConstantLevel[] {
  return context.shared("zero levels", () => {
    const counts = targetCounts(context);
    if (counts === null || counts.values.length < 5) return [];
    const place = Math.max(0, counts.values.indexOf(0));
    const [value, equal] = [counts.values[place], counts.counts[place] ?? 0];
    if (value === undefined || equal < LEAST_ROWS || (value !== 0 && !standsOut(counts.counts))) return [];
    const columns = featuresOf(context).filter(
      (column) => "codes" in column || (infoOf(context, column.name).distinct <= MOST_LEVELS && !isWhole(column.values, context.target)),
    );
    const found = columns.flatMap((column) => {
      const cells = "codes" in column ? float64From(column.codes, (code) => (code < 0 ? Number.NaN : code)) : column.values;
      return levelsOf(context, cells, value, equal, counts.present, "values" in column).map((one) => ({
        ...one,
        column: column.name,
        level: "codes" in column ? (column.levels[one.cell] ?? "") : String(one.cell),
      }));
    });
    return found
      .filter(({ elsewhere, besideCommon }) => elsewhere <= COMMON || (besideCommon !== null && isAmount(counts.values)))
      .map(({ column, level, rows, equal: own, elsewhere, levels, byOthers, besideCommon }) => ({
        column,
        level,
        value,
        rows,
        equal: own,
        elsewhere,
        p:
          Math.max(binomialUpperTail(own, rows, elsewhere), byOthers, elsewhere > COMMON ? (besideCommon ?? 1) : 0) *
          levels *
          columns.length,
      }))
      .filter(({ p }) => p < BY_CHANCE)
      .sort((a, b) => a.p - b.p || b.rows - a.rows);
  });
}

/** Values above 0 at which a part is the whole, and the share of the rows with such a value. */
const [LEAST_WHOLES, WHOLE_SHARE] = [3, 0.1];

/** An amount of which the target is a part, and in many rows the whole: of none there is no part (children who live, of those who were born). Flags and codes are no amounts. */
function isWhole(values: Float64Array, target: Float64Array): boolean {
  const wholes = new Set<number>();
  let [least, equal, above] = [Number.POSITIVE_INFINITY, 0, 0];
  for (let row = 0; row < target.length; row++) {
    const [value, label] = [values[row] ?? Number.NaN, target[row] ?? Number.NaN];
    if (value < label) return false;
    if (value < least) least = value;
    if (value > 0 && label <= value) above++;
    if (value > 0 && label === value) {
      equal++;
      wholes.add(value);
    }
  }
  return least === 0 && wholes.size >= LEAST_WHOLES && equal >= WHOLE_SHARE * above;
}

/** Neither shares of one nor per cent, whose scale ends at 0. values: ascending. */
function isAmount(values: ArrayLike<number>): boolean {
  const most = values[values.length - 1] ?? 0;
  return most > 1 && most !== 100;
}

/** The smallest value is met so many times as often as any other. */
const TIMES = 3;

/** Where there is no 0, the smallest value stands for nothing only if it is a heap: the first year of a collection is a year as the others are. */
function standsOut(counts: ArrayLike<number>): boolean {
  let next = 0;
  for (let place = 1; place < counts.length; place++) next = Math.max(next, counts[place] ?? 0);
  return (counts[0] ?? 0) >= TIMES * next;
}

interface Counted {
  readonly cell: number;
  readonly rows: number;
  readonly equal: number;
  readonly elsewhere: number;
  readonly levels: number;
  /** Chance of so many with the value by how the other levels differ, and by the next ones of an ordered column. */
  readonly byOthers: number;
  /** The same where the value is common: by the other level that holds most of it, and by how these differ. null: numbers, which may be what brings none, or too few others. */
  readonly besideCommon: number | null;
}

type Held = Pick<Tally, "all" | "equal">;

interface Tally {
  all: number;
  equal: number;
  first: number;
  isConstant: boolean;
}

/** Levels from whose differences a spread is known. */
const LEAST_SPREAD = 5;
/** Rows of a level with another value (one that was written later), where the spread of the other levels says how far it stands off. */
const MOST_STRAYS = 0.02;

/**
 * Chance that a level of so many rows has the value in so many, if its share is drawn from a beta distribution as those of the other levels (its mean, and by moments the spread that is
 * left beside chance): conferences of which some hardly ever win.
 */
function bySpread(others: readonly Held[], { all: rows, equal: own }: Held, least = LEAST_SPREAD): number {
  if (others.length < least) return 0;
  const shares = others.map(({ all, equal }) => equal / all);
  const middle = shares.reduce((sum, one) => sum + one, 0) / shares.length;
  const seen = shares.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (shares.length - 1);
  const left = seen - others.reduce((sum, { all }) => sum + (middle * (1 - middle)) / all, 0) / others.length;
  if (left <= 0 || middle <= 0) return 0;
  const both = (middle * (1 - middle)) / left - 1;
  if (both <= 0) return 1;
  // Beta-binomial: all rows have the value, then one fewer, and so on.
  const [hits, misses] = [middle * both, (1 - middle) * both];
  let logs = 0;
  for (let i = 0; i < rows; i++) logs += Math.log((hits + i) / (both + i));
  let tail = Math.exp(logs);
  for (let equal = rows - 1; equal >= own; equal--) {
    const strays = rows - equal;
    logs += Math.log(((equal + 1) * (misses + strays - 1)) / (strays * (hits + equal)));
    tail += Math.exp(logs);
  }
  return tail;
}

/** Chance by the next levels on either side that are not constant: at the upper 95 % limit of the larger share. */
function byNeighbours(levels: readonly (readonly [number, Held])[], cell: number, own: Held): number {
  const [below, above] = [levels.findLast(([one]) => one < cell), levels.find(([one]) => one > cell)];
  const high = [below, above].flatMap((one) => (one === undefined ? [] : [wilson(one[1].equal, one[1].all, 0.9).high]));
  return high.length === 0 ? 0 : binomialUpperTail(own.equal, own.all, Math.max(...high));
}

/** At the upper 95 % limit of the largest share of the others. */
function amongCommon(others: readonly Held[], own: Held): number | null {
  if (others.length < LEAST_BESIDE || own.equal < own.all) return null;
  const most = Math.max(...others.map(({ equal, all }) => wilson(equal, all, 0.9).high));
  return Math.max(binomialUpperTail(own.equal, own.all, most), bySpread(others, own, LEAST_BESIDE));
}

function levelsOf(
  context: AuditContext,
  cells: ArrayLike<number>,
  value: number,
  all: number,
  present: number,
  isOrdered: boolean,
): readonly Counted[] {
  const rows = new Map<number, Tally>();
  for (let row = 0; row < context.target.length; row++) {
    const label = context.target[row] ?? Number.NaN;
    const cell = cells[row] ?? Number.NaN;
    if (Number.isNaN(label) || Number.isNaN(cell)) continue;
    const held = rows.get(cell);
    if (held === undefined) rows.set(cell, { all: 1, equal: Number(label === value), first: label, isConstant: true });
    else {
      held.all++;
      if (label === value) held.equal++;
      if (label !== held.first) held.isConstant = false;
    }
  }
  const others = [...rows.values()].filter(({ all: held, equal }) => held >= LEAST_ROWS && equal < held);
  // A column that gives the target everywhere gives it in this level too.
  if (others.filter(({ isConstant }) => isConstant).length > MOST_CONSTANT * others.length) return [];
  const ordered = isOrdered
    ? [...rows].filter(([, { all: held, equal }]) => held >= LEAST_ROWS && equal < held).sort(([a], [b]) => a - b)
    : [];
  return [...rows]
    .filter(([, own]) => own.all >= LEAST_ROWS && isNearly(own, others))
    .map(([cell, own]) => ({
      cell,
      rows: own.all,
      equal: own.equal,
      elsewhere: (all - own.equal) / Math.max(1, present - own.all),
      levels: rows.size,
      byOthers: Math.max(
        bySpread(
          others.filter((one) => one !== own),
          own,
        ),
        byNeighbours(ordered, cell, own),
      ),
      besideCommon: isOrdered ? null : amongCommon(others, own),
    }));
}

/** Some strays are let pass where other levels tell how far they usually stand apart. */
function isNearly(own: Held, others: readonly Held[]): boolean {
  if (own.equal === own.all) return true;
  return own.equal >= (1 - MOST_STRAYS) * own.all && others.length > LEAST_SPREAD;
}
