import { type Column, columnOf } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { textAt, valueAt } from "../columns/column-facts.ts";
import { numberFeatures } from "../columns/features.ts";

/** Rows in which a number is the target itself, told by one value of another column: the baseline in the rows of the first visit. */
export interface EqualAtLevel {
  readonly column: string;
  readonly by: string;
  readonly text: string;
  readonly rows: readonly number[];
  /** Labelled rows with another value of that column, and those of them in which it is the target too. */
  readonly others: number;
  readonly equalElsewhere: number;
}

const LEAST_ROWS = 20;
/** Different values among the equal ones: that both are 0 in some rows is no news. */
const LEAST_DISTINCT = 10;
/** A share of all rows: more are the target's copy, and that shows by its strength. */
const [LEAST_SHARE, MOST_SHARE] = [0.02, 0.6];
const [SAME, ELSEWHERE] = [0.98, 0.05];
const MOST_LEVELS = 60;

/** Only for numbers. Each column once, by the value with most rows. */
export function equalAtLevel(context: AuditContext): readonly EqualAtLevel[] {
  const { target, frame, roles } = context;
  const labelled = Array.from(target.keys()).filter((row) => !Number.isNaN(target[row]));
  return numberFeatures(context).flatMap(({ name, values }) => {
    const equal = labelled.filter((row) => values[row] === target[row]);
    if (equal.length < LEAST_ROWS || equal.length < LEAST_SHARE * labelled.length || equal.length > MOST_SHARE * labelled.length) return [];
    if (new Set(equal.map((row) => target[row])).size < LEAST_DISTINCT) return [];
    const found = roles.features
      .filter((other) => other !== name)
      .flatMap((other) => levelOf(columnOf(frame, other), labelled, new Set(equal)) ?? []);
    return found
      .sort((a, b) => b.rows.length - a.rows.length)
      .slice(0, 1)
      .map((one) => ({ column: name, ...one }));
  });
}

/** The value of nearly all rows that are equal, none of which is not. */
function levelOf(column: Column, labelled: readonly number[], equal: ReadonlySet<number>): Omit<EqualAtLevel, "column"> | null {
  const held = new Map<number, { rows: number[]; equal: number }>();
  for (const row of labelled) {
    const value = valueAt(column, row);
    if (Number.isNaN(value)) continue;
    const one = held.get(value) ?? { rows: [], equal: 0 };
    if (one.rows.length === 0) held.set(value, one);
    if (held.size > MOST_LEVELS) return null;
    one.rows.push(row);
    one.equal += Number(equal.has(row));
  }
  for (const one of held.values()) {
    const others = labelled.length - one.rows.length;
    const elsewhere = equal.size - one.equal;
    if (one.rows.length >= LEAST_ROWS && one.equal >= SAME * one.rows.length && elsewhere <= ELSEWHERE * others)
      return { by: column.name, text: textAt(column, one.rows[0] ?? 0) ?? "", rows: one.rows, others, equalElsewhere: elsewhere };
  }
  return null;
}
