import type { Column } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { NO_ROWS } from "../affected-rows.ts";
import type { AuditContext, Check } from "../check.ts";
import { valueAt } from "../column-facts.ts";
import { featuresOf } from "../features.ts";
import { counted, namedColumns } from "../phrase.ts";

/** Bits a column must hold beyond those that the number of pairs makes up for, so that two equal ones are no chance. */
const SPARE_BITS = 20;

/** Columns that hold the same, value for value or under other names. */
export const duplicateColumn: Check = {
  trap: "duplicate-column",
  title: "Columns hold the same",
  inspect(context) {
    const features = featuresOf(context);
    const needed = 2 * Math.log2(Math.max(2, features.length)) + SPARE_BITS;
    const groups = new Map<string, Column[]>();
    for (const column of features) {
      const pattern = patternOf(column, context.frame.rows);
      if (pattern.bits < needed) continue;
      const key = `${pattern.hash} ${pattern.bits.toFixed(3)}`;
      groups.set(key, [...(groups.get(key) ?? []), column]);
    }
    return [...groups.values()].flatMap((group) => suspicion(context, group));
  },
};

/** Cells numbered by first appearance: equal for columns that tell the same rows apart. All-different columns keep their values. */
function patternOf(column: Column, rows: number): { hash: string; bits: number } {
  const seen = new Map<number, number>();
  const counts: number[] = [];
  const numbered = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const value = valueAt(column, row);
    const known = seen.get(value) ?? seen.size;
    if (known === seen.size) seen.set(value, known);
    numbered[row] = known;
    counts[known] = (counts[known] ?? 0) + 1;
  }
  const bits = counts.reduce((sum, count) => sum - count * Math.log2(count / rows), 0);
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  const mostlyDifferent = seen.size > rows / 2;
  const values = mostlyDifferent ? [...seen.keys()] : [];
  const add = (word: number) => {
    a = Math.imul(a ^ word, 0x01000193);
    b = Math.imul((b ^ word) + 0x7f4a7c15, 0x85ebca6b);
  };
  for (const number of numbered) add(number);
  const parts = new Uint32Array(new Float64Array(values).buffer);
  for (const word of parts) add(word);
  return { hash: `${a >>> 0}-${b >>> 0}`, bits };
}

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
