import type { Column } from "../../core/column.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { featuresOf, infoOf } from "../columns/features.ts";

/** A column whose value goes on from row to row and comes back later: rows that belong together stand beside each other. */
export interface LastingValue {
  readonly column: string;
  /** Share of the rows that have the value of the row before, and what it would be in any order. */
  readonly held: number;
  readonly byChance: number;
}

/** Fewer different values stay the same by their nature, as a season or a state does. */
const LEAST_DIFFERENT = 20;
/** Of what is left to chance so much is explained. */
const EXPLAINED = 0.5;
const CHANCE = 1e-9;
/** Stretches of a value: where each has one, the column names the things itself or the file was sorted by it. */
const LEAST_STRETCHES = 2;

/** The column of the features that goes on most; null without one, and of a sample, whose rows have left others out. Linear in rows and columns. */
export function lastingValueOf(context: AuditContext): LastingValue | null {
  if (context.frame.rowNumbers !== null) return null;
  const columns = featuresOf(context);
  const found = columns.flatMap((column) => lastingIn(context, column, columns.length) ?? []);
  return found.sort((a, b) => b.held - b.byChance - (a.held - a.byChance))[0] ?? null;
}

function lastingIn(context: AuditContext, column: Column, looks: number): LastingValue | null {
  if (infoOf(context, column.name).distinct < LEAST_DIFFERENT) return null;
  const counts = new Map<number, number>();
  let [rows, pairs, same, before] = [0, 0, 0, Number.NaN];
  for (let row = 0; row < context.frame.rows; row++) {
    const value = valueAt(column, row);
    if (!Number.isNaN(value)) {
      rows++;
      counts.set(value, (counts.get(value) ?? 0) + 1);
      pairs += Number(!Number.isNaN(before));
      same += Number(value === before);
    }
    before = value;
  }
  let byChance = 0;
  for (const count of counts.values()) byChance += (count / rows) ** 2;
  const held = same / pairs;
  const isMuch = held - byChance >= EXPLAINED * (1 - byChance) && pairs - same >= LEAST_STRETCHES * counts.size;
  return isMuch && looks * binomialUpperTail(same, pairs, byChance) < CHANCE ? { column: column.name, held, byChance } : null;
}
