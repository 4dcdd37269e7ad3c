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
  const [first, ...others] = group.filter((column) => group[0] !== undefined && samePartition(group[0], column, context.frame.rows));
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
        : `${namedColumns(columns)} tell the same rows apart: each value of one goes with one value of the other, in other words or numbers.`,
    },
  ];
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
