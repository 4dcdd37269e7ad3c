import type { Column } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { NO_ROWS } from "../affected-rows.ts";
import type { AuditContext, Check } from "../check.ts";
import { valueAt } from "../column-facts.ts";
import { equalColumns } from "../equal-columns.ts";
import { counted, namedColumns } from "../phrase.ts";

/** Columns that hold the same, value for value or under other names. */
export const duplicateColumn: Check = {
  trap: "duplicate-column",
  title: "Columns hold the same",
  inspect: (context) => equalColumns(context).flatMap((group) => suspicion(context, group)),
};

function suspicion(context: AuditContext, group: readonly Column[]): Suspicion[] {
  const [first, ...others] = group.filter((column) => group[0] !== undefined && isCopy(group[0], column, context.frame.rows));
  if (first === undefined || others.length === 0) return [];
  const equal = others.every((column) => sameCells(first, column, context.frame.rows));
  const columns = [first, ...others].map(({ name }) => name);
  const steps = [{ op: "drop" as const, columns: columns.slice(1) }];
  return [
    {
      trap: "duplicate-column",
      columns,
      rows: NO_ROWS,
      severity: "cosmetic",
      confidence: equal ? 0.99 : 0.95,
      evidence: { copies: others.length, sameCells: equal },
      fix: { action: "steps", steps },
      counterfactual: { change: "steps", steps, flatters: false },
      question: null,
      why: equal
        ? `${namedColumns(columns)} are equal in every row: ${counted(others.length, "column tells", "columns tell")} nothing new and ${others.length === 1 ? "shares" : "share"} the importance of the first.`
        : `${namedColumns(columns)} say the same in other words or units: each value of one goes with one value of the other.`,
    },
  ];
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

function isNameOrCode(column: Column): boolean {
  return "codes" in column || column.values.every((value) => Number.isNaN(value) || Number.isInteger(value));
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
