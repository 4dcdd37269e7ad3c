import type { Column } from "../../core/column.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { viewOf } from "../signal/associations.ts";

/** A column of two values, of which the rarer one nearly always goes with one class: a kind of the same event (a death, where the target is any end). */
export interface KindOfEvent {
  readonly kindRows: number;
  /** Share of these rows that have the class, and of all rows. */
  readonly ofClass: number;
  readonly base: number;
  readonly p: number;
}

const LEAST_ROWS = 10;
const NEARLY_ALWAYS = 0.95;
const BY_CHANCE = 1e-6;

/** null for numbers as targets, for columns of more or fewer values, and where chance does as well. */
export function kindOfEvent(context: AuditContext, column: Column): KindOfEvent | null {
  if (context.task.kind === "regression") return null;
  const counts = new Map<number, { rows: number; byClass: Float64Array }>();
  const all = new Float64Array(context.task.classes.length);
  for (const row of viewOf(context).rows) {
    const [value, label] = [valueAt(column, row), context.target[row] ?? 0];
    if (Number.isNaN(value)) continue;
    const held = counts.get(value) ?? { rows: 0, byClass: new Float64Array(all.length) };
    if (held.rows === 0 && counts.size === 2) return null;
    counts.set(value, held);
    held.rows++;
    held.byClass[label] = (held.byClass[label] ?? 0) + 1;
    all[label] = (all[label] ?? 0) + 1;
  }
  const [kind, other] = [...counts.values()].sort((a, b) => a.rows - b.rows);
  if (kind === undefined || other === undefined || kind.rows < LEAST_ROWS) return null;
  const most = Math.max(...kind.byClass);
  const base = (all[kind.byClass.indexOf(most)] ?? 0) / (kind.rows + other.rows);
  const p = binomialUpperTail(most, kind.rows, base);
  return most >= NEARLY_ALWAYS * kind.rows && p < BY_CHANCE ? { kindRows: kind.rows, ofClass: most / kind.rows, base, p } : null;
}
