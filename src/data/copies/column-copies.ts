import type { Column } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { semanticType } from "../meaning/semantic-type.ts";
import { equalColumns } from "./equal-columns.ts";

/** Columns that hold the same as the first of them. */
export interface ColumnCopies {
  readonly first: Column;
  readonly copies: readonly Column[];
  /** Equal cell by cell; else each value of one goes with one value of the other. */
  readonly sameCells: boolean;
}

/** Verified cell by cell. Once per audit. */
export function columnCopies(context: AuditContext): readonly ColumnCopies[] {
  return context.shared("column copies", () =>
    equalColumns(context).flatMap((group) => {
      const { rows } = context.frame;
      const [first, ...copies] = group.filter((column) => group[0] !== undefined && isCopy(group[0], column, rows));
      if (first === undefined || copies.length === 0) return [];
      return [{ first, copies, sameCells: copies.every((column) => sameCells(first, column, rows)) }];
    }),
  );
}

/**
 * Names, and a name and a whole number, that go with each other one to one say the same. Two columns of numbers must be equal or one a straight line of the other: two measurements that stay
 * the same within an entity also go one to one, and are no copies.
 */
function isCopy(a: Column, b: Column, rows: number): boolean {
  if (sameCells(a, b, rows)) return true;
  if ("values" in a && "values" in b) return isLine(a.values, b.values);
  return isNameOrCode(a) && isNameOrCode(b) && samePartition(a, b, rows);
}

/** Of so many different whole numbers with so few of those between them none is a code, unless it is called one: the inhabitants of a town, which say something of another town too. */
const [LEAST_AMOUNTS, MOST_OF_RANGE] = [10, 0.2];

function isNameOrCode(column: Column): boolean {
  if ("codes" in column) return true;
  const different = new Set<number>();
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value)) return false;
    different.add(value);
    [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  if (different.size < LEAST_AMOUNTS || different.size > MOST_OF_RANGE * (high - low + 1)) return true;
  const { id, keyOf } = meaningOf(column.name);
  return id || keyOf !== null || semanticType(column).type === "code";
}

/** b = intercept + slope a in every row, to rounding; missing in the same rows. */
function isLine(a: Float64Array, b: Float64Array): boolean {
  const present = a.findIndex((value) => !Number.isNaN(value));
  const other = a.findIndex((value) => !Number.isNaN(value) && value !== a[present]);
  if (present < 0 || other < 0) return false;
  const [x0, x1, y0, y1] = [a[present] ?? 0, a[other] ?? 0, b[present] ?? Number.NaN, b[other] ?? Number.NaN];
  const slope = (y1 - y0) / (x1 - x0);
  if (!Number.isFinite(slope) || slope === 0) return false;
  return a.every((x, row) => {
    const y = b[row] ?? Number.NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) && Number.isNaN(y);
    const expected = y0 + slope * (x - x0);
    return Math.abs(y - expected) <= 1e-9 * Math.max(1, Math.abs(y), Math.abs(y0), Math.abs(slope * x));
  });
}

/** Each value of one goes with exactly one of the other. */
function samePartition(a: Column, b: Column, rows: number): boolean {
  const there = new Map<number, number>();
  const back = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const [x, y] = [valueAt(a, row), valueAt(b, row)];
    if (!there.has(x)) there.set(x, y);
    if (!back.has(y)) back.set(y, x);
    if (!Object.is(there.get(x), y) || !Object.is(back.get(y), x)) return false;
  }
  return true;
}

function sameCells(a: Column, b: Column, rows: number): boolean {
  const cell = (column: Column, row: number) => {
    const value = valueAt(column, row);
    return "codes" in column && !Number.isNaN(value) ? column.levels[value] : value;
  };
  for (let row = 0; row < rows; row++) if (!Object.is(cell(a, row), cell(b, row))) return false;
  return true;
}
