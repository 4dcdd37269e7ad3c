import { type Column, takeColumn } from "../../core/column.ts";
import { int32Where, placesUpTo } from "../../core/typed-from.ts";
import { equalPairs, groupsOf, rowHash } from "../columns/row-hash.ts";

/** Pairs of rows that are equal in all columns and in rare values of three fine ones, and how many of them chance makes. */
export interface RareAgreement {
  readonly columns: readonly string[];
  readonly pairs: number;
  readonly expected: number;
}

/** Fewer pairs are no habit. */
const LEAST_PAIRS = 10;
/** A value of more of the rows is a habit (0, none), in which idle rows agree all together. */
const RARE = 0.01;
/** So many of the columns of the most values are tried for three that do not follow from each other. */
const TRIED = 8;
/** Share of the rows that hold a rare value of a fine column. */
const MOSTLY = 0.5;
/** Of the pairs that agree in the rarer of two columns, those that agree in the other too where one follows from the other. */
const TIED = 0.5;

/**
 * What copies that were damaged since, in a cell here and there, have beyond chance: pairs that differ in one more column are then no sign of chance twins (copies.ts). Of three fine columns any two
 * may go together, but for no more than that: n12 n13 n23 n0 / (n1 n2 n3) pairs agree in all three by chance, of those that agree in two of them alone, in one and in none (log-linear model without the
 * interaction of all three, Fienberg 1972). Fewer are equal in all columns. columns: those of the most values first. null where no three fine columns stand beside each other, or fewer than ten pairs are equal.
 */
export function rareAgreement(columns: readonly Column[], rows: number): RareAgreement | null {
  const fine = columns.slice(0, TRIED).map((column) => ({ column, isRare: rareCells(column, rows) }));
  const mostly = fine.filter(({ isRare }) => isRare.reduce((sum, one) => sum + one, 0) >= MOSTLY * rows);
  const chosen: typeof fine = [];
  for (const one of mostly) {
    if (chosen.every((other) => !areTied(one, other, columns, rows))) chosen.push(one);
    if (chosen.length === 3) break;
  }
  const [a, b, c] = chosen;
  if (a === undefined || b === undefined || c === undefined) return null;
  const kept = int32Where(placesUpTo(rows), (row) => chosen.every(({ isRare }) => isRare[row] === 1));
  const count = pairsIn(kept);
  const pairs = count(columns);
  if (pairs < LEAST_PAIRS) return null;
  const agreeing = (...some: readonly Fine[]) => count(some.map(({ column }) => column));
  const inAll = agreeing(a, b, c);
  const [ab, ac, bc] = [agreeing(a, b) - inAll, agreeing(a, c) - inAll, agreeing(b, c) - inAll];
  const [alone, aloneB, aloneC] = [agreeing(a) - ab - ac - inAll, agreeing(b) - ab - bc - inAll, agreeing(c) - ac - bc - inAll];
  const none = (kept.length * (kept.length - 1)) / 2 - inAll - ab - ac - bc - alone - aloneB - aloneC;
  const expected = ((ab + 1) * (ac + 1) * (bc + 1) * none) / ((alone + 1) * (aloneB + 1) * (aloneC + 1));
  return { columns: chosen.map(({ column }) => column.name), pairs, expected };
}

/** 1 in the rows that hold a value which few others have. */
function rareCells(column: Column, rows: number): Uint8Array {
  const { group, sizes } = groupsOf(rowHash([column], rows));
  return Uint8Array.from(group, (one) => Number((sizes[one] ?? 0) <= RARE * rows));
}

interface Fine {
  readonly column: Column;
  readonly isRare: Uint8Array;
}

function areTied(a: Fine, b: Fine, columns: readonly Column[], rows: number): boolean {
  const kept = int32Where(placesUpTo(rows), (row) => a.isRare[row] === 1 && b.isRare[row] === 1);
  if (kept.length < 2) return true;
  const count = pairsIn(kept);
  const equal = count(columns);
  return count([a.column, b.column]) - equal >= TIED * (Math.min(count([a.column]), count([b.column])) - equal);
}

/** Pairs of these rows that are equal in some columns. */
function pairsIn(kept: Int32Array): (some: readonly Column[]) => number {
  return (some) =>
    equalPairs(
      rowHash(
        some.map((column) => takeColumn(column, kept)),
        kept.length,
      ),
    );
}
